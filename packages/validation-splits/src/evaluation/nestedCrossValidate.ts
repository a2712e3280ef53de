import { checkSeed, deriveSeed } from '../random';
import type { Divider } from '../splitter';
import { isLowerBetter, type Params } from './experiment';
import { type EvaluationOptions, runFits, splitData } from './runFits';
import { mapRecord, mean, std } from './summary';
import { takeSamples } from './takeSamples';

export interface NestedOptions<X, Y extends ArrayLike<unknown>, P, Q> extends EvaluationOptions<X, Y, P, Q> {
  /** Divides each training set once more, to choose the parameters. `splitter` makes the outer folds. */
  innerSplitter: Pick<Divider, 'split'>;
  /** The values to try of each parameter; every combination is tried. */
  grid: Record<string, readonly unknown[]>;
  /** The metric to choose by: the first by default. */
  select?: string;
}

export interface NestedCrossValidation {
  /** Scores of the chosen parameters on samples that had no part in the choice, by metric, an entry an outer fold. */
  testScores: Record<string, Float64Array>;
  mean: Record<string, number>;
  std: Record<string, number>;
  /** All combinations that were tried. */
  candidates: Params[];
  /** What was chosen in each outer fold: a place in `candidates`. */
  chosen: Uint32Array;
  /** The mean inner score of each candidate, a row an outer fold. */
  innerScores: Float64Array[];
}

/**
 * An honest score for a model together with the search for its parameters: each outer fold searches anew, by cross-
 * validation within its training samples, and scores what it found on its test samples.
 *
 * Reference: Varma, Simon, "Bias in error estimation when using cross-validation for model selection", 2006.
 *
 * @throws TypeError without `build`; RangeError when a parameter has no values or `select` names no metric;
 *   FitsFailedError.
 */
export async function nestedCrossValidate<X, Y extends ArrayLike<unknown>, P, Q>(
  options: NestedOptions<X, Y, P, Q>,
): Promise<NestedCrossValidation> {
  const where = 'nestedCrossValidate';
  const { data, innerSplitter, metrics = {}, select = Object.keys(metrics)[0] ?? '', build } = options;
  const seed = checkSeed(where, options.seed);
  const by = metrics[select];
  if (!build) throw new TypeError(`${where}: build must be given, for it takes the parameters, got none`);
  if (!by)
    throw new RangeError(`${where}: select must name one of ${Object.keys(metrics).join(', ')}, got "${select}"`);
  const candidates = combine(where, options.grid);
  const outer = splitData(where, options);

  const inner = outer.flatMap(({ train }, outerFold) => {
    const samples = { y: takeSamples(data.y, train), groups: data.groups && takeSamples(data.groups, train) };
    const place = (i: number) => train[i] as number;
    const splits = Array.from(innerSplitter.split(train.length, samples));
    return candidates.flatMap((params, candidate) =>
      splits.map((split, fold) => ({
        train: split.train.map(place),
        test: split.test.map(place),
        name: `inner fold ${fold} of fold ${outerFold} with ${JSON.stringify(params)}`,
        fold: outerFold,
        candidate,
        seed: deriveSeed(seed, outerFold, fold),
        params,
        wants: { testScores: true },
      })),
    );
  });
  const searched = await runFits(where, inner, options);
  const scored = inner.map(({ fold, candidate }, i) => ({ fold, candidate, score: searched[i]?.testScores[select] }));
  const innerScores = outer.map((_, fold) =>
    Float64Array.from(candidates, (_, candidate) =>
      mean(
        scored.filter((one) => one.fold === fold && one.candidate === candidate).map(({ score }) => score as number),
      ),
    ),
  );
  const chosen = Uint32Array.from(innerScores, (scores) => best(scores, isLowerBetter(select, by)));

  const tasks = outer.map((split, fold) => ({
    ...split,
    name: `fold ${fold}`,
    fold,
    seed: deriveSeed(seed, fold),
    params: candidates[chosen[fold] as number] as Params,
    wants: { testScores: true },
  }));
  const results = await runFits(where, tasks, options);
  const testScores = mapRecord(metrics, (_, name) =>
    Float64Array.from(results, (one) => one.testScores[name] as number),
  );
  return {
    testScores,
    mean: mapRecord(testScores, mean),
    std: mapRecord(testScores, std),
    candidates,
    chosen,
    innerScores,
  };
}

/** Every combination of the values, the last parameter changing fastest. */
function combine(where: string, grid: Record<string, readonly unknown[]>): Params[] {
  let all: Params[] = [{}];
  for (const [name, values] of Object.entries(grid)) {
    if (values.length === 0) throw new RangeError(`${where}: grid.${name} must have at least one value, got none`);
    all = all.flatMap((params) => values.map((value) => ({ ...params, [name]: value })));
  }
  return all;
}

/** The place of the best score, the first of equals. */
function best(scores: Float64Array, isLower: boolean): number {
  const sign = isLower ? -1 : 1;
  return scores.reduce((found, score, i) => (sign * score > sign * (scores[found] as number) ? i : found), 0);
}
