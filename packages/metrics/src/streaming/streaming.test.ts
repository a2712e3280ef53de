import { describe, expect, test, vi } from 'vitest';
import * as metrics from '../index';
import { difference } from '../testing/difference';
import { draw } from '../testing/registry';

const thresholds = 8;

/** A streamed metric, what it is fed with, and what it shall give for all of it at once. */
const streams = [
  {
    name: 'StreamingRocAuc',
    make: () => new metrics.StreamingRocAuc({ thresholds }),
    kinds: ['binary', 'shares'],
    whole: (y, p, options) => metrics.rocAucScore(y, binned(p), options),
  },
  {
    name: 'StreamingAveragePrecision',
    make: () => new metrics.StreamingAveragePrecision({ thresholds }),
    kinds: ['binary', 'shares'],
    whole: (y, p, options) => metrics.averagePrecisionScore(y, binned(p), options),
  },
  {
    name: 'StreamingCalibration',
    make: () => new metrics.StreamingCalibration({ nBins: 5 }),
    kinds: ['binary', 'shares'],
    whole: (y, p, options) => ({
      ...metrics.calibrationCurve(y, p, { nBins: 5, ...options }),
      expectedCalibrationError: metrics.expectedCalibrationError(y, p, { nBins: 5, ...options }),
    }),
  },
  {
    name: 'StreamingRegression',
    make: () => new metrics.StreamingRegression(),
    kinds: ['reals', 'reals'],
    whole: (y, p, options) => ({
      meanSquaredError: metrics.meanSquaredError(y, p, options),
      rootMeanSquaredError: metrics.rootMeanSquaredError(y, p, options),
      meanAbsoluteError: metrics.meanAbsoluteError(y, p, options),
      r2Score: metrics.r2Score(y, p, options),
      explainedVarianceScore: metrics.explainedVarianceScore(y, p, options),
    }),
  },
  {
    name: 'StreamingConfusion',
    make: () => new metrics.StreamingConfusion({ labels: [0, 1, 2] }),
    kinds: ['labels', 'labels'],
    whole: (y, p, options) => {
      const { precision, recall, fscore } = metrics.precisionRecallFscoreSupport(y, p, options);
      const macro = metrics.precisionRecallFscoreSupport(y, p, { ...options, average: 'macro' });
      return {
        classes: [0, 1, 2],
        matrix: metrics.confusionMatrix(y, p, options),
        accuracy: metrics.accuracyScore(y, p, options),
        ...{ precision, recall, f1: fscore },
        macro: { precision: macro.precision, recall: macro.recall, f1: macro.fscore },
      };
    },
  },
] satisfies Stream[] as Stream[];

interface Streamed {
  update(yTrue: number[], yPred: number[], options?: { sampleWeight?: number[] }): Streamed;
  merge(other: never): Streamed;
  compute(): unknown;
  reset(): Streamed;
}

interface Stream {
  name: string;
  make(): Streamed;
  kinds: ['binary' | 'labels' | 'reals', 'shares' | 'labels' | 'reals'];
  whole(yTrue: number[], yPred: number[], options: { sampleWeight: number[] }): unknown;
}

function binned(scores: number[]): number[] {
  return scores.map((score) => Math.min(Math.floor(score * thresholds), thresholds - 1));
}

describe.each(streams)('$name', ({ name, make, kinds, whole }) => {
  const yTrue = draw(kinds[0], 40, 1) as number[];
  const yPred = draw(kinds[1], 40, 2) as number[];
  const sampleWeight = yTrue.map((_, i) => (i % 4) / 2);
  const part = (from: number, to: number, into = make()): Streamed =>
    into.update(yTrue.slice(from, to), yPred.slice(from, to), { sampleWeight: sampleWeight.slice(from, to) });
  const same = (got: unknown): void => expect(difference(got, whole(yTrue, yPred, { sampleWeight }), 1e-12)).toBe(null);

  test('parts are as the whole', () => {
    same(part(39, 40, part(1, 39, part(0, 1))).compute());
  });

  test('shards are merged, and forgotten', () => {
    const all = part(0, 15).merge(part(15, 40) as never);
    same(all.compute());
    same(part(0, 40, all.reset()).compute());
    same(
      make()
        .merge(all as never)
        .compute(),
    );
  });

  test('without weights', () => {
    const ones = yTrue.map(() => 1);
    const expected = whole(yTrue, yPred, { sampleWeight: ones });
    expect(difference(make().update(yTrue, yPred).compute(), expected, 1e-12)).toBe(null);
  });

  test('bad input is refused by name, and not added', () => {
    const stream = part(0, 40);
    const refuse = (yTrue: number[], yPred: number[], message: string): void =>
      expect(() => stream.update(yTrue, yPred)).toThrow(`${name}.update: ${message}`);
    refuse([0, 1], [0], 'y');
    refuse([0], [Number.NaN], 'y');
    if (kinds[1] !== 'reals') refuse([0, 1], [0, 7], 'y');
    same(stream.compute());
  });
});

test('of nothing', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  expect(new metrics.StreamingRocAuc().compute()).toBeNaN();
  expect(new metrics.StreamingAveragePrecision().compute()).toBe(0);
  expect(warn).toHaveBeenCalledTimes(2);
  expect(new metrics.StreamingRegression().compute().r2Score).toBeNaN();
  expect(new metrics.StreamingCalibration().compute().probTrue).toHaveLength(0);
  warn.mockRestore();
});

test('what does not fit together is not merged', () => {
  const roc = new metrics.StreamingRocAuc({ thresholds: 3 });
  expect(() => roc.merge(new metrics.StreamingRocAuc({ thresholds: 4 }))).toThrow('thresholds must be 3, got 4');
  const words = new metrics.StreamingConfusion({ labels: ['a', 'b'] });
  expect(() => words.merge(new metrics.StreamingConfusion({ labels: ['b', 'a'] }))).toThrow('labels must be a, b');
  expect(() => words.update(['a'], ['c'])).toThrow("yPred[0] must be one of labels, got 'c'");
});
