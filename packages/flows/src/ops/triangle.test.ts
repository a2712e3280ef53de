import '@tensorflow/tfjs';
import { opContract } from '@tenonjs/testing';
import type * as tf from '@tensorflow/tfjs-core';
import { triangle } from './triangle';

opContract(
  (['lower', 'upper'] as const).flatMap((side) =>
    ([0, 1] as const).map((diagonal) => ({
      name: `the ${side} triangle, ${diagonal} on the diagonal`,
      run: ({ matrix }: Record<string, tf.Tensor>) => triangle(matrix as tf.Tensor, side, diagonal),
      reference: ({ matrix }) => {
        const n = matrix?.shape[0] as number;
        return {
          y: Array.from(matrix?.values ?? [], (value, i) => {
            const below = Math.floor(i / n) - (i % n);
            return below === 0 ? diagonal : below > 0 === (side === 'lower') ? value : 0;
          }),
        };
      },
      samples: [{ matrix: { shape: [4, 4] } }, { matrix: { shape: [1, 1] } }, { matrix: { shape: [17, 17] } }],
      gradients: ['matrix'],
      dispatches: { forward: 1, withGradient: 2 },
    })),
  ),
);
