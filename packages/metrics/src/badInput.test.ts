import { expect, test, vi } from 'vitest';
import * as m from './index';

const rows = [
  [0.2, 0.3, 0.5],
  [0.1, 0.8, 0.1],
  [0.6, 0.2, 0.2],
];

/** What is wrong, and every word of what is said of it. */
const refused: [call: () => unknown, message: string][] = [
  [() => m.accuracyScore([1, 'b'] as never, [1, 2]), "accuracyScore: yTrue[1] must be a number, got 'b'"],
  [() => m.accuracyScore(['a'], [1]), 'accuracyScore: yPred[0] must be a string, got 1'],
  [() => m.accuracyScore([true] as never, [1]), 'accuracyScore: yTrue[0] must be a number, got true'],
  [() => m.accuracyScore('ab' as never, 'ab' as never), "accuracyScore: yTrue must be an array, got 'ab'"],
  [() => m.accuracyScore([[0, 2]], [[0, 1]]), 'accuracyScore: yTrue[0][1] must be 0 or 1, got 2'],
  [() => m.accuracyScore([[0, 1]], [[0, 1, 1]]), 'accuracyScore: yPred must be [1, 2], got [1, 3]'],
  [() => m.accuracyScore([[0, 1], [1]], [[0, 1]]), 'accuracyScore: yTrue[1] must have 2 elements, got 1'],
  [() => m.confusionMatrix([1], [1], { labels: [2, 2] }), 'labels must differ from each other, got 2 twice'],
  [
    () => m.confusionMatrix([1], [1], { normalize: 'rows' as never }),
    "confusionMatrix: normalize must be 'true', 'pred', 'all', null, got 'rows'",
  ],
  [
    () => m.f1Score([0, 1, 2], [0, 1, 1]),
    "f1Score: yTrue must have two classes for average 'binary', got 3; try 'macro'",
  ],
  [() => m.f1Score(['a', 'b'], ['a', 'b']), "f1Score: posLabel must be one of 'a', 'b', got 1"],
  [() => m.f1Score([[1]], [[1]]), "f1Score: yTrue must be labels for average 'binary', got a matrix; try 'macro'"],
  [
    () => m.f1Score([1], [1], { average: 'samples' }),
    "f1Score: yTrue must be [N, K] indicators for average 'samples', got labels",
  ],
  [() => m.f1Score([1], [1], { zeroDivision: 2 }), 'f1Score: zeroDivision must be 0, 1, NaN, got 2'],
  [() => m.fbetaScore([1], [1], { beta: -1 }), 'fbetaScore: beta must be at least 0, got -1'],
  [
    () => m.classificationReport([0, 1], [0, 1], { targetNames: ['a'] }),
    'classificationReport: targetNames must be as many as the classes, got 1 for 2 classes',
  ],
  [() => m.topKAccuracyScore([0, 1, 2], rows, { k: 0 }), 'k must be a whole number of at least 1, got 0'],
  [
    () => m.topKAccuracyScore([0, 3, 2], rows, { labels: [0, 1, 2] }),
    'topKAccuracyScore: yTrue[1] must be one of labels, got 3',
  ],
  [() => m.topKAccuracyScore([0, 1, 2], [0, 1, 2]), 'topKAccuracyScore: yScore must be [N, 3] for 3 classes, got [N]'],
  [() => m.rocAucScore([0, 1, 2], [1, 2, 3]), 'rocAucScore: yTrue must have two classes, got 0, 1, 2'],
  [() => m.rocAucScore([0, 1], [1, 2], { maxFpr: 0 }), 'rocAucScore: maxFpr must be in (0, 1], got 0'],
  [() => m.rocAucScore([0, 1, 2], rows), "rocAucScore: multiClass must be 'ovr', 'ovo', got undefined"],
  [
    () => m.rocAucScore([0, 1, 1], rows, { multiClass: 'ovr' }),
    'rocAucScore: yScore must have 2 columns, got 3; say in labels which classes the columns are',
  ],
  [
    () => m.rocAucScore([0, 1, 2], [...rows.slice(1), [1, 1, 1]], { multiClass: 'ovr' }),
    'rocAucScore: yScore[2] must sum to 1, got 3',
  ],
  [
    () => m.rocAucScore([0, 1, 2], rows, { multiClass: 'ovo', sampleWeight: [1, 1, 1] }),
    "rocAucScore: sampleWeight must be left out for multiClass 'ovo', got an array of 3",
  ],
  [() => m.rocCurve([0, 2], [1, 2]), 'rocCurve: posLabel must be one of 0, 2, got 1'],
  [() => m.logLoss([1, 1], [0.5, 0.5]), 'logLoss: yTrue must have two classes, got 1 only; give labels'],
  [() => m.logLoss([0, 1], [0.5, 1.5]), 'logLoss: yProb[1] must be in [0, 1], got 1.5'],
  [() => m.logLoss([0, 1, 2], [0, 0, 0]), 'logLoss: yProb must be [N, 3] for 3 classes, got [N]'],
  [() => m.logLoss([0, 3], [0.5, 0.5], { labels: [0, 1] }), 'logLoss: yTrue[1] must be one of labels, got 3'],
  [() => m.brierScoreLoss([0, 1], [-1, 0]), 'brierScoreLoss: yProb[0] must be in [0, 1], got -1'],
  [() => m.calibrationCurve([0, 1], [0, 1], { nBins: 1.5 }), 'nBins must be a whole number of at least 1, got 1.5'],
  [() => m.dcgScore([[1, 2]], [[1, 2]], { logBase: 1 }), 'dcgScore: logBase must be above 1, got 1'],
  [() => m.ndcgScore([[-1, 2]], [[1, 2]]), 'ndcgScore: yTrue[0][0] must be at least 0, got -1'],
  [() => m.ndcgScore([[1]], [[1]]), 'ndcgScore: yTrue must have 2 documents or more, got 1'],
  [() => m.precisionAtK([[1]], [1] as never, { k: 1 }), 'precisionAtK: yPred[0] must be a list of items, got number'],
  [() => m.meanSquaredLogError([1], [-1]), 'meanSquaredLogError: yPred[0] must be at least 0, got -1'],
  [() => m.meanPinballLoss([1], [1], { alpha: 2 }), 'meanPinballLoss: alpha must be in [0, 1], got 2'],
  [() => m.meanTweedieDeviance([1], [1], { power: 0.5 }), 'power must be at most 0 or at least 1, got 0.5'],
  [() => m.meanTweedieDeviance([0], [1], { power: 2 }), 'meanTweedieDeviance: yTrue[0] must be at least 5e-324, got 0'],
  [() => m.r2Score([[1, 2]], [[1, 2]], { multioutput: [1] }), 'r2Score: multioutput must have 2 elements, got 1'],
  [() => m.entropy([0.5, 0.6]), 'entropy: p must sum to 1, got 1.1'],
  [() => m.klDivergence([1], [1], { base: 10 as never }), "klDivergence: base must be 'e', 2, got 10"],
  [() => m.perplexity([0.1]), 'perplexity: logProb[0] must be in [-Infinity, 0], got 0.1'],
  [() => m.bitsPerDim([1], 0), 'bitsPerDim: dims must be a whole number of at least 1, got 0'],
  [() => m.psnr([1], [1], { dataRange: 0 }), 'psnr: dataRange must be finite and above 0, got 0'],
  [() => m.ssim(rows, rows, { dataRange: 1 }), 'ssim: yTrue must be [11 or more, 11 or more], got [3, 3]'],
  [() => m.euclideanDistances(rows, [[1]]), 'euclideanDistances: y must be [1, 3], got [1, 1]'],
  [() => m.minkowskiDistances(rows, rows, { p: 0.5 }), 'p must be finite and at least 1, got 0.5; try chebyshev'],
  [() => m.delongTest([0, 1, 1], [1, 2, 3], [1, 2, 3]), 'delongTest: yTrue must have two samples of each class'],
];

