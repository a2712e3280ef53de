import type { OpEntry, Sample } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { batchNorm } from '../../../ops/batchNorm';
import { given, mean, numbersOf, rowsOf, variance } from '../loops';

const positive = { low: 0.5, high: 2 };
const all = (shape: number[]): Record<string, Sample> => {
  const channels = shape.slice(-1);
  return {
    x: { shape, low: -1, high: 4 },
    gamma: { shape: channels },
    beta: { shape: channels },
    runningMean: { shape: channels },
    runningVariance: { shape: channels, ...positive },
  };
};

const training = (name: string, options: { momentum?: number; unbiased?: boolean; epsilon?: number }): OpEntry => ({
  name,
  run: ({ x, gamma, beta, runningMean, runningVariance }) =>
    batchNorm(x as tf.Tensor, gamma, beta, {
      ...options,
      ...(runningMean && runningVariance && { runningMean, runningVariance }),
    }),
  reference(inputs): Record<string, ArrayLike<number>> {
    const { momentum = 0.1, unbiased = true, epsilon = 1e-5 } = options;
    const rows = rowsOf(inputs, 'x');
    const [gamma, beta] = [numbersOf(inputs, 'gamma'), numbersOf(inputs, 'beta')];
    const columns = (rows[0] ?? []).map((_, c) => rows.map((row) => row[c] as number));
    const means = columns.map(mean);
    const variances = columns.map(variance);
    const y = rows.flatMap((row) =>
      row.map((x, c) => {
        const normal = (x - (means[c] as number)) / Math.sqrt((variances[c] as number) + epsilon);
        return normal * (gamma?.[c] ?? 1) + (beta?.[c] ?? 0);
      }),
    );
    const [runningMean, runningVariance] = [numbersOf(inputs, 'runningMean'), numbersOf(inputs, 'runningVariance')];
    if (runningMean === undefined || runningVariance === undefined) return { y };
    const n = rows.length;
    const correction = unbiased && n > 1 ? n / (n - 1) : 1;
    const towards = (old: number, now: number | undefined) =>
      now === undefined ? old : (1 - momentum) * old + momentum * now;
    return {
      y,
      runningMean: runningMean.map((old, c) => towards(old, means[c])),
      runningVariance: runningVariance.map((old, c) =>
        towards(old, columns.length === 0 ? undefined : (variances[c] as number) * correction),
      ),
    };
  },
  samples: [all([5, 3]), all([2, 3, 2, 4]), all([67, 2]), all([3, 70]), all([1, 3]), all([0, 3])],
  gradients: ['x', 'gamma', 'beta'],
  writes: ['runningMean', 'runningVariance'],
  dispatches: { forward: 3, withGradient: 5 },
  tolerance: 2e-5,
  refusals: [
    [
      () => batchNorm(tf.zeros([3]), undefined, undefined),
      'batchNorm: x must be float32 of 2 dimensions or more, got float32 of shape [3]',
    ],
    [
      () => batchNorm(tf.zeros([2, 3]), undefined, tf.zeros([2])),
      'batchNorm: beta must be float32 of shape [3], got float32 of shape [2]',
    ],
    [
      () => batchNorm(tf.zeros([2, 3]), undefined, undefined, { training: false }),
      'batchNorm: runningMean must be given when not training, got none',
    ],
    [
      () => batchNorm(tf.zeros([2, 3]), undefined, undefined, { runningMean: tf.zeros([3]) }),
      'batchNorm: runningMean and runningVariance must be given both or neither, got one',
    ],
    [
      () => {
        const statistics = { runningMean: tf.zeros([3]), runningVariance: tf.ones([3]) };
        batchNorm(tf.zeros([2, 3]), undefined, undefined, statistics);
      },
      'batchNorm: runningMean and runningVariance must be variables when training, got tensors',
    ],
  ],
});

/** Without running statistics and without gamma and beta. */
const bare: OpEntry = {
  ...training('batchNorm bare', {}),
  samples: [{ x: { shape: [5, 3] } }, { x: { shape: [300, 3] } }],
  gradients: ['x'],
  writes: [],
  dispatches: { forward: 2, withGradient: 4 },
  refusals: [],
};

/** A mean far from zero, which must not cost the variance its digits. */
const far: OpEntry = {
  ...training('batchNorm far from zero', {}),
  samples: [{ x: { shape: [50, 2], low: 1000, high: 1001 } }],
  gradients: [],
  writes: [],
  dispatches: { forward: 2 },
  tolerance: 1e-3, // of inputs that are themselves rounded to 6e-5
  refusals: [],
};

const inference: OpEntry = {
  name: 'batchNorm when not training',
  run: ({ x, gamma, beta, runningMean, runningVariance }) =>
    batchNorm(x as tf.Tensor, gamma, beta, {
      training: false,
      ...(runningMean && runningVariance && { runningMean, runningVariance }),
    }),
  reference: (inputs) => ({
    y: given(inputs, 'x').map((x, i) => {
      const [m, v] = [given(inputs, 'runningMean'), given(inputs, 'runningVariance')];
      const c = i % m.length;
      const normal = (x - (m[c] as number)) / Math.sqrt((v[c] as number) + 1e-5);
      return normal * (numbersOf(inputs, 'gamma')?.[c] ?? 1) + (numbersOf(inputs, 'beta')?.[c] ?? 0);
    }),
  }),
  samples: [
    all([5, 3]),
    all([2, 2, 2, 67]),
    { x: { shape: [4, 2] }, runningMean: { shape: [2] }, runningVariance: { shape: [2], ...positive } },
  ],
  gradients: ['x', 'gamma', 'beta'],
  dispatches: { forward: 1, withGradient: 11 },
};

export const batchNorms: OpEntry[] = [
  training('batchNorm', {}),
  training('batchNorm as Keras does it', { momentum: 0.01, unbiased: false, epsilon: 1e-3 }),
  bare,
  far,
  inference,
];
