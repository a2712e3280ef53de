import { type Numbers, type OpEntry, opContract, type Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { type MaskedConv2dOptions, maskedConv2d } from '../maskedConv2d';

type Options = Omit<MaskedConv2dOptions, 'bias' | 'activation'>;

/** Whether a place and channel group may see another, by the order of reading alone. */
function comesBefore({ mask, vertical, groups = 1 }: Options, here: number[], there: number[]): boolean {
  const [row, column, group] = here as [number, number, number];
  const [otherRow, otherColumn, otherGroup] = there as [number, number, number];
  if (otherRow !== row) return otherRow < row;
  if (vertical) return mask === 'B';
  if (otherColumn !== column) return otherColumn < column;
  if (groups === 1) return mask === 'B';
  return mask === 'B' ? otherGroup <= group : otherGroup < group;
}

/** By loops over places, whose order says what is seen. */
function convolved({ x, kernel, bias }: Values, options: Options) {
  const [B, H, W, C] = (x as Numbers).shape as [number, number, number, number];
  const [kh, kw, , F] = (kernel as Numbers).shape as [number, number, number, number];
  const groupOf = (channel: number, of: number) => Math.floor((channel * (options.groups ?? 1)) / of);
  const y: number[] = [];
  for (let b = 0; b < B; b++)
    for (let h = 0; h < H; h++)
      for (let w = 0; w < W; w++)
        for (let f = 0; f < F; f++) {
          let sum = (bias as Numbers).values[f] as number;
          for (let i = 0; i < kh; i++)
            for (let j = 0; j < kw; j++)
              for (let c = 0; c < C; c++) {
                const [row, column] = [h + i - (kh - 1) / 2, w + j - (kw - 1) / 2];
                if (row < 0 || row >= H || column < 0 || column >= W) continue;
                if (!comesBefore(options, [h, w, groupOf(f, F)], [row, column, groupOf(c, C)])) continue;
                const weight = (kernel as Numbers).values[((i * kw + j) * C + c) * F + f] as number;
                sum += weight * ((x as Numbers).values[((b * H + row) * W + column) * C + c] as number);
              }
          y.push(Math.tanh(sum));
        }
  return { y };
}

const masked = (
  options: Options,
  sizes: [image: number[], kernel: number[]][],
  dispatches: OpEntry['dispatches'],
): OpEntry => ({
  name: `maskedConv2d ${JSON.stringify(options)}`,
  run: ({ x, kernel, bias }) =>
    maskedConv2d(x as tf.Tensor, kernel as tf.Tensor, { ...options, bias, activation: 'tanh' }),
  reference: (inputs) => convolved(inputs, options),
  samples: sizes.map(([image, kernel]) => ({
    x: { shape: image, low: -1, high: 1 },
    kernel: { shape: kernel, low: -1, high: 1 },
    bias: { shape: [kernel[3] as number], low: 0.3, high: 0.5 },
  })),
  gradients: ['x', 'kernel', 'bias'],
  dispatches,
  tolerance: 2e-5,
});

const zeros = tf.zeros as (shape: number[]) => tf.Tensor;

opContract([
  {
    ...masked(
      { mask: 'A' },
      [
        [
          [2, 4, 5, 2],
          [3, 3, 2, 3],
        ],
        [
          [1, 3, 4, 1],
          [5, 7, 1, 2],
        ],
      ],
      { forward: 3, withGradient: 9 },
    ),
    refusals: [
      [
        () => maskedConv2d(zeros([2, 3]), zeros([3, 3, 1, 1]), { mask: 'A' }),
        'maskedConv2d: x must be float32 of shape [B, H, W, inputs], got float32 of shape [2,3]',
      ],
      [
        () => maskedConv2d(zeros([1, 4, 4, 1]), zeros([2, 3, 1, 1]), { mask: 'A' }),
        'maskedConv2d: kernel must be [height, width, 1, outputs], height and width odd, got [2,3,1,1]',
      ],
      [
        () => maskedConv2d(zeros([1, 4, 4, 1]), zeros([3, 3, 1, 1]), { mask: 'C' as 'A' }),
        "maskedConv2d: mask must be 'A' or 'B', got C",
      ],
      [
        () => maskedConv2d(zeros([1, 4, 4, 3]), zeros([3, 3, 3, 4]), { mask: 'A', groups: 3 }),
        'maskedConv2d: groups must be a divisor of 3 inputs and 4 outputs, got 3',
      ],
      [
        () => maskedConv2d(zeros([1, 4, 4, 1]), zeros([3, 3, 1, 2]), { mask: 'A', bias: zeros([3]) }),
        'maskedConv2d: bias must be of shape [2], got float32 of shape [3]',
      ],
    ],
  },
  masked(
    { mask: 'B' },
    [
      [
        [2, 4, 5, 2],
        [3, 3, 2, 3],
      ],
      [
        [1, 3, 3, 2],
        [1, 1, 2, 2],
      ],
    ],
    { forward: 3, withGradient: 9 },
  ),
  masked(
    { mask: 'A', groups: 3 },
    [
      [
        [1, 3, 4, 3],
        [3, 3, 3, 6],
      ],
      [
        [1, 3, 2, 3],
        [1, 1, 3, 3],
      ],
    ],
    { forward: 3, withGradient: 9 },
  ),
  masked(
    { mask: 'B', groups: 3 },
    [
      [
        [1, 3, 4, 6],
        [3, 3, 6, 3],
      ],
      [
        [1, 2, 2, 3],
        [1, 1, 3, 3],
      ],
    ],
    { forward: 3, withGradient: 9 },
  ),
  masked(
    { mask: 'A', vertical: true },
    [
      [
        [2, 4, 5, 2],
        [3, 3, 2, 3],
      ],
      [
        [1, 1, 5, 1],
        [3, 5, 1, 2],
      ],
    ],
    { forward: 3, withGradient: 9 },
  ),
  masked(
    { mask: 'B', vertical: true },
    [
      [
        [2, 4, 5, 2],
        [3, 3, 2, 3],
      ],
    ],
    { forward: 2, withGradient: 7 },
  ),
  masked(
    { mask: 'A' },
    [
      [
        [2, 3, 6, 2],
        [1, 5, 2, 3],
      ],
      [
        [2, 3, 1, 2],
        [1, 5, 2, 3],
      ],
    ],
    { forward: 3, withGradient: 9 },
  ),
  masked(
    { mask: 'B' },
    [
      [
        [2, 3, 6, 2],
        [1, 5, 2, 3],
      ],
    ],
    { forward: 2, withGradient: 7 },
  ),
]);
