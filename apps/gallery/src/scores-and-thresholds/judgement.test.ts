import { expect, test } from 'vitest';
import { bestF1, fewMisses, judge, ratings } from './judgement';
import { modelNames, predictionsOf } from './models';
import { writing } from './settings';

test.each(modelNames)('%s: a sample of each tumour, and both kinds', (model) => {
  const { malignant, probability } = predictionsOf(model);
  expect(malignant).toHaveLength(569);
  expect(probability).toHaveLength(569);
  expect(malignant.filter((one) => one === 1)).toHaveLength(212);
});

test.each(modelNames)('%s: at the ends all or nothing is malignant', (model) => {
  const predictions = predictionsOf(model);
  const all = judge(predictions, 0);
  expect(all.matrix).toEqual([
    [0, 357],
    [0, 212],
  ]);
  expect([all.recall, all.falsePositiveRate]).toEqual([1, 1]);
  const none = judge(predictions, 1.001);
  expect(none.matrix).toEqual([
    [357, 0],
    [212, 0],
  ]);
  expect([none.recall, none.precision, none.falsePositiveRate]).toEqual([0, 1, 0]);
});

test.each(modelNames)('%s: no threshold has a larger F1 than the best', (model) => {
  const predictions = predictionsOf(model);
  const best = judge(predictions, bestF1(predictions)).f1;
  for (let t = 0; t <= 1000; t += 5) expect(judge(predictions, t / 1000).f1).toBeLessThanOrEqual(best);
});

test.each(modelNames)('%s: at most 2 %% are missed, and one step further more would be', (model) => {
  const predictions = predictionsOf(model);
  const threshold = fewMisses(predictions);
  expect(judge(predictions, threshold).recall).toBeGreaterThanOrEqual(0.98);
  const next = Math.min(...predictions.probability.filter((p) => p > threshold));
  const further = judge(predictions, next);
  expect(further.recall < 0.98 || further.falsePositiveRate === judge(predictions, threshold).falsePositiveRate).toBe(
    true,
  );
});

test('the models are what the page says of them', () => {
  const [texture, logistic, bayes] = modelNames.map((name) => ratings(predictionsOf(name)));
  expect(texture?.rocAucScore).toBeLessThan(0.8);
  expect(logistic?.rocAucScore).toBeGreaterThan(0.99);
  expect(bayes?.rocAucScore).toBeGreaterThan(0.96);
  expect(bayes?.logLoss).toBeGreaterThan(1);
});

test('settings live in the address', () => {
  const settings = { model: 'bayes', threshold: 25 } as const;
  expect(writing.fromQuery(writing.toQuery(settings))).toEqual({ settings, refused: [] });
  expect(writing.fromQuery('?model=tree&threshold=1001')).toEqual({
    settings: { model: 'texture', threshold: 500 },
    refused: ['model=tree', 'threshold=1001'],
  });
});
