import type { Numbers, OpEntry, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { maxPoolWithArgmax } from '../../../ops/maxPoolWithArgmax';
import { maxUnpool } from '../../../ops/maxUnpool';
import type { PoolOptions } from '../../../ops/pooling/windows';

/** Numbers in no order, no two of them closer than a step of finite differences. */
const apart = (shape: number[]) => {
  const size = shape.reduce((a, b) => a * b, 1);
  const step = [7919, 7907, 7901].find((prime) => size % prime !== 0) as number;
  return { shape, values: Array.from({ length: size }, (_, i) => ((i * step) % size) / size - 0.5) };
};

/** By loops over windows: [top, left] of each, and the place of its first largest number. */
function pooled({ x }: Values, [kh, kw]: number[], [sh, sw]: number[], [top, left]: number[], [oh, ow]: number[]) {
  const { shape, values } = x as Numbers;
  const [B, H, W, C] = shape as [number, number, number, number];
  const found = { value: [] as number[], indices: [] as number[] };
  for (let b = 0; b < B; b++)
    for (let i = 0; i < (oh as number); i++)
      for (let j = 0; j < (ow as number); j++)
        for (let c = 0; c < C; c++) {
          const places: number[] = [];
          for (let k = 0; k < (kh as number) * (kw as number); k++) {
            const h = i * (sh as number) - (top as number) + Math.floor(k / (kw as number));
            const w = j * (sw as number) - (left as number) + (k % (kw as number));
            if (h >= 0 && h < H && w >= 0 && w < W) places.push(h * W + w);
          }
          const at = (p: number) => values[(b * H * W + p) * C + c] as number;
          const best = places.reduce((best, p) => (at(p) > at(best) ? p : best));
          found.value.push(at(best));
          found.indices.push(best);
        }
  return found;
}

const pool = (name: string, options: PoolOptions, geometry: number[][], shapes: number[][]): OpEntry => ({
  name: `maxPoolWithArgmax ${name}`,
  run: ({ x }) => maxPoolWithArgmax(x as tf.Tensor, options),
  reference: (inputs) => pooled(inputs, ...(geometry as [number[], number[], number[], number[]])),
  samples: shapes.map((shape) => ({ x: apart(shape) })),
  gradients: ['x'],
  dispatches: { forward: 1, withGradient: 2 },
});

const unpooled = (inputs: Values, plane: number) => {
  const { shape, values } = inputs.value as Numbers;
  const [B, h, w, C] = shape as [number, number, number, number];
  const y = new Float64Array(B * plane * C);
  for (const [i, place] of (inputs.indices as Numbers).values.entries()) {
    const b = Math.floor(i / (h * w * C));
    if (place >= 0 && place < plane) y[(b * plane + place) * C + (i % C)] = values[i] as number;
  }
  return { y };
};

const unpool = (name: string, [H, W]: [number, number], samples: OpEntry['samples']): OpEntry => ({
  name: `maxUnpool ${name}`,
  run: ({ value, indices }) => maxUnpool(value as tf.Tensor, indices as tf.Tensor, [H, W]),
  reference: (inputs) => unpooled(inputs, H * W),
  samples,
  gradients: ['value'],
  dispatches: { forward: 4, withGradient: 5 },
});

const places = (shape: number[], low: number, high: number) => ({
  value: { shape },
  indices: { shape, dtype: 'int32' as const, low, high },
});

const zeros = tf.zeros as (shape: number[], dtype?: tf.DataType) => tf.Tensor;

export const poolings: OpEntry[] = [
  {
    ...pool(
      'side by side',
      { poolSize: 2 },
      [
        [2, 2],
        [2, 2],
        [0, 0],
        [2, 3],
      ],
      [
        [2, 5, 6, 3],
        [1, 4, 7, 1],
        [0, 5, 6, 3],
      ],
    ),
    refusals: [
      [
        () => maxPoolWithArgmax(zeros([2, 2]), { poolSize: 2 }),
        'maxPoolWithArgmax: x must be float32 of shape [B, H, W, C], got float32 of shape [2,2]',
      ],
      [
        () => maxPoolWithArgmax(zeros([1, 2, 2, 1]), { poolSize: 0 }),
        'maxPoolWithArgmax: poolSize must be one integer or two ≥ 1, got 0',
      ],
      [
        () => maxPoolWithArgmax(zeros([1, 2, 2, 1]), { poolSize: 3 }),
        'maxPoolWithArgmax: poolSize must be at most the padded size of x [2,2], got [3,3]',
      ],
      [
        () => maxPoolWithArgmax(zeros([1, 4, 4, 1]), { poolSize: 2, padding: 2 }),
        'maxPoolWithArgmax: padding must be at most half of poolSize [2,2], got 2',
      ],
      [
        () => maxPoolWithArgmax(zeros([1, 4, 4, 1]), { poolSize: 2, padding: 'full' as 'same' }),
        'maxPoolWithArgmax: padding must be valid, same, or one integer or two, got full',
      ],
      [
        () => maxPoolWithArgmax(zeros([1, 4, 4, 1]), { poolSize: 2, strides: [1] as unknown as [number, number] }),
        'maxPoolWithArgmax: strides must be one integer or two ≥ 1, got [1]',
      ],
    ],
  },
  pool(
    'that overlap, padded as TensorFlow',
    { poolSize: [3, 2], strides: [2, 1], padding: 'same' },
    [
      [3, 2],
      [2, 1],
      [1, 0],
      [3, 4],
    ],
    [[2, 5, 4, 2]],
  ),
  pool(
    'with gaps, padded as PyTorch',
    { poolSize: 2, strides: 3, padding: [1, 0] },
    [
      [2, 2],
      [3, 3],
      [1, 0],
      [2, 2],
    ],
    [
      [1, 4, 5, 3],
      [3, 5, 6, 1],
    ],
  ),
  {
    ...unpool(
      'of places that meet',
      [4, 3],
      [
        places([2, 3, 2, 2], 0, 12),
        places([2, 3, 2, 2], -3, 15),
        places([1, 1, 1, 1], 5, 6),
        places([1, 9, 9, 1], 0, 12),
      ],
    ),
    refusals: [
      [
        () => maxUnpool(zeros([1, 2, 2, 1]), zeros([1, 2, 2, 1]), [4, 4]),
        'maxUnpool: indices must be int32 of shape [1,2,2,1], got float32 of shape [1,2,2,1]',
      ],
      [
        () => maxUnpool(zeros([1, 2, 2, 1]), zeros([1, 2, 2, 1], 'int32'), [1, 4, 4, 2]),
        'maxUnpool: outputShape must be [1, H, W, 1] or [H, W], got [1,4,4,2]',
      ],
      [
        () => maxUnpool(zeros([2, 2]), zeros([2, 2], 'int32'), [4, 4]),
        'maxUnpool: value must be float32 of shape [B, H, W, C], got float32 of shape [2,2]',
      ],
    ],
  },
  {
    name: 'maxUnpool of what maxPoolWithArgmax takes',
    run({ x }) {
      const { value, indices } = maxPoolWithArgmax(x as tf.Tensor, { poolSize: 3, strides: 2 });
      const back = maxUnpool(value, indices, (x as tf.Tensor).shape);
      tf.dispose([value, indices]);
      return back;
    },
    reference(inputs) {
      const { shape } = inputs.x as Numbers;
      const { value, indices } = pooled(inputs, [3, 3], [2, 2], [0, 0], [2, 3]);
      const numbers = (values: number[]) => ({ shape: [2, 2, 3, 2], values: Float64Array.from(values) });
      return unpooled(
        { value: numbers(value), indices: numbers(indices) },
        (shape[1] as number) * (shape[2] as number),
      );
    },
    samples: [{ x: apart([2, 5, 7, 2]) }],
    gradients: ['x'],
    dispatches: { forward: 5, withGradient: 7 },
  },
  { ...unpool('of nothing', [0, 3], [places([2, 3, 2, 2], 0, 12)]), dispatches: { forward: 1, withGradient: 1 } },
];
