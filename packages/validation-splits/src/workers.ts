import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Executor } from './evaluation/executor';

export interface WorkerOptions {
  /** A module that Node can load, whose default export does a task: `export default fitRunner(experiment)`. */
  module: string | URL;
  /** How many threads at most: by default as many as the machine runs at once. */
  threads?: number;
}

/**
 * Runs tasks in worker threads of Node. A function cannot be sent to a thread, so that each loads the module and calls
 * what it exports by default, instead of the function that `map` is given.
 *
 *     crossValidate({ ...experiment, splitter, executor: workerThreads({ module: new URL('./experiment.js', import.meta.url) }) })
 *
 * A task that throws, or whose thread dies, is reported; the others go on, in a new thread. Threads end with `map`.
 */
export function workerThreads({ module, threads = availableParallelism() }: WorkerOptions): Executor {
  return {
    async map(tasks, _run, { signal, onProgress } = {}) {
      signal?.throwIfAborted();
      const pool = new Piscina({
        filename: String(module),
        minThreads: 1,
        maxThreads: Math.max(1, Math.min(threads, tasks.length)),
        concurrentTasksPerWorker: 1,
      });
      let done = 0;
      try {
        const outcomes = await Promise.allSettled(
          tasks.map(async (task, index) => {
            try {
              return await pool.run(task, { signal });
            } finally {
              done++;
              if (!signal?.aborted) onProgress?.({ done, total: tasks.length, index });
            }
          }),
        );
        signal?.throwIfAborted();
        return outcomes;
      } finally {
        await pool.destroy();
      }
    },
  };
}
