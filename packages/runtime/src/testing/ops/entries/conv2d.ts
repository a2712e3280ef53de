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
function convolution(inputs: Values, { groups = 1, pads = [0, 0, 0, 0], ...options }: Options, kernelName = 'kernel') {
  const [x, kernel] = [given(inputs, 'x'), given(inputs, kernelName)];
  const [batch, height, width, channels] = shapeOf(inputs, 'x') as [number, number, number, number];
  const [kh, kw, perGroup, filters] = shapeOf(inputs, kernelName) as [number, number, number, number];
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
    const normal = isNormed
      ? (value - (means[f] as number)) / Math.sqrt((variances[f] as number) + epsilon)
      : value;
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
        norm:
          runningMean && runningVariance ? { ...norm, gamma, beta, runningMean, runningVariance } : undefined,
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

/** Convolutions alone: strides, paddings, dilations, groups, and sizes on the edges of tiles. */
const bare: OpEntry[] = [
  entry('conv2d', {}, {
    samples: [
      sized([2, 5, 4, 3], [3, 3, 3, 4]),
      sized([1, 1, 1, 1], [1, 1, 1, 1]),
      sized([1, 7, 5, 2], [2, 3, 2, 5]),
      sized([3, 4, 4, 8], [1, 1, 8, 16]),
      sized([1, 9, 11, 5], [3, 3, 5, 7]),
      sized([1, 6, 6, 4], [3, 3, 4, 68]),
      sized([0, 4, 4, 2], [3, 3, 2, 3]),
    ],
    dispatches: { forward: 1, withGradient: 4 },
  }),
];

const training = entry(
  'conv2d in training, with a norm, a residual and an activation',
  { training: true, activation: 'tanh', norm: { momentum: 0.2 } as Conv2dOptions['norm'], padding: 1, pads: [1, 1, 1, 1] },
  {
    samples: [{ ...sized([2, 4, 3, 3], [3, 3, 3, 4]), ...normed(4), residual: { shape: [2, 4, 3, 4] } }],
    gradients: ['x', 'kernel', 'gamma', 'beta', 'residual'],
    writes: ['runningMean', 'runningVariance'],
    dispatches: { forward: 4, withGradient: 9 },
    tolerance: 2e-5,
  },
);

export const convolutions: OpEntry[] = [...bare, training];
void depthwiseConv2d;
