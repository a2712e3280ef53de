import type { OpEntry, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { cumprod } from '../../../ops/cumprod';
import { depthToSpace, spaceToDepth } from '../../../ops/depthToSpace';
import { dropout } from '../../../ops/dropout';
import { gatherNd, scatterNd } from '../../../ops/gatherNd';
import { stridedSlice } from '../../../ops/stridedSlice';
import { createRandom } from '../../../random/createRandom';
import { given, shapeOf } from '../loops';

const pairs = { shape: [5, 2], dtype: 'int32' as const, values: [0, 1, 2, 0, 2, 2, 0, 1, 1, 1] };

const gathers: OpEntry[] = [
  {
    name: 'gatherNd',
    run: ({ x, indices }) => gatherNd(x as tf.Tensor, indices as tf.Tensor),
    reference(inputs) {
      const [x, at] = [given(inputs, 'x'), given(inputs, 'indices')];
      const inner = (shapeOf(inputs, 'x')[2] ?? 1) as number;
      const y = [0, 1, 2, 3, 4].flatMap((n) =>
        Array.from(
          { length: inner },
          (_, k) => x[((at[2 * n] as number) * 3 + (at[2 * n + 1] as number)) * inner + k] as number,
        ),
      );
      return { y };
    },
    samples: [
      { x: { shape: [3, 3, 2] }, indices: pairs },
      { x: { shape: [3, 3] }, indices: pairs },
    ],
    gradients: ['x'],
    dispatches: { forward: 3, withGradient: 5 },
    refusals: [
      [
        () => gatherNd(tf.zeros([3]), tf.zeros([2, 2], 'int32')),
        'gatherNd: indices must be of shape [..., k], k from 1 to 1, got [2,2]',
      ],
    ],
  },
  {
    name: 'scatterNd',
    run: ({ updates, indices }) => scatterNd(indices as tf.Tensor, updates as tf.Tensor, [3, 3, 2]),
    reference(inputs) {
      const [updates, at] = [given(inputs, 'updates'), given(inputs, 'indices')];
      const y = new Array<number>(18).fill(0);
      for (const [i, value] of updates.entries()) {
        const n = Math.floor(i / 2);
        const place = ((at[2 * n] as number) * 3 + (at[2 * n + 1] as number)) * 2 + (i % 2);
        y[place] = (y[place] as number) + value;
      }
      return { y };
    },
    samples: [{ updates: { shape: [5, 2] }, indices: pairs }],
    gradients: ['updates'],
    dispatches: { forward: 4, withGradient: 5 },
    refusals: [
      [
        () => scatterNd(tf.zeros([2, 1], 'int32'), tf.zeros([3]), [4]),
        'scatterNd: updates must be of shape [2], got [3]',
      ],
    ],
  },
];

/** x[places[0]][places[1]]… for all combinations. */
function picked({ shape, values }: Values[string], places: number[][]): number[] {
  const walk = (depth: number, index: number): number[] =>
    depth === places.length
      ? [values[index] as number]
      : (places[depth] as number[]).flatMap((at) => walk(depth + 1, index * (shape[depth] as number) + at));
  return walk(0, 0);
}

const slices: OpEntry[] = [
  {
    name: 'forwards',
    arguments: [
      [1, 0],
      [6, null],
      [2, 3],
    ],
    places: [
      [1, 3, 5],
      [0, 3],
    ],
  },
  {
    name: 'backwards',
    arguments: [
      [null, -2],
      [null, 0],
      [-3, -1],
    ],
    places: [
      [6, 3, 0],
      [3, 2, 1],
    ],
  },
  {
    name: 'of nothing',
    arguments: [
      [4, 0],
      [2, null],
      [1, 2],
    ],
    places: [[], [0, 2, 4]],
  },
  {
    name: 'beyond the end',
    arguments: [
      [-3, 1],
      [99, 3],
      [5, 1],
    ],
    places: [[4], [1, 2]],
  },
].map(({ name, arguments: given, places }): OpEntry => {
  const [begin, end, strides] = given as [(number | null)[], (number | null)[], number[]];
  return {
    name: `stridedSlice ${name}`,
    run: ({ x }) => stridedSlice(x as tf.Tensor, begin, end, strides),
    reference: (inputs) => ({ y: picked(inputs.x as Values[string], places) }),
    samples: [{ x: { shape: [7, 5] } }],
    gradients: name === 'of nothing' ? [] : ['x'],
    dispatches: {
      forwards: { forward: 5, withGradient: 9 },
      backwards: { forward: 6, withGradient: 11 },
      'of nothing': { forward: 0 },
      'beyond the end': { forward: 4, withGradient: 8 },
    }[name] as OpEntry['dispatches'],
    refusals: [
      [() => stridedSlice(tf.zeros([3, 3]), [0], [1, 1]), 'stridedSlice: begin must be 2 numbers, got [0]'],
      [
        () => stridedSlice(tf.zeros([3]), [0], [1], [0]),
        'stridedSlice: strides must be integers other than 0, got [0]',
      ],
    ],
  };
});

const products = (
  name: string,
  options: Parameters<typeof cumprod>[1],
  dispatches: OpEntry['dispatches'],
): OpEntry => ({
  name: `cumprod ${name}`,
  run: ({ x }) => cumprod(x as tf.Tensor, options),
  reference(inputs) {
    const { axis = 0, exclusive = false, reverse = false } = options ?? {};
    const [x, shape] = [given(inputs, 'x'), shapeOf(inputs, 'x')];
    const size = shape[axis] as number;
    const step = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const y = [...x].map((_, i) => {
      const at = Math.floor(i / step) % size;
      let product = 1;
      for (let other = 0; other < size; other++) {
        const before = reverse ? other > at : other < at;
        if (before || (other === at && !exclusive)) product *= x[i + (other - at) * step] as number;
      }
      return product;
    });
    return { y };
  },
  samples: [
    { x: { shape: [2, 5, 2], values: [1, -2, 3, 0, 0.5, 1.5, -1, 2, 2, 1, 0, 3, 1, -1, 0.25, 0, 2, 1, -3, 0.5] } },
    { x: { shape: [3, 1, 2] } },
    { x: { shape: [1, 67, 1], low: 0.8, high: 1.2 } },
    { x: { shape: [0, 2, 2] } },
  ],
  gradients: ['x'],
  dispatches,
  refusals: [[() => cumprod(tf.zeros([2]), { axis: 1 }), 'cumprod: axis must be a dimension of [2], got 1']],
});

/** Where each number of x goes when squares of channels are spread over space. */
function spread(inputs: Values, block: number, back: boolean): number[] {
  const [x, shape] = [given(inputs, 'x'), shapeOf(inputs, 'x') as [number, number, number, number]];
  const [B, H, W] = back ? [shape[0], shape[1] / block, shape[2] / block] : shape;
  const C = back ? shape[3] : shape[3] / block ** 2;
  const y = new Array<number>(x.length);
  for (let b = 0; b < B; b++)
    for (let h = 0; h < H; h++)
      for (let w = 0; w < W; w++)
        for (let i = 0; i < block; i++)
          for (let j = 0; j < block; j++)
            for (let c = 0; c < C; c++) {
              const deep = ((b * H + h) * W + w) * block ** 2 * C + (i * block + j) * C + c;
              const wide = ((b * H * block + h * block + i) * W * block + w * block + j) * C + c;
              if (back) y[deep] = x[wide] as number;
              else y[wide] = x[deep] as number;
            }
  return y;
}

const spaces: OpEntry[] = [
  {
    name: 'depthToSpace',
    run: ({ x }) => depthToSpace(x as tf.Tensor, 2),
    reference: (inputs) => ({ y: spread(inputs, 2, false) }),
    samples: [{ x: { shape: [2, 3, 1, 8] } }, { x: { shape: [1, 1, 1, 4] } }],
    gradients: ['x'],
    dispatches: { forward: 1, withGradient: 2 },
    refusals: [
      [
        () => depthToSpace(tf.zeros([1, 2, 2, 3]), 2),
        'depthToSpace: x must be of shape [B, H, W, 4 · C], got [1,2,2,3]',
      ],
    ],
  },
  {
    name: 'spaceToDepth',
    run: ({ x }) => spaceToDepth(x as tf.Tensor, 3),
    reference: (inputs) => ({ y: spread(inputs, 3, true) }),
    samples: [{ x: { shape: [2, 3, 6, 2] } }],
    gradients: ['x'],
    dispatches: { forward: 1, withGradient: 2 },
    refusals: [
      [
        () => spaceToDepth(tf.zeros([1, 2, 3, 1]), 2),
        'spaceToDepth: x must be of shape [B, 2 · H, 2 · W, C], got [1,2,3,1]',
      ],
    ],
  },
];

const dropouts: OpEntry = {
  name: 'dropout',
  run: ({ x }) => dropout(x as tf.Tensor, { rate: 0.25, seed: 7 }),
  reference(inputs) {
    const random = createRandom(7);
    return { y: given(inputs, 'x').map((x) => (random.uniform() < 0.75 ? x / 0.75 : 0)) };
  },
  samples: [{ x: { shape: [5, 7] } }, { x: { shape: [1] } }, { x: { shape: [313] } }],
  gradients: ['x'],
  dispatches: { forward: 2, withGradient: 3 },
  refusals: [
    [
      () => dropout(tf.zeros([2]), { rate: 1.5, seed: 1 }),
      'dropout: rate must be a finite number ≥ 0 and ≤ 1, got 1.5',
    ],
  ],
};

export const places: OpEntry[] = [
  ...gathers,
  ...slices,
  products('forwards', { axis: 1 }, { forward: 9, withGradient: 27 }),
  products('backwards, without itself', { axis: 1, exclusive: true, reverse: true }, { forward: 13, withGradient: 36 }),
  ...spaces,
  dropouts,
];
