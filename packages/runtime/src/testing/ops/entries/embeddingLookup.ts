import type { OpEntry } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { embeddingLookup } from '../../../ops/embeddingLookup';
import { given, rowsOf, shapeOf } from '../loops';

const lookUp = (table: number[], shape: number[], low = 0) => ({
  table: { shape: table },
  indices: { shape, dtype: 'int32' as const, low, high: table[0] as number },
});

export const embeddings: OpEntry[] = [
  {
    name: 'embeddingLookup',
    run: ({ table, indices }) => embeddingLookup(table as tf.Tensor, indices as tf.Tensor),
    reference(inputs) {
      const rows = rowsOf(inputs, 'table');
      const nothing = new Array<number>(shapeOf(inputs, 'table')[1] as number).fill(0);
      return { y: [...given(inputs, 'indices')].flatMap((i) => rows[i] ?? nothing) };
    },
    samples: [
      lookUp([7, 3], [11]), // some rows are asked for again
      lookUp([1, 1], [1]),
      lookUp([5, 2], [2, 3]),
      lookUp([3, 307], [4]),
      lookUp([4, 2], [9], -2), // and some that are not there
      lookUp([4, 2], []),
      lookUp([4, 2], [0]),
    ],
    gradients: ['table'],
    dispatches: { forward: 1, withGradient: 3 },
    refusals: [
      [
        () => embeddingLookup(tf.zeros([2]), tf.zeros([2], 'int32')),
        'embeddingLookup: table must be of shape [V, D], got [2]',
      ],
      [
        () => embeddingLookup(tf.zeros([2, 2]), tf.zeros([2])),
        'embeddingLookup: indices must be int32, got float32 of shape [2]',
      ],
    ],
  },
];
