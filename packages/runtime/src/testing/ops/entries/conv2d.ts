import type { OpEntry, Sample, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { type Conv2dOptions, conv2d } from '../../../ops/conv2d';
import { depthwiseConv2d } from '../../../ops/depthwiseConv2d';
import { given, mean, numbersOf, shapeOf, variance } from '../loops';

type Options = Conv2dOptions & { pads?: [top: number, left: number, bottom: number, right: number] };

const pairOf = (pair: Conv2dOptions['strides'] = 1) =>
  (typeof pair === 'number' ? [pair, pair] : pair) as [number, number];

const activations: Record<string, (z: number) => number> = {
  linear: (z) => z,
  relu: (z) => Math.max(0, z),
  leakyRelu: (z) => (z > 0 ? z : 0.01 * z),
  silu: (z) => z / (1 + Math.exp(-z)),
  tanh: Math.tanh,
};

/** Number by number, as the formula says; `pads` is what the padding comes to. */
function convolution(inputs: Values, { groups = 1, pads = [0, 0, 0, 0], ...options }: Options) {
  const [x, kernel] = [given(inputs, 'x'), given(inputs, 'kernel')];
  const [batch, height, width, channels] = shapeOf(inputs, 'x') as [number, number, number, number];
  const [kh, kw, perGroup, filters] = shapeOf(inputs, 'kernel') as [number, number, number, number];
  const [sh, sw] = pairOf(options.strides);
  const [dh, dw] = pairOf(options.dilations);
  const [top, left, bottom, right] = pads;
  const rows = Math.floor((height + top + bottom - (kh - 1) * dh - 1) / sh) + 1;
  const columns = Math.floor((width + left + right - (kw - 1) * dw - 1) / sw) + 1;
  const y: number[] = [];
  for (let b = 0; b < batch; b++)
    for (let p = 0; p < rows; p++)
      for (let q = 0; q < columns; q++)
        for (let f = 0; f < filters; f++) {
          let sum = 0;
          const first = Math.floor(f / (filters / groups)) * perGroup;
          for (let i = 0; i < kh; i++)
            for (let j = 0; j < kw; j++) {
              const [row, column] = [p * sh + i * dh - top, q * sw + j * dw - left];
              if (row < 0 || row >= height || column < 0 || column >= width) continue;
              for (let c = 0; c < perGroup; c++) {
                const at = ((b * height + row) * width + column) * channels + first + c;
                sum += (x[at] as number) * (kernel[((i * kw + j) * perGroup + c) * filters + f] as number);
              }
            }
          y.push(sum);
        }
  return { y, filters };
}

/** All that follows the convolution, and where the running statistics go. */
function followed(inputs: Values, y: number[], filters: number, options: Options): Record<string, ArrayLike<number>> {
  const { activation = 'linear', training = false, norm } = options;
  const { epsilon = 1e-5, momentum = 0.1, unbiased = true } = norm ?? {};
  const of = (name: string, f: number, otherwise: number) => numbersOf(inputs, name)?.[f] ?? otherwise;
  const shifted = y.map((value, i) => value + of('bias', i % filters, 0));
  const columns = Array.from({ length: filters }, (_, f) => shifted.filter((_, i) => i % filters === f));
  const isNormed = numbersOf(inputs, 'runningMean') !== undefined;
  const [means, variances] = training
    ? [columns.map(mean), columns.map(variance)]
    : [numbersOf(inputs, 'runningMean') ?? [], numbersOf(inputs, 'runningVariance') ?? []];
  const result = shifted.map((value, i) => {
    const f = i % filters;
    const normal = isNormed ? (value - (means[f] as number)) / Math.sqrt((variances[f] as number) + epsilon) : value;
    const z = normal * of('gamma', f, 1) + of('beta', f, 0) + of('residual', i, 0);
    return (activations[activation] as (z: number) => number)(z);
  });
  if (!training) return { y: result };
  const count = y.length / filters;
  const correction = unbiased && count > 1 ? count / (count - 1) : 1;
  const moved = (name: string, now: ArrayLike<number>, factor: number) =>
    given(inputs, name).map((old, f) => (1 - momentum) * old + momentum * factor * (now[f] as number));
  return {
    y: result,
    runningMean: moved('runningMean', means, 1),
    runningVariance: moved('runningVariance', variances, correction),
  };
}

const entry = (name: string, options: Options, rest: Partial<OpEntry> & Pick<OpEntry, 'samples' | 'dispatches'>) => {
  const { pads: _, norm, ...others } = options;
  return {
    name,
    run: ({ x, kernel, bias, gamma, beta, residual, runningMean, runningVariance }) =>
      conv2d(x as tf.Tensor, kernel as tf.Tensor, {
        ...others,
        bias,
        residual,
        norm: runningMean && runningVariance ? { ...norm, gamma, beta, runningMean, runningVariance } : undefined,
      }),
    reference(inputs) {
      const { y, filters } = convolution(inputs, options);
      return followed(inputs, y, filters, options);
    },
    gradients: ['x', 'kernel'],
    ...rest,
  } satisfies OpEntry;
};

const positive = { low: 0.5, high: 2 };
const sized = (x: number[], kernel: number[]): Record<string, Sample> => ({
  x: { shape: x },
  kernel: { shape: kernel, low: -0.5, high: 0.5 },
});
const normed = (filters: number): Record<string, Sample> => ({
  gamma: { shape: [filters] },
  beta: { shape: [filters] },
  runningMean: { shape: [filters] },
  runningVariance: { shape: [filters], ...positive },
});

/** What the window does: sizes on the edges of tiles, strides, paddings, dilations, groups. */
const windows: OpEntry[] = [
  entry(
    'conv2d',
    {},
    {
      samples: [
        sized([2, 5, 4, 3], [3, 3, 3, 4]),
        sized([1, 1, 1, 1], [1, 1, 1, 1]),
        sized([3, 4, 4, 8], [1, 1, 8, 16]),
        sized([1, 9, 11, 5], [3, 2, 5, 7]),
        sized([1, 4, 5, 4], [3, 3, 4, 68]),
        sized([0, 4, 4, 2], [3, 3, 2, 3]),
        sized([1, 34, 31, 1], [1, 1, 1, 2]), // so many pixels that their sum is shared out
      ],
      dispatches: { forward: 1, withGradient: 3 },
      refusals: [
        [
          () => conv2d(tf.zeros([3, 3, 1]), tf.zeros([1, 1, 1, 1])),
          'conv2d: x must be of shape [B, H, W, C], got [3,3,1]',
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 1, 1])),
          'conv2d: kernel must be of shape [kh, kw, 2, F], got [1,1,1,1]',
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 2, 1])),
          'conv2d: kernel must be of shape [kh, kw, C / groups, F], got [1,2,1]',
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([5, 5, 2, 1]), { padding: 0 }),
          'conv2d: x must be at least 5 high with its padding, got 3',
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 1, 3]), { groups: 2 }),
          'conv2d: groups must be a divisor of 2 channels and of 3 filters, got 2',
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 2, 1]), { strides: [1, 0] }),
          'conv2d: strides must be a whole number ≥ 1, or [height, width], got [1,0]',
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 2, 1]), { padding: -1 }),
          "conv2d: padding must be 'same', 'valid', a whole number ≥ 0 or [[top, bottom], [left, right]], got -1",
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 2, 4]), { residual: tf.zeros([1, 3, 3, 2]) }),
          'conv2d: residual must be float32 of shape [1,3,3,4], got float32 of shape [1,3,3,2]',
        ],
        [
          () => conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 2, 4]), { bias: tf.zeros([2]) }),
          'conv2d: bias must be float32 of shape [4], got float32 of shape [2]',
        ],
        [
          () => {
            const norm = { runningMean: tf.zeros([4]), runningVariance: tf.ones([4]) };
            conv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 2, 4]), { norm, training: true });
          },
          'conv2d: runningMean and runningVariance must be variables when training, got tensors',
        ],
      ],
    },
  ),
  entry(
    'conv2d with strides, dilations and paddings of each side',
    {
      strides: [2, 3],
      dilations: [2, 1],
      padding: [
        [1, 0],
        [2, 3],
      ],
      pads: [1, 2, 0, 3],
    },
    { samples: [sized([2, 7, 6, 3], [3, 2, 3, 5])], dispatches: { forward: 1, withGradient: 3 } },
  ),
  entry(
    'conv2d of the same size, halved',
    { strides: 2, padding: 'same', pads: [0, 0, 1, 1] },
    { samples: [sized([1, 4, 6, 4], [3, 3, 4, 4])], dispatches: { forward: 1, withGradient: 3 } },
  ),
  entry(
    'conv2d padded as PyTorch does, where no window sees the last pixels',
    { strides: 3, padding: 1, pads: [1, 1, 1, 1] },
    { samples: [sized([1, 6, 7, 2], [2, 2, 2, 3])], dispatches: { forward: 1, withGradient: 3 } },
  ),
  entry(
    'conv2d in groups',
    { groups: 2, strides: [1, 2], dilations: 2, padding: 2, pads: [2, 2, 2, 2], activation: 'leakyRelu' },
    {
      samples: [{ ...sized([2, 4, 5, 6], [3, 3, 3, 4]), bias: { shape: [4] } }],
      gradients: ['x', 'kernel', 'bias'],
      dispatches: { forward: 1, withGradient: 5 },
    },
  ),
];

