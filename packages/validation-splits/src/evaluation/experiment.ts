import { checkLength } from '../checks';
import { encode, membersOf } from '../labels';
import { createRandom, shuffle } from '../random';
import { range } from '../splitter';
import { sampleCount, takeSamples } from './takeSamples';

/** Settings of an estimator. */
export type Params = Record<string, unknown>;

/** A model that can be fitted and asked. Where it has `dispose`, that is called when its fold is done. */
export interface Estimator<X, Y, P, Q = unknown> {
  /** Starts anew, whatever was fitted before. */
  fit(x: X, y: Y, options: { seed: number }): unknown;
  predict(x: X): P | Promise<P>;
  predictProba?(x: X): Q | Promise<Q>;
}

/** A number for how well predictions fit what is true: any function of the two. */
export type MetricFunction<Y, P> = (yTrue: Y, yPred: P) => number | Promise<number>;

/** A metric, and what it is of. */
export interface DetailedMetric<Y, Q> {
  metric: MetricFunction<Y, Q>;
  /** Which of the estimator's methods it judges. */
  of: 'predict' | 'predictProba';
  /** By default so when the metric's name ends in Loss or Error. */
  lowerIsBetter?: boolean;
}

/** Samples: `x` and `y` of one length, each sample perhaps in a group. */
export interface Data<X, Y> {
  x: X;
  y: Y;
  groups?: ArrayLike<unknown>;
  /** Takes some rows of `x`; needed where it is neither an array, nor a typed array, nor `{ data, rows, columns }`. */
  take?: (x: X, rows: Uint32Array) => X;
}

/** What is tried: a way to make an estimator, samples, and metrics. */
export interface Experiment<X, Y extends ArrayLike<unknown>, P, Q = unknown> {
  /** Makes a new estimator for each fit. */
  build?: (options: { seed: number; params: Params }) => Estimator<X, Y, P, Q> | Promise<Estimator<X, Y, P, Q>>;
  /** One estimator that is fitted anew each time, instead of `build`. */
  estimator?: Estimator<X, Y, P, Q>;
  data: Data<X, Y>;
  metrics?: Record<string, MetricFunction<Y, P> | DetailedMetric<Y, Q>>;
}

/** One fit and what is asked of it: plain data, which can be sent to a worker. */
export interface FitTask {
  /** What it is called in messages: `fold 2`. */
  name: string;
  fold: number;
  train: Uint32Array;
  test: Uint32Array;
  seed: number;
  params: Params;
  /** Where given, labels are shuffled from this seed before all else. */
  labelSeed?: number;
  wants: { testScores?: boolean; trainScores?: boolean; predictions?: 'predict' | 'predictProba' };
}

export interface FitResult {
  testScores: Record<string, number>;
  trainScores: Record<string, number>;
  predictions?: unknown;
  fitMilliseconds: number;
  scoreMilliseconds: number;
}

/**
 * What runs one fit of an experiment: a module that exports it by default can be given to the executor of
 * `@tenonjs/validation-splits/workers`.
 */
export function fitRunner<X, Y extends ArrayLike<unknown>, P, Q>(
  experiment: Experiment<X, Y, P, Q>,
): (task: FitTask) => Promise<FitResult> {
  const { data, metrics = {} } = experiment;
  const take = data.take ?? takeSamples;
  return async ({ train, test, seed, params, labelSeed, wants }) => {
    const y = labelSeed === undefined ? data.y : takeSamples(data.y, shuffledLabels(data, labelSeed));
    const parts: unknown[] = [];
    const part = (rows: Uint32Array) => {
      const taken = { x: take(data.x, rows), y: takeSamples(y, rows) };
      parts.push(taken.x);
      return taken;
    };
    const estimator = experiment.estimator ?? (await experiment.build?.({ seed, params }));
    if (!estimator) throw new TypeError('fitRunner: build or estimator must be given, got neither');
    try {
      const began = performance.now();
      const trained = part(train);
      await estimator.fit(trained.x, trained.y, { seed });
      const fitted = performance.now();
      const tested = part(test);
      const testScores = wants.testScores ? await scoresOf(estimator, tested, metrics) : {};
      const trainScores = wants.trainScores ? await scoresOf(estimator, trained, metrics) : {};
      const predictions = wants.predictions && (await ask(estimator, wants.predictions, tested.x));
      const times = { fitMilliseconds: fitted - began, scoreMilliseconds: performance.now() - fitted };
      return { testScores, trainScores, predictions, ...times };
    } finally {
      for (const owned of [...parts, estimator === experiment.estimator ? undefined : estimator]) dispose(owned);
    }
  };
}

type AnyMetric<Y, P, Q> = MetricFunction<Y, P> | DetailedMetric<Y, Q>;

async function scoresOf<X, Y, P, Q>(
  estimator: Estimator<X, Y, P, Q>,
  { x, y }: { x: X; y: Y },
  metrics: Record<string, AnyMetric<Y, P, Q>>,
): Promise<Record<string, number>> {
  const answers: { predict?: P; predictProba?: Q } = {};
  const scores: Record<string, number> = {};
  for (const [name, metric] of Object.entries(metrics)) {
    if (typeof metric === 'object' && metric.of === 'predictProba') {
      answers.predictProba ??= (await ask(estimator, 'predictProba', x)) as Q;
      scores[name] = await metric.metric(y, answers.predictProba);
    } else {
      answers.predict ??= await estimator.predict(x);
      const of = typeof metric === 'object' ? (metric.metric as unknown as MetricFunction<Y, P>) : metric;
      scores[name] = await of(y, answers.predict);
    }
  }
  for (const answer of Object.values(answers)) dispose(answer);
  return scores;
}

function ask<X, Y, P, Q>(estimator: Estimator<X, Y, P, Q>, method: 'predict' | 'predictProba', x: X) {
  const answer = estimator[method]?.(x);
  if (answer === undefined) throw new TypeError(`fitRunner: the estimator must have ${method}, got one without`);
  return answer;
}

/** Frees what stands on a device. */
function dispose(owned: unknown): void {
  const { dispose } = (owned ?? {}) as { dispose?: unknown };
  if (typeof dispose === 'function') dispose.call(owned);
}

/** Where each sample's label comes from when labels are shuffled, within groups where there are any. */
export function shuffledLabels({ y, groups }: { y: ArrayLike<unknown>; groups?: ArrayLike<unknown> }, seed: number) {
  const random = createRandom(seed);
  const places = range(0, y.length);
  if (groups === undefined) return shuffle(places, random);
  for (const members of membersOf(encode('permutationTestScore', 'groups', groups, y.length, { by: 'order' }))) {
    const order = shuffle(members.slice(), random);
    members.forEach((place, i) => {
      places[place] = order[i] as number;
    });
  }
  return places;
}

/** Whether less is better: as it says itself, or by the name's ending. */
export function isLowerBetter<Y, P, Q>(name: string, metric: AnyMetric<Y, P, Q>): boolean {
  const of = typeof metric === 'object' ? metric.metric : metric;
  const said = typeof metric === 'object' ? metric.lowerIsBetter : undefined;
  return said ?? [name, of.name].some((word) => /(loss|error)$/i.test(word));
}

/** How many samples the data have. @throws RangeError or TypeError unless x, y and groups have as many. */
export function checkData<X, Y extends ArrayLike<unknown>>(where: string, { x, y, groups }: Data<X, Y>): number {
  checkLength(where, 'data.y', y);
  const n = y.length;
  checkLength(where, 'data.x', { length: sampleCount(x) ?? n }, n);
  if (groups !== undefined) checkLength(where, 'data.groups', groups, n);
  return n;
}
