import '@tensorflow/tfjs';
import { opContract, type Sample } from '@tenonjs/testing';
import type * as tf from '@tensorflow/tfjs-core';
import { planar } from './planar';

/** By its formulas, number by number. */
function reference(given: Record<string, { values: ArrayLike<number> }>) {
  const [z, w, u, b] = ['z', 'w', 'u', 'b'].map((name) => Array.from(given[name]?.values ?? [])) as [
    number[],
    number[],
    number[],
    number[],
  ];
  const D = w.length;
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, d) => sum + value * (y[d] as number), 0);
  const slope = Math.log1p(Math.exp(dot(w, u) + Math.log(Math.E - 1))) - 1;
  const uHat = u.map((value, d) => value + ((slope - dot(w, u)) * (w[d] as number)) / dot(w, w));
  const rows = Array.from({ length: z.length / D }, (_, row) => z.slice(row * D, row * D + D));
  const heights = rows.map((row) => Math.tanh(dot(row, w) + (b[0] as number)));
  return {
    value: rows.flatMap((row, i) => row.map((value, d) => value + (uHat[d] as number) * (heights[i] as number))),
    logDet: heights.map((h) => Math.log(Math.abs(1 + slope * (1 - h * h)))),
  };
}

const sample = (B: number, D: number): Record<string, Sample> => ({
  z: { shape: [B, D], low: -2, high: 2 },
  w: { shape: [D, 1], low: 0.3, high: 1 },
  u: { shape: [D, 1], low: -0.6, high: 1 },
  b: { shape: [1], low: -0.5, high: 0.5 },
});

opContract([
  {
    name: 'planar',
    run: ({ z, w, u, b }) => planar(z as tf.Tensor, w as tf.Tensor, u as tf.Tensor, b as tf.Tensor),
    reference,
    samples: [sample(4, 3), sample(1, 1), sample(300, 2)],
    gradients: ['z', 'w', 'u', 'b'],
    dispatches: { forward: 1, withGradient: 3 },
    tolerance: 2e-5,
  },
]);
