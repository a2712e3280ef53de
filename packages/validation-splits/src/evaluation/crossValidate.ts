import { checkSeed, deriveSeed } from '../random';
import { type EvaluationOptions, runFits, splitData } from './runFits';
import { mapRecord, mean, std } from './summary';

export interface CrossValidateOptions<X, Y extends ArrayLike<unknown>, P, Q> extends EvaluationOptions<X, Y, P, Q> {
  /** Whether to score what was trained on too. */
  trainScores?: boolean;
}

/** Scores by metric, an entry a fold. */
export interface CrossValidation {
  testScores: Record<string, Float64Array>;
  /** Empty unless asked for. */
  trainScores: Record<string, Float64Array>;
  /** The means of the test scores. */
  mean: Record<string, number>;
  /** The standard deviations of the test scores over the folds. */
  std: Record<string, number>;
  fitMilliseconds: Float64Array;
  scoreMilliseconds: Float64Array;
}

/**
 * Fits on each split's training samples and scores on its test samples.
 *
 *     await crossValidate({ build, data: { x, y }, splitter: new KFold({ nSplits: 5 }), metrics: { auc: rocAucScore } })
 *
 * @throws FitsFailedError, which lists all fits that failed, after the others are done; the signal's reason when it is
 *   aborted.
 */
export async function crossValidate<X, Y extends ArrayLike<unknown>, P, Q>(
  options: CrossValidateOptions<X, Y, P, Q>,
): Promise<CrossValidation> {
  const { metrics = {}, trainScores = false } = options;
  const seed = checkSeed('crossValidate', options.seed);
  const tasks = splitData('crossValidate', options).map((split, fold) => ({
    ...split,
    name: `fold ${fold}`,
    fold,
    seed: deriveSeed(seed, fold),
    params: {},
    wants: { testScores: true, trainScores },
  }));
  const results = await runFits('crossValidate', tasks, options);
  const scores = (side: 'testScores' | 'trainScores') =>
    mapRecord(metrics, (_, name) => Float64Array.from(results, (result) => result[side][name] as number));
  const testScores = scores('testScores');
  return {
    testScores,
    trainScores: trainScores ? scores('trainScores') : {},
    mean: mapRecord(testScores, mean),
    std: mapRecord(testScores, std),
    fitMilliseconds: Float64Array.from(results, (result) => result.fitMilliseconds),
    scoreMilliseconds: Float64Array.from(results, (result) => result.scoreMilliseconds),
  };
}
