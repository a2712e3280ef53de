import type { OpEntry, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { logSoftmax } from '../../../ops/logSoftmax';
import { sigmoidCrossEntropy } from '../../../ops/sigmoidCrossEntropy';
import { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from '../../../ops/softmaxCrossEntropy';
import { given, logSumExp, rowsOf, shapeOf, sum } from '../loops';

const softLog: OpEntry = {
  name: 'logSoftmax',
  run: ({ x }) => logSoftmax(x as tf.Tensor),
  reference: (inputs) => ({ y: rowsOf(inputs, 'x').flatMap((row) => row.map((x) => x - logSumExp(row))) }),
  samples: [[3, 5], [1], [2, 3, 2], [2, 307], [67, 3], [0, 3]].map((shape) => ({ x: { shape, low: -4, high: 4 } })),
  gradients: ['x'],
  dispatches: { forward: 1, withGradient: 2 },
  refusals: [
    [() => logSoftmax(tf.scalar(1)), 'logSoftmax: x must be float32 of 1 dimensions or more, got float32 of shape []'],
  ],
};

/** Row by row, with the weights of the classes written out. */
function reduced(inputs: Values, { labelSmoothing = 0, ignoredIndex, reduction = 'mean' }: SoftmaxCrossEntropyOptions) {
  const labels = given(inputs, 'labels');
  const dense = shapeOf(inputs, 'labels').join() === shapeOf(inputs, 'x').join();
  const counts = (r: number) => dense || ((labels[r] as number) >= 0 && labels[r] !== ignoredIndex);
  const losses = rowsOf(inputs, 'x').map((row, r) => {
    if (!counts(r)) return 0;
    const target = row.map((_, c) => (dense ? (labels[r * row.length + c] as number) : labels[r] === c ? 1 : 0));
    const smooth = target.map((t) => (1 - labelSmoothing) * t + labelSmoothing / row.length);
    return sum(row.map((x, c) => (smooth[c] as number) * (logSumExp(row) - x)));
  });
  const counted = losses.filter((_, r) => counts(r)).length;
  if (reduction === 'none') return { y: losses };
  return { y: [reduction === 'sum' ? sum(losses) : counted === 0 ? 0 : sum(losses) / counted] };
}

const integer = (shape: number[], classes: number, low = 0) => ({
  x: { shape: [...shape, classes], low: -3, high: 3 },
  labels: { shape, dtype: 'int32' as const, low, high: classes },
});
const dense = (shape: number[]) => ({ x: { shape, low: -3, high: 3 }, labels: { shape, low: 0, high: 1 } });

const entropy = (
  name: string,
  options: SoftmaxCrossEntropyOptions,
  samples: OpEntry['samples'],
  more: Partial<OpEntry> = {},
): OpEntry => ({
  name: `softmaxCrossEntropy ${name}`,
  run: ({ x, labels }) => softmaxCrossEntropy(x as tf.Tensor, labels as tf.Tensor, options),
  reference: (inputs) => reduced(inputs, options),
  samples,
  gradients: ['x'],
  dispatches: { forward: 1, withGradient: 2 },
  ...more,
});

const entropies: OpEntry[] = [
  entropy(
    'of integers',
    {},
    [integer([5], 3), integer([1], 1), integer([2, 3], 7), integer([3], 301), integer([531], 2), integer([0], 3)],
    {
      refusals: [
        [
          () => softmaxCrossEntropy(tf.zeros([2, 3]), tf.zeros([3], 'int32')),
          'softmaxCrossEntropy: labels must be int32 of shape [2] or float32 of shape [2,3], got int32 of shape [3]',
        ],
        [
          () => softmaxCrossEntropy(tf.zeros([2, 3]), tf.zeros([2, 3]), { ignoredIndex: 1 }),
          'softmaxCrossEntropy: ignoredIndex must be left out when labels are dense, got 1',
        ],
        [
          () => softmaxCrossEntropy(tf.zeros([2, 3]), tf.zeros([2, 3]), { labelSmoothing: 2 }),
          'softmaxCrossEntropy: labelSmoothing must be a finite number ≥ 0 and ≤ 1, got 2',
        ],
        [
          () => softmaxCrossEntropy(tf.zeros([2, 3]), tf.zeros([2, 3]), { reduction: 'all' as 'sum' }),
          'softmaxCrossEntropy: reduction must be one of mean, sum, none, got all',
        ],
      ],
    },
  ),
  entropy('with ignored rows', { ignoredIndex: 1, labelSmoothing: 0.2 }, [
    integer([11], 3, -1),
    { x: { shape: [3, 2] }, labels: { shape: [3], dtype: 'int32', values: [1, 1, -1] } },
  ]),
  entropy('of many rows', {}, [integer([1100], 10)], { gradients: [], dispatches: { forward: 2 } }),
  entropy('of each row', { reduction: 'none', labelSmoothing: 0.1 }, [integer([4], 3), integer([131], 2)]),
  entropy('of dense labels', { labelSmoothing: 0.1 }, [dense([3, 4]), dense([2, 300]), dense([0, 2])], {
    gradients: ['x', 'labels'],
    dispatches: { forward: 1, withGradient: 12 },
  }),
  entropy('summed', { reduction: 'sum' }, [dense([3, 4])]),
];

const sigmoids: OpEntry[] = (['mean', 'none'] as const).map((reduction) => ({
  name: `sigmoidCrossEntropy, ${reduction}`,
  run: ({ x, labels }) => sigmoidCrossEntropy(x as tf.Tensor, labels as tf.Tensor, { reduction, labelSmoothing: 0.1 }),
  reference(inputs) {
    const losses = [...given(inputs, 'x')].map((x, i) => {
      const t = 0.9 * (given(inputs, 'labels')[i] as number) + 0.05;
      const p = 1 / (1 + Math.exp(-x));
      return -t * Math.log(p) - (1 - t) * Math.log(1 - p);
    });
    return { y: reduction === 'none' ? losses : [losses.length === 0 ? 0 : sum(losses) / losses.length] };
  },
  samples: [dense([3, 4]), dense([1]), dense([311]), dense([0])],
  gradients: ['x'],
  dispatches: { forward: 1, withGradient: 2 },
  refusals: [
    [
      () => sigmoidCrossEntropy(tf.zeros([2]), tf.zeros([2], 'int32')),
      'sigmoidCrossEntropy: labels must be float32 of shape [2], got int32 of shape [2]',
    ],
  ],
}));

export const losses: OpEntry[] = [softLog, ...entropies, ...sigmoids];
