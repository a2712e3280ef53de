import type { OpEntry, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { groupNorm } from '../../../ops/groupNorm';
import { layerNorm } from '../../../ops/layerNorm';
import { rmsNorm } from '../../../ops/rmsNorm';
import { given, mean, numbersOf, rowsOf, shapeOf, variance } from '../loops';

const withBoth = (shape: number[], channels = shape.slice(-1)) => ({
  x: { shape, low: -1, high: 3 },
  gamma: { shape: channels },
  beta: { shape: channels },
});

const affine = (inputs: Values, y: number[]) => {
  const [gamma, beta] = [numbersOf(inputs, 'gamma'), numbersOf(inputs, 'beta')];
  return y.map((value, i) => value * (gamma?.[i % gamma.length] ?? 1) + (beta?.[i % beta.length] ?? 0));
};

const layer: OpEntry = {
  name: 'layerNorm',
  run: ({ x, gamma, beta }) => layerNorm(x as tf.Tensor, gamma, beta),
  reference: (inputs) => ({
    y: affine(
      inputs,
      rowsOf(inputs, 'x').flatMap((row) => row.map((x) => (x - mean(row)) / Math.sqrt(variance(row) + 1e-5))),
    ),
  }),
  samples: [
    withBoth([5, 7]),
    { x: { shape: [2, 3, 4] } },
    { x: { shape: [3, 4] }, gamma: { shape: [4] } },
    { x: { shape: [3, 4] }, beta: { shape: [4] } },
    withBoth([1]),
    withBoth([2, 311]),
    withBoth([71, 2]),
    withBoth([523, 2]), // more rows than parts: each part adds up several
    withBoth([0, 3]),
  ],
  gradients: ['x', 'gamma', 'beta'],
  dispatches: { forward: 1, withGradient: 3 },
  refusals: [
    [() => layerNorm(tf.scalar(1)), 'layerNorm: x must be float32 of 1 dimensions or more, got float32 of shape []'],
    [
      () => layerNorm(tf.zeros([2, 3]), tf.zeros([2])),
      'layerNorm: gamma must be float32 of shape [3], got float32 of shape [2]',
    ],
    [
      () => layerNorm(tf.zeros([2, 3]), undefined, undefined, { axis: 0 }),
      'layerNorm: axis must be the last dimensions of [2,3], got 0',
    ],
    [
      () => layerNorm(tf.zeros([2, 3]), undefined, undefined, { epsilon: -1 }),
      'layerNorm: epsilon must be a finite number ≥ 0, got -1',
    ],
  ],
};

const layerOfTwo: OpEntry = {
  ...layer,
  name: 'layerNorm over two dimensions',
  run: ({ x, gamma, beta }) => layerNorm(x as tf.Tensor, gamma, beta, { axis: [-2, -1], epsilon: 0.1 }),
  reference: (inputs) => {
    const x = given(inputs, 'x');
    const row = (b: number) => [...x.subarray(b * 6, b * 6 + 6)];
    return {
      y: affine(
        inputs,
        [0, 1, 2].flatMap((b) => row(b).map((v) => (v - mean(row(b))) / Math.sqrt(variance(row(b)) + 0.1))),
      ),
    };
  },
  samples: [withBoth([3, 2, 3], [2, 3])],
  refusals: [],
};

const rms: OpEntry = {
  name: 'rmsNorm',
  run: ({ x, gamma }) => rmsNorm(x as tf.Tensor, gamma),
  reference: (inputs) => ({
    y: affine(
      inputs,
      rowsOf(inputs, 'x').flatMap((row) => row.map((x) => x / Math.sqrt(mean(row.map((v) => v * v)) + 1e-6))),
    ),
  }),
  samples: [
    { x: { shape: [5, 7] }, gamma: { shape: [7] } },
    { x: { shape: [2, 3, 4] } },
    { x: { shape: [2, 257] }, gamma: { shape: [257] } },
    { x: { shape: [0, 4] }, gamma: { shape: [4] } },
  ],
  gradients: ['x', 'gamma'],
  dispatches: { forward: 1, withGradient: 3 },
  refusals: [
    [
      () => rmsNorm(tf.zeros([2, 3]), tf.zeros([3, 1])),
      'rmsNorm: gamma must be float32 of shape [3], got float32 of shape [3,1]',
    ],
  ],
};

/** Each [b, g] over places and the channels of the group. */
function grouped(inputs: Values, groups: number): number[] {
  const x = given(inputs, 'x');
  const shape = shapeOf(inputs, 'x');
  const channels = shape.at(-1) as number;
  const places = shape.slice(1, -1).reduce((a, b) => a * b, 1);
  const groupOf = (i: number) =>
    Math.floor(i / (places * channels)) * groups + Math.floor((i % channels) / (channels / groups));
  const members = new Map<number, number[]>();
  for (const [i, value] of x.entries()) members.set(groupOf(i), [...(members.get(groupOf(i)) ?? []), value]);
  const statistics = new Map([...members].map(([group, values]) => [group, [mean(values), variance(values)] as const]));
  return [...x].map((value, i) => {
    const [middle, spread] = statistics.get(groupOf(i)) as readonly [number, number];
    return (value - middle) / Math.sqrt(spread + 1e-5);
  });
}

const group = (groups: number, samples: OpEntry['samples']): OpEntry => ({
  name: `groupNorm of ${groups}`,
  run: ({ x, gamma, beta }) => groupNorm(x as tf.Tensor, gamma, beta, { groups }),
  reference: (inputs) => ({ y: affine(inputs, grouped(inputs, groups)) }),
  samples,
  gradients: ['x', 'gamma', 'beta'],
  dispatches: { forward: 1, withGradient: 3 },
  tolerance: 2e-5,
  refusals: [
    [
      () => groupNorm(tf.zeros([2, 3]), undefined, undefined, { groups: 2 }),
      'groupNorm: groups must be a divisor of the 3 channels, got 2',
    ],
  ],
});

export const norms: OpEntry[] = [
  layer,
  layerOfTwo,
  rms,
  group(2, [
    withBoth([3, 2, 2, 6]),
    withBoth([2, 3, 3, 4]),
    { x: { shape: [2, 3, 2] } },
    withBoth([1, 17, 2]),
    withBoth([0, 3, 4]),
  ]),
  group(5, [withBoth([2, 3, 1, 5])]),
  group(1, [withBoth([3, 2, 3])]),
];
