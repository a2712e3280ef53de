import { type OpEntry, opContract, type Values } from '@tenonjs/testing';
import '@tensorflow/tfjs';
import type * as tf from '@tensorflow/tfjs-core';
import { gate } from './gate';
import { logisticMixture } from './logisticMixture/logisticMixture';

const numbersOf = (inputs: Values, name: string) => [...(inputs[name]?.values ?? [])];
const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));

/** Groups of `width` tanhs and as many sigmoids. */
const gated = (x: number[], width: number) => {
  const y: number[] = [];
  for (let p = 0; p < x.length; p += 2 * width) {
    for (let i = 0; i < width; i++) y.push(Math.tanh(x[p + i] as number) * sigmoid(x[p + width + i] as number));
  }
  return y;
};

/** The formula as it stands in the paper: differences of sigmoids, with nothing done for accuracy. */
function mixed(numbers: number[], x: number[], K: number, C: number, levels: number) {
  const each = 1 + 2 * C + (C * (C - 1)) / 2;
  const half = (levels - 1) / 2;
  return Array.from({ length: x.length / C }, (_, pixel) => {
    const parts = Array.from({ length: K }, (_, k) =>
      numbers.slice((pixel * K + k) * each, (pixel * K + k + 1) * each),
    );
    const all = parts.reduce((sum, [logit]) => sum + Math.exp(logit as number), 0);
    const p = parts.reduce((sum, part) => {
      let likely = Math.exp(part[0] as number) / all;
      let follow = 1 + 2 * C;
      for (let c = 0; c < C; c++) {
        const level = x[pixel * C + c] as number;
        let mean = part[1 + c] as number;
        for (let j = 0; j < c; j++)
          mean += Math.tanh(part[follow++] as number) * ((x[pixel * C + j] as number) / half - 1);
        const s = Math.exp(7 * Math.tanh((part[1 + C + c] as number) / 7));
        const cdf = (edge: number) => sigmoid((edge / half - 1 - mean) / s);
        likely *= (level < levels - 1 ? cdf(level + 0.5) : 1) - (level > 0 ? cdf(level - 0.5) : 0);
      }
      return sum + likely;
    }, 0);
    return Math.log(p);
  });
}

const gateOf = (groups: number, shapes: number[][], dispatches: OpEntry['dispatches']): OpEntry => ({
  name: `gate of ${groups} groups`,
  run: ({ x }) => gate(x as tf.Tensor4D, groups),
  reference: (inputs) => ({ y: gated(numbersOf(inputs, 'x'), (shapes[0]?.[3] as number) / groups / 2) }),
  samples: shapes.map((shape) => ({ x: { shape, low: -3, high: 3 } })),
  gradients: ['x'],
  twice: false,
  dispatches,
});

const mixtureOf = (K: number, C: number, levels: number, N: number): OpEntry => ({
  name: `logisticMixture of ${K} components, ${C} channels, ${levels} levels`,
  run: ({ numbers, x }) => logisticMixture(numbers as tf.Tensor2D, x as tf.Tensor2D, { components: K, levels }),
  reference: (inputs) => ({ y: mixed(numbersOf(inputs, 'numbers'), numbersOf(inputs, 'x'), K, C, levels) }),
  samples: [
    {
      numbers: { shape: [N, K * (1 + 2 * C + (C * (C - 1)) / 2)], low: -1.5, high: 1.5 },
      // Both ends, and what is between them.
      x: {
        shape: [N, C],
        values: Array.from({ length: N * C }, (_, i) => [0, levels - 1, i % levels][i % 3] as number),
      },
    },
  ],
  gradients: ['numbers'],
  twice: false,
  tolerance: 2e-5,
  dispatches: { forward: 1, withGradient: 2 },
});

opContract([
  gateOf(
    1,
    [
      [2, 3, 3, 4],
      [1, 1, 1, 4],
      [1, 37, 9, 4],
    ],
    { forward: 3, withGradient: 4 },
  ),
  gateOf(
    3,
    [
      [2, 2, 2, 12],
      [0, 2, 2, 12],
    ],
    { forward: 3, withGradient: 4 },
  ),
  mixtureOf(3, 1, 256, 7),
  mixtureOf(2, 3, 4, 9),
  mixtureOf(1, 2, 2, 5),
]);
