import type { OpEntry } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { dense } from '../../../ops/dense';
import { given, numbersOf, rowsOf, shapeOf, sum } from '../loops';

const layer = (x: number[], outputs: number) => ({
  x: { shape: x },
  kernel: { shape: [x.at(-1) as number, outputs] },
  bias: { shape: [outputs] },
});

export const denses: OpEntry[] = [
  {
    name: 'dense',
    run: ({ x, kernel, bias }) => dense(x as tf.Tensor, kernel as tf.Tensor, bias, { activation: 'silu' }),
    reference(inputs) {
      const kernel = given(inputs, 'kernel');
      const outputs = shapeOf(inputs, 'kernel')[1] as number;
      const y = rowsOf(inputs, 'x').flatMap((row) =>
        Array.from({ length: outputs }, (_, o) => {
          const product = sum(row.map((x, i) => x * (kernel[i * outputs + o] as number)));
          const z = product + (numbersOf(inputs, 'bias')?.[o] ?? 0);
          return z / (1 + Math.exp(-z));
        }),
      );
      return { y };
    },
    samples: [layer([3, 5], 2), layer([2, 3, 4], 7), { x: { shape: [2, 3] }, kernel: { shape: [3, 1] } }],
    gradients: ['x', 'kernel', 'bias'],
    dispatches: { forward: 1, withGradient: 5 },
    refusals: [
      [() => dense(tf.zeros([2, 3]), tf.zeros([2, 3])), 'dense: kernel must be of shape [3, outputs], got [2,3]'],
    ],
  },
];
