import { checkSeed, createRandom, deriveSeed, shuffle } from '../random';
import { type EvaluationOptions, runFits, splitData } from './runFits';
import { type ScoreCurve, scoreCurves } from './scoreCurve';

export interface LearningCurveOptions<X, Y extends ArrayLike<unknown>, P, Q> extends EvaluationOptions<X, Y, P, Q> {
  /** How many samples to train on: shares of the smallest training set when all are at most 1, else numbers. */
  trainSizes?: number[];
  /** Whether to take them in random order, rather than the first ones. */
  shuffle?: boolean;
}

export interface LearningCurve {
  /** In ascending order, each once. */
  trainSizes: Uint32Array;
  curves: Record<string, ScoreCurve>;
}

/**
 * Scores by how many samples were trained on, on those themselves and on the test samples.
 *
 * @throws RangeError when a size is 0 or above what there is; FitsFailedError.
 */
export async function learningCurve<X, Y extends ArrayLike<unknown>, P, Q>(
  options: LearningCurveOptions<X, Y, P, Q>,
): Promise<LearningCurve> {
  const where = 'learningCurve';
  const seed = checkSeed(where, options.seed);
  const splits = splitData(where, options);
  if (options.shuffle) for (const [fold, { train }] of splits.entries()) shuffle(train, createRandom(seed, fold, 1));
  const most = splits.reduce((least, { train }) => Math.min(least, train.length), Number.POSITIVE_INFINITY);
  const trainSizes = sizesOf(options.trainSizes ?? [0.1, 0.325, 0.55, 0.775, 1], most);
  const tasks = [...trainSizes].flatMap((size) =>
    splits.map(({ train, test }, fold) => ({
      name: `fold ${fold} with ${size} samples`,
      fold,
      train: train.slice(0, size),
      test,
      seed: deriveSeed(seed, fold),
      params: {},
      wants: { testScores: true, trainScores: true },
    })),
  );
  const results = await runFits(where, tasks, options);
  return { trainSizes, curves: scoreCurves(options.metrics ?? {}, results, trainSizes.length) };
}

function sizesOf(asked: number[], most: number): Uint32Array {
  const areShares = asked.every((size) => size <= 1);
  const sizes = asked.map((size) => {
    const count = areShares ? Math.floor(size * most + 1e-9) : size;
    if (!Number.isInteger(count) || count < 1 || count > most) {
      const must = `shares in (0, 1] or integers from 1 to ${most}`;
      throw new RangeError(`learningCurve: trainSizes must be ${must}, got ${size}`);
    }
    return count;
  });
  if (sizes.length === 0) throw new RangeError('learningCurve: trainSizes must have at least one entry, got none');
  return Uint32Array.from(new Set(sizes)).sort();
}
