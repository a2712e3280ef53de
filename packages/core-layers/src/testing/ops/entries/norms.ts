import type { Numbers, OpEntry, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { instanceNorm } from '../../../ops/instanceNorm';
import { type LocalResponseNormOptions, localResponseNorm } from '../../../ops/localResponseNorm';
import { weightNorm } from '../../../ops/weightNorm';

const numbers = (inputs: Values, name: string) => inputs[name] as Numbers;

const responseNorm = (
  title: string,
  options: LocalResponseNormOptions,
  alpha: number,
  shapes: number[][],
): OpEntry => ({
  name: `localResponseNorm ${title}`,
  run: ({ x }) => localResponseNorm(x as tf.Tensor, options),
  reference(inputs) {
    const { shape, values } = numbers(inputs, 'x');
    const { size = 5, beta = 0.75, k = 1 } = options;
    const channels = shape.at(-1) as number;
    const y = values.map((value, i) => {
      const c = i % channels;
      let sum = 0;
      for (let j = c - Math.floor(size / 2); j <= c + Math.ceil(size / 2) - 1; j++) {
        if (j >= 0 && j < channels) sum += (values[i - c + j] as number) ** 2;
      }
      return value / (k + alpha * sum) ** beta;
    });
    return { y };
  },
  samples: shapes.map((shape) => ({ x: { shape } })),
  gradients: ['x'],
  dispatches: { forward: 1, withGradient: 2 },
});

const overPlaces: OpEntry = {
  name: 'instanceNorm',
  run: ({ x, gamma, beta }) => instanceNorm(x as tf.Tensor, gamma, beta),
  reference(inputs) {
    const { shape, values } = numbers(inputs, 'x');
    const [B, H, W, C] = shape as [number, number, number, number];
    const y = new Float64Array(values.length);
    for (let b = 0; b < B; b++) {
      for (let c = 0; c < C; c++) {
        const places = Array.from({ length: H * W }, (_, p) => (b * H * W + p) * C + c);
        const mean = places.reduce((sum, at) => sum + (values[at] as number), 0) / places.length;
        const squares = places.reduce((sum, at) => sum + ((values[at] as number) - mean) ** 2, 0) / places.length;
        for (const at of places) {
          const normal = ((values[at] as number) - mean) / Math.sqrt(squares + 1e-5);
          y[at] = normal * (inputs.gamma?.values[c] ?? 1) + (inputs.beta?.values[c] ?? 0);
        }
      }
    }
    return { y };
  },
  samples: [
    { x: { shape: [2, 2, 3, 3] }, gamma: { shape: [3] }, beta: { shape: [3] } },
    { x: { shape: [1, 3, 3, 2] } },
  ],
  gradients: ['x', 'gamma', 'beta'],
  dispatches: { forward: 1, withGradient: 3 },
  refusals: [
    [() => instanceNorm(tf.zeros([2, 3])), 'instanceNorm: x must be of shape [batch, ...places, C], got [2,3]'],
  ],
};

const ofKernels: OpEntry = {
  name: 'weightNorm',
  run: ({ direction, length }) => weightNorm(direction as tf.Tensor, length as tf.Tensor),
  reference(inputs) {
    const { values } = numbers(inputs, 'direction');
    const { values: lengths } = numbers(inputs, 'length');
    const squares = lengths.map((_, o) =>
      values.reduce((sum, v, i) => (i % lengths.length === o ? sum + v * v : sum), 0),
    );
    const y = values.map((v, i) => {
      const o = i % lengths.length;
      return (v * (lengths[o] as number)) / Math.sqrt(squares[o] as number);
    });
    return { y };
  },
  samples: [{ direction: { shape: [2, 3, 4] }, length: { shape: [4] } }],
  gradients: ['direction', 'length'],
  dispatches: { forward: 6, withGradient: 22 },
  refusals: [
    [() => weightNorm(tf.zeros([3]), tf.zeros([3])), 'weightNorm: direction must be of shape [..., outputs], got [3]'],
    [() => weightNorm(tf.zeros([2, 3]), tf.zeros([2])), 'weightNorm: length must be of shape [3], got [2]'],
  ],
};

export const norms: OpEntry[] = [
  {
    ...responseNorm('as PyTorch scales', { size: 4, alpha: 2, beta: 0.5 }, 2 / 4, [
      [2, 2, 5],
      [3, 1],
      [0, 3],
      [70, 3],
    ]),
    refusals: [
      [
        () => localResponseNorm(tf.zeros([2], 'int32')),
        'localResponseNorm: x must be float32 of shape [..., C], got int32 of shape [2]',
      ],
      [() => localResponseNorm(tf.zeros([2]), { size: 0 }), 'localResponseNorm: size must be an integer ≥ 1, got 0'],
      [() => localResponseNorm(tf.zeros([2]), { k: 0 }), 'localResponseNorm: k must be a number > 0, got 0'],
      [() => localResponseNorm(tf.zeros([2]), { alpha: -1 }), 'localResponseNorm: alpha must be a number ≥ 0, got -1'],
    ],
  },
  responseNorm('as the paper scales', { alpha: 0.3, k: 2, scaling: 'paper' }, 0.3, [
    [2, 7],
    [1, 3, 3],
  ]),
  overPlaces,
  ofKernels,
];
