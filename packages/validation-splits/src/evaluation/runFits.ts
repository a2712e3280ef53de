import type { Divider, Split } from '../splitter';
import { type Executor, inProcess } from './executor';
import { checkData, type Experiment, type FitResult, type FitTask, fitRunner } from './experiment';
import { FitsFailedError } from './fitsFailedError';

/** A fit that is done. */
export interface Progress {
  done: number;
  total: number;
  /** Which one it was: `fold 2`. */
  name: string;
  fold: number;
}

/** What every evaluation takes. */
export interface EvaluationOptions<X, Y extends ArrayLike<unknown>, P, Q> extends Experiment<X, Y, P, Q> {
  splitter: Pick<Divider, 'split'>;
  /** Where all random numbers of the fits come from, 0 by default; each fit gets a seed of its own. */
  seed?: number;
  /** Who runs the fits: by default this thread. */
  executor?: Executor;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

/** The splits of an experiment's samples. */
export function splitData<X, Y extends ArrayLike<unknown>, P, Q>(
  where: string,
  { data, splitter }: EvaluationOptions<X, Y, P, Q>,
): Split[] {
  const n = checkData(where, data);
  return [...splitter.split(n, { y: data.y, groups: data.groups })];
}

/**
 * @returns what came of each fit, in the order of the tasks.
 * @throws FitsFailedError when some failed, after the others are done.
 */
export async function runFits<X, Y extends ArrayLike<unknown>, P, Q>(
  where: string,
  tasks: FitTask[],
  options: EvaluationOptions<X, Y, P, Q>,
): Promise<FitResult[]> {
  const { executor = inProcess, onProgress, signal } = options;
  if (!options.build && !options.estimator) {
    throw new TypeError(`${where}: build or estimator must be given, got neither`);
  }
  const outcomes = await executor.map(tasks, fitRunner(options), {
    signal,
    onProgress: ({ done, total, index }) => {
      const { name, fold } = tasks[index] as FitTask;
      onProgress?.({ done, total, name, fold });
    },
  });
  const failures = outcomes.flatMap((outcome, i) => {
    const { name, fold } = tasks[i] as FitTask;
    return outcome.status === 'rejected' ? [{ name, fold, error: outcome.reason as unknown }] : [];
  });
  if (failures.length > 0) throw new FitsFailedError(where, failures, tasks.length);
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
