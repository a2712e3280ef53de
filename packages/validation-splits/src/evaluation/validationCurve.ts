import { checkSeed, deriveSeed } from '../random';
import { type EvaluationOptions, runFits, splitData } from './runFits';
import { type ScoreCurve, scoreCurves } from './scoreCurve';

export interface ValidationCurveOptions<X, Y extends ArrayLike<unknown>, P, Q, V>
  extends EvaluationOptions<X, Y, P, Q> {
  /** Which parameter of `build({ params })` is varied. */
  parameter: string;
  values: readonly V[];
}

export interface ValidationCurve<V> {
  values: readonly V[];
  curves: Record<string, ScoreCurve>;
}

/**
 * Scores by the value of one parameter, on the training and on the test samples.
 *
 * @throws TypeError without `build`; RangeError without values; FitsFailedError.
 */
export async function validationCurve<X, Y extends ArrayLike<unknown>, P, Q, V>(
  options: ValidationCurveOptions<X, Y, P, Q, V>,
): Promise<ValidationCurve<V>> {
  const where = 'validationCurve';
  const { parameter, values, build } = options;
  const seed = checkSeed(where, options.seed);
  if (!build) throw new TypeError(`${where}: build must be given, for it takes the parameter, got none`);
  if (values.length === 0) throw new RangeError(`${where}: values must have at least one entry, got none`);
  const splits = splitData(where, options);
  const tasks = values.flatMap((value) =>
    splits.map((split, fold) => ({
      ...split,
      name: `fold ${fold} with ${parameter} ${String(value)}`,
      fold,
      seed: deriveSeed(seed, fold),
      params: { [parameter]: value },
      wants: { testScores: true, trainScores: true },
    })),
  );
  const results = await runFits(where, tasks, options);
  return { values: [...values], curves: scoreCurves(options.metrics ?? {}, results, values.length) };
}
