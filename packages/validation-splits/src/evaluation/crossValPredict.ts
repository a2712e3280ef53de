import { checkSeed, deriveSeed } from '../random';
import type { Split } from '../splitter';
import { type EvaluationOptions, runFits, splitData } from './runFits';
import { sampleCount } from './takeSamples';

export interface CrossValPredictOptions<X, Y extends ArrayLike<unknown>, P, Q> extends EvaluationOptions<X, Y, P, Q> {
  /** What to ask: `predict` by default. */
  method?: 'predict' | 'predictProba';
}

/**
 * Out-of-fold predictions: for each sample that of the model which did not see it, in the order of the samples, in an
 * array of the kind that the estimator gives.
 *
 * @throws RangeError unless each sample is tested exactly once; TypeError when predictions are no arrays; FitsFailedError.
 */
export function crossValPredict<X, Y extends ArrayLike<unknown>, P, Q>(
  options: CrossValPredictOptions<X, Y, P, Q> & { method: 'predictProba' },
): Promise<Q>;
export function crossValPredict<X, Y extends ArrayLike<unknown>, P, Q>(
  options: CrossValPredictOptions<X, Y, P, Q>,
): Promise<P>;
export async function crossValPredict<X, Y extends ArrayLike<unknown>, P, Q>(
  options: CrossValPredictOptions<X, Y, P, Q>,
): Promise<P | Q> {
  const where = 'crossValPredict';
  const seed = checkSeed(where, options.seed);
  const splits = splitData(where, options);
  checkPartition(where, splits, options.data.y.length);
  const tasks = splits.map((split, fold) => ({
    ...split,
    name: `fold ${fold}`,
    fold,
    seed: deriveSeed(seed, fold),
    params: {},
    wants: { predictions: options.method ?? 'predict' },
  }));
  const results = await runFits(where, tasks, options);
  return join(
    where,
    results.map(({ predictions }) => predictions),
    splits,
    options.data.y.length,
  ) as P | Q;
}

function checkPartition(where: string, splits: Split[], n: number): void {
  const times = new Uint32Array(n);
  for (const { test } of splits) for (const i of test) (times[i] as number)++;
  const at = times.findIndex((count) => count !== 1);
  if (at >= 0) {
    throw new RangeError(`${where}: splitter must test each sample once, got sample ${at} tested ${times[at]} times`);
  }
}

/** The parts' entries, each where its sample stands. */
function join(where: string, parts: unknown[], splits: Split[], n: number): unknown {
  const [first] = parts;
  const all = ArrayBuffer.isView(first) ? new (first.constructor as Float64ArrayConstructor)(n) : new Array<unknown>(n);
  splits.forEach(({ test }, fold) => {
    const part = parts[fold] as ArrayLike<number>;
    if (!Array.isArray(part) && !ArrayBuffer.isView(part)) {
      throw new TypeError(`${where}: predictions must be an array or a typed array, got ${typeof part}`);
    }
    if (sampleCount(part) !== test.length) {
      throw new RangeError(`${where}: fold ${fold} must predict ${test.length} samples, got ${sampleCount(part)}`);
    }
    test.forEach((sample, i) => {
      all[sample] = part[i] as number;
    });
  });
  return all;
}
