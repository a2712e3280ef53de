import * as metrics from '../index';
import { uniforms } from '../statistics/random';

/** What a metric may be fed with, and what it keeps when its input changes. */
export interface Entry {
  name: string;
  /** Of what kind truth and prediction are. */
  truth: Kind;
  prediction: Kind;
  /** Truth and prediction may change places. */
  symmetric?: boolean;
  /** It takes no weights (`'none'`), or with weights it is another formula (`'other'`). */
  weights?: 'none' | 'other';
  call(truth: Column, prediction: Column, options: Options): unknown;
}

export type Kind = 'labels' | 'binary' | 'scores' | 'shares' | 'reals' | 'rows';
export type Column = number[] | string[] | number[][];
export interface Options {
  sampleWeight?: number[];
  /** The positive class, when the labels are words. */
  posLabel?: string;
}

type Metric = (truth: never, prediction: never, options: never) => unknown;

/** A metric that is called with extra options. */
function entry(name: string, truth: Kind, prediction: Kind, more: Partial<Entry> = {}, extra: object = {}): Entry {
  const metric = (metrics as unknown as Record<string, Metric>)[name] as Metric;
  const call: Entry['call'] = (a, b, options) => metric(a as never, b as never, { ...extra, ...options } as never);
  const title = Object.values(extra).length ? `${name} ${JSON.stringify(extra)}` : name;
  return { truth, prediction, call, ...more, name: title };
}

const averaged = ['precisionScore', 'recallScore', 'f1Score', 'jaccardScore', 'fbetaScore'].flatMap((name) =>
  ['micro', 'macro', 'weighted', null].map((average) => {
    const accuracy = average === 'micro' || (name === 'recallScore' && average === 'weighted');
    const symmetric = accuracy || (average !== 'weighted' && /f1|jaccard/.test(name));
    return entry(name, 'labels', 'labels', { symmetric }, { average, ...(name === 'fbetaScore' ? { beta: 2 } : {}) });
  }),
);

const errors = [
  'meanSquaredError',
  'rootMeanSquaredError',
  'meanAbsoluteError',
  'meanSquaredLogError',
  'rootMeanSquaredLogError',
];

/** Every metric of N samples, listed once. */
export const registry: Entry[] = [
  ...averaged,
  ...['precisionScore', 'recallScore', 'f1Score', 'jaccardScore'].map((name) => entry(name, 'binary', 'binary')),
  entry('precisionRecallFscoreSupport', 'labels', 'labels'),
  entry('accuracyScore', 'labels', 'labels', { symmetric: true }),
  entry('zeroOneLoss', 'labels', 'labels', { symmetric: true }),
  entry('hammingLoss', 'labels', 'labels', { symmetric: true }),
  entry('balancedAccuracyScore', 'labels', 'labels'),
  entry('matthewsCorrcoef', 'labels', 'labels', { symmetric: true }),
  ...[null, 'linear', 'quadratic'].map((weights) =>
    entry('cohenKappaScore', 'labels', 'labels', { symmetric: true }, { weights }),
  ),
  ...[null, 'true', 'pred', 'all'].map((normalize) => entry('confusionMatrix', 'labels', 'labels', {}, { normalize })),
  entry('multilabelConfusionMatrix', 'labels', 'labels'),
  entry('classificationReport', 'labels', 'labels'),
  entry('topKAccuracyScore', 'labels', 'rows'),
  entry('mutualInformation', 'labels', 'labels', { symmetric: true }),
  entry('rocAucScore', 'binary', 'scores'),
  entry('rocAucScore', 'binary', 'scores', {}, { maxFpr: 0.3 }),
  ...['macro', 'micro', 'weighted', null].map((average) =>
    entry('rocAucScore', 'labels', 'rows', {}, { multiClass: 'ovr', average }),
  ),
  entry('rocAucScore', 'labels', 'rows', { weights: 'none' }, { multiClass: 'ovo' }),
  entry('averagePrecisionScore', 'binary', 'scores'),
  entry('rocCurve', 'binary', 'scores'),
  entry('precisionRecallCurve', 'binary', 'scores'),
  entry('detCurve', 'binary', 'scores'),
  entry('searchThreshold', 'binary', 'scores'),
  entry('logLoss', 'binary', 'shares'),
  entry('logLoss', 'labels', 'rows'),
  entry('brierScoreLoss', 'binary', 'shares'),
  entry('expectedCalibrationError', 'binary', 'shares'),
  entry('expectedCalibrationError', 'labels', 'rows'),
  entry('calibrationCurve', 'binary', 'shares'),
  entry('calibrationCurve', 'binary', 'shares', { weights: 'none' }, { strategy: 'quantile' }),
  ...errors.map((name) => entry(name, 'reals', 'reals', { symmetric: true })),
  entry('meanAbsolutePercentageError', 'reals', 'reals'),
  entry('medianAbsoluteError', 'reals', 'reals', { symmetric: true, weights: 'other' }),
  entry('meanPinballLoss', 'reals', 'reals', {}, { alpha: 0.3 }),
  entry('meanTweedieDeviance', 'reals', 'reals', {}, { power: 1.5 }),
  entry('r2Score', 'reals', 'reals'),
  entry('explainedVarianceScore', 'reals', 'reals'),
  entry('d2TweedieScore', 'reals', 'reals', {}, { power: 2 }),
  entry('d2PinballScore', 'reals', 'reals', { weights: 'other' }, { alpha: 0.3 }),
  entry('d2AbsoluteErrorScore', 'reals', 'reals', { weights: 'other' }),
  entry('maxError', 'reals', 'reals', { symmetric: true, weights: 'none' }),
  entry('dcgScore', 'rows', 'rows'),
  entry('ndcgScore', 'rows', 'rows'),
  entry('meanIou', 'labels', 'labels', { symmetric: true, weights: 'none' }),
  entry('diceScore', 'labels', 'labels', { symmetric: true, weights: 'none' }),
  entry('pixelAccuracy', 'labels', 'labels', { symmetric: true, weights: 'none' }),
  entry('psnr', 'reals', 'reals', { symmetric: true, weights: 'none' }, { dataRange: 3 }),
];

/** N samples of the kind, with ties, and with every class. */
export function draw(kind: Kind, length: number, seed: number): Column {
  const uniform = uniforms(seed);
  const rows = (): number[] => Array.from({ length: 3 }, () => Math.floor(uniform() * 5) + 1);
  const share = (row: number[]): number[] => row.map((one) => one / row.reduce((sum, other) => sum + other, 0));
  const one = {
    labels: (i: number) => (i < 3 ? i : Math.floor(uniform() * 3)),
    binary: (i: number) => (i < 2 ? i : Math.floor(uniform() * 2)),
    scores: () => Math.floor(uniform() * 8) / 2 - 2,
    shares: () => Math.floor(uniform() * 9) / 8,
    reals: () => Math.floor(uniform() * 12) / 4 + 0.25,
    rows: () => share(rows()),
  }[kind] as (i: number) => number | number[];
  return Array.from({ length }, (_, i) => one(i)) as Column;
}
