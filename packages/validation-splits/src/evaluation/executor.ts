export interface MapOptions {
  signal?: AbortSignal;
  /** Told after each task, whether it went well or not; `index` is its place in the list. */
  onProgress?: (progress: { done: number; total: number; index: number }) => void;
}

/** Something that runs tasks: here, in threads, or on other machines. */
export interface Executor {
  /**
   * @param tasks - plain data, so that they can be sent elsewhere.
   * @param run - what to do with a task, in this thread.
   * @returns how each task ended, in the order of the tasks; one that fails does not stop the others.
   * @throws what the signal was aborted with.
   */
  map<Task, Result>(
    tasks: readonly Task[],
    run: (task: Task) => Result | Promise<Result>,
    options?: MapOptions,
  ): Promise<PromiseSettledResult<Result>[]>;
}

/** How long to keep other work of the thread waiting, in milliseconds. */
const PATIENCE = 16;

/** Runs the tasks in this thread, one after another, and lets other work in between. */
export const inProcess: Executor = {
  async map(tasks, run, { signal, onProgress } = {}) {
    const outcomes = [];
    let rested = performance.now();
    for (const [index, task] of tasks.entries()) {
      if (performance.now() - rested > PATIENCE) {
        await new Promise((resolve) => setTimeout(resolve));
        rested = performance.now();
      }
      signal?.throwIfAborted();
      outcomes.push(...(await Promise.allSettled([Promise.resolve(task).then(run)])));
      onProgress?.({ done: index + 1, total: tasks.length, index });
    }
    signal?.throwIfAborted();
    return outcomes;
  },
};