/** What follows the convolution. */
const followers: OpEntry[] = [
  entry(
    'conv2d with a bias and an activation',
    { activation: 'relu' },
    {
      samples: [{ ...sized([2, 3, 3, 4], [3, 3, 4, 5]), bias: { shape: [5] } }],
      gradients: ['x', 'kernel', 'bias'],
      dispatches: { forward: 1, withGradient: 5 },
    },
  ),
  entry(
    'conv2d with a bias, a norm, a residual and an activation',
    { activation: 'silu', padding: 1, pads: [1, 1, 1, 1], norm: { epsilon: 1e-3 } as Conv2dOptions['norm'] },
    {
      samples: [
        { ...sized([2, 3, 4, 3], [3, 3, 3, 4]), ...normed(4), bias: { shape: [4] }, residual: { shape: [2, 3, 4, 4] } },
      ],
      gradients: ['x', 'kernel', 'bias', 'gamma', 'beta', 'residual'],
      dispatches: { forward: 1, withGradient: 17 },
    },
  ),
  entry(
    'conv2d with a residual alone',
    {},
    {
      samples: [{ ...sized([1, 3, 3, 2], [1, 1, 2, 2]), residual: { shape: [1, 3, 3, 2] } }],
      gradients: ['x', 'kernel', 'residual'],
      dispatches: { forward: 1, withGradient: 5 },
    },
  ),
];