test.each(refused)('%#', (call, message) => {
  expect(call).toThrow(message);
  try {
    call();
  } catch (error) {
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
  }
});

/** What is not wrong, but has a reader ask why. */
const warned: [call: () => unknown, result: unknown, message: string][] = [
  [() => m.rocAucScore([1, 1], [1, 2]), Number.NaN, 'rocAucScore: yTrue has only one class; the area is NaN'],
  [
    () => m.averagePrecisionScore([0, 0], [1, 2]),
    0,
    'averagePrecisionScore: yTrue has no positive sample; the score is 0',
  ],
  [
    () => m.topKAccuracyScore([0, 1], [1, 0]),
    1,
    'topKAccuracyScore: k is 2 for 2 classes; the score is 1 whatever is predicted',
  ],
  [() => m.r2Score([1], [1]), Number.NaN, 'r2Score: it takes two samples; the score is NaN'],
];

test.each(warned)('a warning %#', (call, result, message) => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  expect(call()).toBe(result);
  expect(warn).toHaveBeenCalledExactlyOnceWith(message);
  warn.mockRestore();
});

test('NaN of zeroDivision is left out of averages', () => {
  const options = { average: 'macro', labels: [0, 1, 2], zeroDivision: Number.NaN } as const;
  expect(m.precisionScore([0, 0, 1], [0, 0, 0], options)).toBeCloseTo(2 / 3, 12); // of class 0 alone
  expect(m.recallScore([0, 0, 1], [0, 0, 0], options)).toBe(0.5); // of classes 0 and 1
  expect(m.f1Score([2], [2], { ...options, labels: [0, 1] })).toBeNaN();
});
