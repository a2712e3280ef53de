import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as m from './index';
import { difference } from './testing/difference';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

/** Some samples: two classes, of which both occur, scores with ties, and weights. */
const scored = fc
  .array(
    fc.record({
      y: fc.integer({ min: 0, max: 1 }),
      score: fc.integer({ min: -8, max: 8 }),
      weight: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .filter((samples) => new Set(samples.map(({ y }) => y)).size === 2)
  .map((samples) => ({
    y: samples.map(({ y }) => y),
    score: samples.map(({ score }) => score / 4),
    weight: samples.map(({ weight }) => weight / 2),
  }));
const classes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 40 })
  .map((pairs) => ({ y: pairs.map(([y]) => y), p: pairs.map(([, p]) => p) }));
const real = fc.integer({ min: -400, max: 400 }).map((value) => value / 16);
const reals = fc
  .array(fc.tuple(real, real), { minLength: 2, maxLength: 40 })
  .map((pairs) => ({ y: pairs.map(([y]) => y), p: pairs.map(([, p]) => p) }));

const near = (got: unknown, expected: unknown, tolerance = 1e-10) =>
  expect(difference(got, expected, tolerance)).toBe(null);
const forAll = <Case>(cases: fc.Arbitrary<Case>, check: (one: Case) => void) =>
  fc.assert(fc.property(cases, check), { numRuns: 200, seed: 7 });

describe('areas', () => {
  test('only the order of scores matters to the area under the ROC curve and to average precision', () => {
    const rising = [
      (x: number) => 3 * x - 7,
      (x: number) => x ** 3,
      (x: number) => Math.exp(x),
      (x: number) => Math.atan(x),
    ];
    forAll(scored, ({ y, score, weight: sampleWeight }) => {
      for (const bend of rising) {
        const bent = score.map(bend);
        near(m.rocAucScore(y, bent, { sampleWeight }), m.rocAucScore(y, score, { sampleWeight }));
        near(m.averagePrecisionScore(y, bent, { sampleWeight }), m.averagePrecisionScore(y, score, { sampleWeight }));
      }
    });
  });

  test('the area is how often a positive is scored above a negative, ties counting half', () => {
    forAll(scored, ({ y, score, weight }) => {
      let [won, all] = [0, 0];
      for (const [i, a] of score.entries()) {
        for (const [j, b] of score.entries()) {
          if (y[i] !== 1 || y[j] !== 0) continue;
          const w = (weight[i] as number) * (weight[j] as number);
          all += w;
          won += a > b ? w : a === b ? w / 2 : 0;
        }
      }
      near(m.rocAucScore(y, score, { sampleWeight: weight }), won / all);
    });
  });

  test('to turn scores or classes around is to take the area from 1', () => {
    forAll(scored, ({ y, score }) => {
      const area = m.rocAucScore(y, score);
      near(
        m.rocAucScore(
          y,
          score.map((value) => -value),
        ),
        1 - area,
      );
      near(
        m.rocAucScore(
          y.map((label) => 1 - label),
          score,
        ),
        1 - area,
      );
    });
  });

  test('curves hold what the areas are made of', () => {
    forAll(scored, ({ y, score, weight: sampleWeight }) => {
      for (const dropIntermediate of [true, false]) {
        const { fpr, tpr, thresholds } = m.rocCurve(y, score, { sampleWeight, dropIntermediate });
        near(m.auc(fpr, tpr), m.rocAucScore(y, score, { sampleWeight }));
        near([fpr[0], tpr[0], fpr.at(-1), tpr.at(-1)], [0, 0, 1, 1]);
        expect(thresholds.every((threshold, i) => i === 0 || threshold < (thresholds[i - 1] as number))).toBe(true);
      }
      const { precision, recall } = m.precisionRecallCurve(y, score, { sampleWeight });
      const steps = Array.from(recall.slice(1), (next, i) => ((recall[i] as number) - next) * (precision[i] as number));
      near(
        steps.reduce((sum, step) => sum + step, 0),
        m.averagePrecisionScore(y, score, { sampleWeight }),
      );
    });
  });

  test('the best threshold is as good as any', () => {
    forAll(scored, ({ y, score }) => {
      const { value } = m.searchThreshold(y, score, { maximize: 'accuracy' });
      for (const threshold of [...score, Infinity]) {
        expect(
          m.accuracyScore(
            y,
            score.map((s) => Number(s >= threshold)),
          ),
        ).toBeLessThanOrEqual(value + 1e-12);
      }
    });
  });
});

describe('classes', () => {
  test('the matrix holds every sample once, and its diagonal those that are right', () => {
    forAll(classes, ({ y, p }) => {
      const matrix = m.confusionMatrix(y, p);
      expect(matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(y.length);
      near(matrix.reduce((sum, row, k) => sum + (row[k] as number), 0) / y.length, m.accuracyScore(y, p));
      expect(m.confusionMatrix(p, y)).toEqual(matrix.map((_, i) => matrix.map((row) => row[i])));
    });
  });

  test('precision of one is recall of the other; F1 lies between them, Jaccard below', () => {
    forAll(classes, ({ y, p }) => {
      const [precision, recall, f1, jaccard] = [m.precisionScore, m.recallScore, m.f1Score, m.jaccardScore].map(
        (score) => score(y, p, { average: null }),
      ) as [Float64Array, Float64Array, Float64Array, Float64Array];
      near(m.recallScore(p, y, { average: null }), precision);
      for (const [k, f] of f1.entries()) {
        const [a, b, j] = [precision[k] as number, recall[k] as number, jaccard[k] as number];
        near(f, a + b === 0 ? 0 : (2 * a * b) / (a + b));
        near(j, f / (2 - f));
      }
      near(m.f1Score(y, p, { average: 'micro' }), m.accuracyScore(y, p));
    });
  });

  test('names of classes mean nothing', () => {
    const name = (k: number) => ['delta', 'alpha', 'charlie', 'bravo'][k] as string;
    forAll(classes, ({ y, p }) => {
      for (const score of [
        m.accuracyScore,
        m.matthewsCorrcoef,
        m.cohenKappaScore,
        m.balancedAccuracyScore,
        m.mutualInformation,
      ]) {
        near(score(y.map(name), p.map(name)), score(y, p));
      }
      near(m.f1Score(y.map(name), p.map(name), { average: 'macro' }), m.f1Score(y, p, { average: 'macro' }));
    });
  });

  test('scores stay within their bounds', () => {
    const within = (value: number, low: number) =>
      expect(Number.isNaN(value) || (value >= low - 1e-12 && value <= 1 + 1e-12)).toBe(true);
    forAll(classes, ({ y, p }) => {
      within(m.matthewsCorrcoef(y, p), -1);
      within(m.cohenKappaScore(y, p), -1);
      within(m.balancedAccuracyScore(y, p), 0);
      near(m.accuracyScore(y, p) + m.zeroOneLoss(y, p), 1);
      expect(m.mutualInformation(y, p)).toBeGreaterThanOrEqual(-1e-12);
      near(m.accuracyScore(y, y), 1);
    });
  });
});

describe('regression', () => {
  test('errors do not feel a shift of both, and grow with the scale', () => {
    forAll(reals, ({ y, p }) => {
      const [shifted, far] = [y, p].map((values) => values.map((value) => value + 12)) as [number[], number[]];
      const [scaled, large] = [y, p].map((values) => values.map((value) => -3 * value)) as [number[], number[]];
      near(m.meanSquaredError(shifted, far), m.meanSquaredError(y, p));
      near(m.meanSquaredError(scaled, large), 9 * m.meanSquaredError(y, p));
      near(m.meanAbsoluteError(scaled, large), 3 * m.meanAbsoluteError(y, p));
      near(m.r2Score(scaled, large), m.r2Score(y, p), 1e-8);
      near(m.medianAbsoluteError(scaled, large), 3 * m.medianAbsoluteError(y, p));
    });
  });

  test('means of errors stand in their order', () => {
    forAll(reals, ({ y, p }) => {
      const [mean, root, worst] = [m.meanAbsoluteError(y, p), m.rootMeanSquaredError(y, p), m.maxError(y, p)];
      expect(mean).toBeLessThanOrEqual(root + 1e-12);
      expect(root).toBeLessThanOrEqual(worst + 1e-12);
      expect(m.explainedVarianceScore(y, p)).toBeGreaterThanOrEqual(m.r2Score(y, p) - 1e-9);
      near(m.meanPinballLoss(y, p, { alpha: 0.5 }), mean / 2);
    });
  });
});

describe('probabilities', () => {
  const shares = scored.map(({ y, score, weight }) => ({ y, p: score.map((s) => (s + 2) / 4), sampleWeight: weight }));

  test('nothing is likelier than the truth, and to mix with it never hurts', () => {
    forAll(shares, ({ y, p, sampleWeight }) => {
      const better = p.map((value, i) => (value + (y[i] as number)) / 2);
      expect(m.logLoss(y, better, { sampleWeight })).toBeLessThanOrEqual(m.logLoss(y, p, { sampleWeight }) + 1e-12);
      near(m.brierScoreLoss(y, better, { sampleWeight }), m.brierScoreLoss(y, p, { sampleWeight }) / 4);
      near(m.brierScoreLoss(y, y), 0);
    });
  });

  test('the calibration error of one bin is the gap of the means', () => {
    forAll(shares, ({ y, p }) => {
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      near(m.expectedCalibrationError(y, p, { nBins: 1 }), Math.abs(mean(y) - mean(p)));
    });
  });
});

describe('streams: parts, in any order and any shards, are the whole', () => {
  const cut = fc.tuple(scored, fc.nat(), fc.nat()).map(([{ y, score, weight }, a, b]) => {
    const places = [a, b].map((place) => place % (y.length + 1)).sort((i, j) => i - j) as [number, number];
    return { y, p: score.map((s) => (s + 2) / 4), weight, places };
  });
  const streams = {
    StreamingRocAuc: () => new m.StreamingRocAuc({ thresholds: 16 }),
    StreamingAveragePrecision: () => new m.StreamingAveragePrecision({ thresholds: 16 }),
    StreamingCalibration: () => new m.StreamingCalibration({ nBins: 4 }),
    StreamingRegression: () => new m.StreamingRegression(),
  };

  test.each(Object.entries(streams))('%s', (_, make) => {
    forAll(cut, ({ y, p, weight, places: [a, b] }) => {
      const part = (from: number, to: number) => {
        const stream = make();
        if (from === to) return stream;
        return stream.update(y.slice(from, to), p.slice(from, to), { sampleWeight: weight.slice(from, to) });
      };
      const whole = part(0, y.length).compute();
      const merge = (into: object, other: object) => (into as m.StreamingRocAuc).merge(other as m.StreamingRocAuc);
      near(merge(merge(part(b, y.length), part(0, a)), part(a, b)).compute(), whole, 1e-9);
    });
  });

  test('StreamingConfusion', () => {
    forAll(fc.tuple(classes, fc.nat()), ([{ y, p }, at]) => {
      const cutAt = 1 + (at % Math.max(1, y.length - 1));
      const make = () => new m.StreamingConfusion({ labels: [0, 1, 2, 3] });
      const [first, second] = [make().update(y.slice(0, cutAt), p.slice(0, cutAt)), make()];
      if (cutAt < y.length) second.update(y.slice(cutAt), p.slice(cutAt));
      near(second.merge(first).compute(), make().update(y, p).compute());
    });
  });
});

test('the order of the samples matters to no score', () => {
  forAll(fc.tuple(scored, fc.nat()), ([{ y, score, weight }, seed]) => {
    const order = y.map((_, i) => i).sort((a, b) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101));
    const mix = <Value>(values: Value[]) => order.map((i) => values[i] as Value);
    const options = { sampleWeight: weight };
    const mixed = { sampleWeight: mix(weight) };
    type Metric = (y: number[], s: number[], options: { sampleWeight: number[] }) => unknown;
    const areas: Metric[] = [m.rocAucScore, m.averagePrecisionScore, m.rocCurve, m.precisionRecallCurve, m.detCurve];
    const errors: Metric[] = [m.meanSquaredError, m.medianAbsoluteError, m.r2Score];
    for (const metric of [...areas, ...errors])
      near(metric(mix(y), mix(score), mixed), metric(y, score, options), 1e-9);
  });
});
