import { checkInteger } from '../checks';
import { checkSeed, deriveSeed } from '../random';
import { checkData, isLowerBetter, shuffledLabels } from './experiment';
import { type EvaluationOptions, runFits } from './runFits';
import { mapRecord, mean } from './summary';
import { takeSamples } from './takeSamples';

export interface PermutationTestOptions<X, Y extends ArrayLike<unknown>, P, Q> extends EvaluationOptions<X, Y, P, Q> {
  /** How often to shuffle the labels, 100 by default. */
  nPermutations?: number;
}

export interface PermutationTest {
  /** The mean score over folds with the labels as they are. */
  score: number;
  /** The same with shuffled labels. */
  permutationScores: Float64Array;
  /** `(1 + how many of those are as good) / (1 + nPermutations)`. */
  pValue: number;
}

/**
 * How likely a score as good is when labels have nothing to do with samples, by metric. Labels are shuffled within
 * groups where there are groups.
 *
 * Reference: Ojala, Garriga, "Permutation tests for studying classifier performance", 2010, test 1.
 *
 * @throws RangeError unless nPermutations is an integer of at least 1; FitsFailedError.
 */
export async function permutationTestScore<X, Y extends ArrayLike<unknown>, P, Q>(
  options: PermutationTestOptions<X, Y, P, Q>,
): Promise<Record<string, PermutationTest>> {
  const where = 'permutationTestScore';
  const { data, splitter, nPermutations = 100, metrics = {} } = options;
  checkInteger(where, 'nPermutations', nPermutations, 1);
  const seed = checkSeed(where, options.seed);
  const n = checkData(where, data);
  const rounds = Array.from({ length: 1 + nPermutations }, (_, round) => {
    const labelSeed = round === 0 ? undefined : deriveSeed(seed, round, 1);
    const y = labelSeed === undefined ? data.y : takeSamples(data.y, shuffledLabels(data, labelSeed));
    return Array.from(splitter.split(n, { y, groups: data.groups }), (split, fold) => ({
      ...split,
      name: round === 0 ? `fold ${fold}` : `fold ${fold} of permutation ${round - 1}`,
      fold,
      seed: deriveSeed(seed, fold),
      params: {},
      labelSeed,
      wants: { testScores: true },
    }));
  });
  const results = await runFits(where, rounds.flat(), options);
  let first = 0;
  const ofRound = rounds.map(({ length }) => {
    first += length;
    return results.slice(first - length, first);
  });
  return mapRecord(metrics, (metric, name) => {
    const scores = ofRound.map((fits) => mean(fits.map(({ testScores }) => testScores[name] as number)));
    const [score = Number.NaN, ...permuted] = scores;
    const sign = isLowerBetter(name, metric) ? -1 : 1;
    const asGood = permuted.filter((other) => sign * other >= sign * score).length;
    return {
      score,
      permutationScores: Float64Array.from(permuted),
      pValue: (asGood + 1) / (nPermutations + 1),
    };
  });
}