const trained: Partial<OpEntry> = { writes: ['runningMean', 'runningVariance'], tolerance: 2e-5 };
const training: OpEntry[] = [
  entry(
    'conv2d in training, with a norm, a residual and an activation',
    {
      ...{ training: true, activation: 'tanh', padding: 1, pads: [1, 1, 1, 1] },
      norm: { momentum: 0.2 } as Conv2dOptions['norm'],
    },
    {
      ...trained,
      samples: [{ ...sized([2, 4, 3, 3], [3, 3, 3, 4]), ...normed(4), residual: { shape: [2, 4, 3, 4] } }],
      gradients: ['x', 'kernel', 'gamma', 'beta', 'residual'],
      dispatches: { forward: 4, withGradient: 8 },
    },
  ),
  entry(
    'conv2d in training, with a bias and a bare norm as Keras has it',
    { training: true, norm: { momentum: 0.01, unbiased: false, epsilon: 1e-3 } as Conv2dOptions['norm'] },
    {
      ...trained,
      samples: [
        {
          ...sized([3, 4, 3, 2], [2, 2, 2, 3]),
          ...{ bias: { shape: [3] }, runningMean: { shape: [3] }, runningVariance: { shape: [3], ...positive } },
        },
      ],
      dispatches: { forward: 5, withGradient: 9 },
    },
  ),
];

const depthwise: OpEntry = {
  name: 'depthwiseConv2d',
  run: ({ x, kernel, bias }) =>
    depthwiseConv2d(x as tf.Tensor, kernel as tf.Tensor, { bias, activation: 'tanh', padding: 1, strides: 2 }),
  reference(inputs) {
    const options: Options = { groups: shapeOf(inputs, 'x')[3] as number, strides: 2, pads: [1, 1, 1, 1] };
    const [kh, kw, channels, multiplier] = shapeOf(inputs, 'kernel') as [number, number, number, number];
    const grouped = { shape: [kh, kw, 1, channels * multiplier], values: given(inputs, 'kernel') };
    const { y, filters } = convolution({ ...inputs, kernel: grouped }, options);
    return followed(inputs, y, filters, { activation: 'tanh' });
  },
  samples: [
    { ...sized([2, 5, 4, 3], [3, 3, 3, 2]), bias: { shape: [6] } },
    sized([1, 4, 4, 5], [2, 3, 5, 1]),
    sized([1, 3, 3, 8], [3, 3, 8, 1]),
  ],
  gradients: ['x', 'kernel', 'bias'],
  dispatches: { forward: 1, withGradient: 5 },
  refusals: [
    [
      () => depthwiseConv2d(tf.zeros([1, 3, 3, 2]), tf.zeros([1, 1, 3, 1])),
      'depthwiseConv2d: kernel must be of shape [kh, kw, 2, M], got [1,1,3,1]',
    ],
  ],
};

export const convolutions: OpEntry[] = [...windows, ...followers, ...training, depthwise];
