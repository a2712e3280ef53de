import '@tensorflow/tfjs';
import { opContract, type Sample } from '@tenonjs/testing';
import type * as tf from '@tensorflow/tfjs-core';
import { radial } from './radial';

/** By its formulas, number by number. */
function reference(given: Record<string, { values: ArrayLike<number> }>) {
  const read = (name: string): number[] => Array.from(given[name]?.values ?? []);
  const [z, centre, a, b] = [read('z'), read('centre'), read('a')[0] as number, read('b')[0] as number];
  const D = centre.length;
  const softplus = (x: number) => Math.log1p(Math.exp(x + Math.log(Math.E - 1)));
  const alpha = softplus(a);
  const beta = alpha * (softplus(b) - 1);
  const rows = Array.from({ length: z.length / D }, (_, row) =>
    z.slice(row * D, row * D + D).map((value, d) => value - (centre[d] as number)),
  );
  const reaches = rows.map((row) => alpha + Math.hypot(...row));
  const stretches = reaches.map((reach) => 1 + beta / reach);
  return {
    value: rows.flatMap((row, i) => row.map((away, d) => (centre[d] as number) + away * (stretches[i] as number))),
    logDet: reaches.map(
      (reach, i) => (D - 1) * Math.log(stretches[i] as number) + Math.log(1 + (alpha * beta) / reach ** 2),
    ),
  };
}

const sample = (B: number, D: number): Record<string, Sample> => ({
  z: { shape: [B, D], low: 1, high: 2 },
  centre: { shape: [D], low: -1, high: 0.5 },
  a: { shape: [1], low: -0.5, high: 0.5 },
  b: { shape: [1], low: -1, high: 1 },
});

opContract([
  {
    name: 'radial',
    run: ({ z, centre, a, b }) => radial(z as tf.Tensor, centre as tf.Tensor, a as tf.Tensor, b as tf.Tensor),
    reference,
    samples: [sample(4, 3), sample(1, 1), sample(300, 2)],
    gradients: ['z', 'centre', 'a', 'b'],
    dispatches: { forward: 1, withGradient: 3 },
    tolerance: 2e-5,
  },
]);
