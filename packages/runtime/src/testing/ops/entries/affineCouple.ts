import type { OpEntry } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { affineCouple } from '../../../ops/affineCouple';
import { given, rowsOf, sum } from '../loops';

const all = (shape: number[]) => ({
  x: { shape },
  raw: { shape: [...shape.slice(0, -1), 2 * (shape.at(-1) as number)], low: -3, high: 3 },
});

const couple = (name: string, options: { inverse?: boolean; bound?: number }): OpEntry => ({
  name: `affineCouple ${name}`,
  run: ({ x, raw }) => ({ ...affineCouple(x as tf.Tensor, raw as tf.Tensor, options) }),
  reference(inputs) {
    const { inverse = false, bound = 2 } = options;
    const scale = (raw: number) => (bound === Number.POSITIVE_INFINITY ? raw : bound * Math.tanh(raw / bound));
    const halves = rowsOf(inputs, 'raw').map(
      (row) => [row.slice(0, row.length / 2), row.slice(row.length / 2)] as const,
    );
    const [raw, shift] = [halves.flatMap(([scales]) => scales), halves.flatMap(([, shifts]) => shifts)];
    return {
      value: given(inputs, 'x').map((x, i) => {
        const [s, t] = [scale(raw[i] as number), shift[i] as number];
        return inverse ? (x - t) / Math.exp(s) : x * Math.exp(s) + t;
      }),
      logDet: halves.map(([scales]) => (inverse ? -1 : 1) * sum(scales.map(scale))),
    };
  },
  samples: [all([3, 5]), all([1]), all([2, 3, 2]), all([2, 307]), all([131, 2]), all([0, 3])],
  gradients: ['x', 'raw'],
  dispatches: { forward: 1, withGradient: 2 },
  tolerance: 3e-5, // sums of 307 log-scales
  refusals: [
    [
      () => affineCouple(tf.zeros([2, 3]), tf.zeros([2, 3])),
      'affineCouple: raw must be float32 of shape [2,6], got float32 of shape [2,3]',
    ],
    [() => affineCouple(tf.zeros([2]), tf.zeros([4]), { bound: 0 }), 'affineCouple: bound must be above 0, got 0'],
  ],
});

export const couples: OpEntry[] = [
  couple('forth', {}),
  couple('back', { inverse: true }),
  couple('unbounded', { bound: Number.POSITIVE_INFINITY }),
  couple('back within 5', { inverse: true, bound: 5 }),
];
