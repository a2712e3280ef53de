import type { Numbers, OpEntry, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { type ConvTranspose1dOptions, convTranspose1d } from '../../../ops/convTranspose1d';
import { globalAveragePool2d, globalMaxPool2d } from '../../../ops/globalPool2d';
import { type AveragePool2DOptions, averagePool2d, maxPool2d, type Pool2DOptions } from '../../../ops/pool2d';
import { squeezeExcite } from '../../../ops/squeezeExcite';

type Four = [number, number, number, number];

/** Numbers in no order, no two of them closer than a step of finite differences. */
const apart = (shape: number[]) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return { shape, values: Array.from({ length: size }, (_, i) => ((i * 7919) % size) / size - 0.5 + 1 / 512) };
};

/** What is in a window: [top, left] before the image, `reach` after what was asked for, `count` windows each way. */
interface Layout {
  size: number;
  strides: number;
  before: number;
  count: [number, number];
  /** Rows and columns up to which zeros count, from the image's first. */
  end?: [number, number];
}

/** By loops: the numbers of each window, and how many of its places count. */
function windows({ x }: Values, { size, strides, before, count, end }: Layout) {
  const { shape, values } = x as Numbers;
  const [B, H, W, C] = shape as Four;
  const found: { numbers: number[]; counted: number }[] = [];
  for (let b = 0; b < B; b++)
    for (let i = 0; i < count[0]; i++)
      for (let j = 0; j < count[1]; j++)
        for (let c = 0; c < C; c++) {
          const numbers: number[] = [];
          let counted = 0;
          for (let k = 0; k < size * size; k++) {
            const [h, w] = [i * strides - before + Math.floor(k / size), j * strides - before + (k % size)];
            const inside = h >= 0 && h < H && w >= 0 && w < W;
            if (inside) numbers.push(values[((b * H + h) * W + w) * C + c] as number);
            if (end ? h < end[0] && w < end[1] : inside) counted++;
          }
          found.push({ numbers, counted });
        }
  return found;
}

const most = (title: string, options: Pool2DOptions, layout: Layout, shapes: number[][]): OpEntry => ({
  name: `maxPool2d ${title}`,
  run: ({ x }) => maxPool2d(x as tf.Tensor, options),
  reference: (inputs) => ({ y: windows(inputs, layout).map(({ numbers }) => Math.max(...numbers)) }),
  samples: shapes.map((shape) => ({ x: apart(shape) })),
  gradients: ['x'],
  twice: false, // tfjs has no gradient of its pools' gradients
  dispatches: { forward: 1, withGradient: 3 },
});

const means = (
  title: string,
  options: AveragePool2DOptions,
  layout: Layout,
  forward: number,
  withGradient: number,
): OpEntry => ({
  name: `averagePool2d ${title}`,
  run: ({ x }) => averagePool2d(x as tf.Tensor, options),
  reference: (inputs) => ({
    y: windows(inputs, layout).map(({ numbers, counted }) => numbers.reduce((sum, n) => sum + n, 0) / counted),
  }),
  samples: [{ x: { shape: [2, 5, 6, 3] } }],
  gradients: ['x'],
  twice: false,
  dispatches: { forward, withGradient },
});

const global = (name: string, run: (x: tf.Tensor) => tf.Tensor, of: (numbers: number[]) => number): OpEntry => ({
  name,
  run: ({ x }) => run(x as tf.Tensor),
  reference(inputs) {
    const { shape, values } = inputs.x as Numbers;
    const [B, H, W, C] = shape as Four;
    const y = Array.from({ length: B * C }, (_, i) => {
      const [b, c] = [Math.floor(i / C), i % C];
      return of(Array.from({ length: H * W }, (_, p) => values[(b * H * W + p) * C + c] as number));
    });
    return { y };
  },
  samples: [{ x: apart([2, 3, 2, 5]) }, { x: apart([1, 1, 1, 3]) }],
  gradients: ['x'],
  twice: false,
  dispatches: { forward: 2, withGradient: 4 },
  refusals: [[() => run(tf.zeros([2, 3])), `${name}: x must be float32 of 4 dimensions, got float32 of shape [2,3]`]],
});

const transposed = (
  options: ConvTranspose1dOptions,
  length: number,
  before: number,
  forward: number,
  withGradient: number,
): OpEntry => ({
  name: `convTranspose1d ${JSON.stringify(options)}`,
  run: ({ x, kernel, bias }) => convTranspose1d(x as tf.Tensor, kernel as tf.Tensor, { ...options, bias }),
  reference(inputs) {
    const { shape, values } = inputs.x as Numbers;
    const [B, T, I] = shape as [number, number, number];
    const { shape: kernelShape, values: kernel } = inputs.kernel as Numbers;
    const [size, O] = kernelShape as [number, number];
    const y = Float64Array.from({ length: B * length * O }, (_, i) => inputs.bias?.values[i % O] ?? 0);
    for (let b = 0; b < B; b++)
      for (let t = 0; t < T; t++)
        for (let k = 0; k < size; k++) {
          const at = t * (options.strides ?? 1) + k * (options.dilation ?? 1) - before;
          if (at < 0 || at >= length) continue;
          for (let o = 0; o < O; o++)
            for (let c = 0; c < I; c++) {
              const product = (values[(b * T + t) * I + c] as number) * (kernel[(k * O + o) * I + c] as number);
              y[(b * length + at) * O + o] = (y[(b * length + at) * O + o] as number) + product;
            }
        }
    return { y };
  },
  samples: [
    { x: { shape: [2, 4, 2] }, kernel: { shape: [3, 3, 2] }, bias: { shape: [3] } },
    { x: { shape: [1, 4, 1] }, kernel: { shape: [3, 2, 1] } },
  ],
  gradients: ['x', 'kernel', 'bias'],
  twice: false, // tfjs has none of a convolution's gradients
  dispatches: { forward, withGradient },
});

const excited: OpEntry = {
  name: 'squeezeExcite',
  run: ({ x, reduce, reduceBias, expand, expandBias }) =>
    squeezeExcite(
      x as tf.Tensor,
      { reduce: reduce as tf.Tensor, reduceBias, expand: expand as tf.Tensor, expandBias },
      { activation: 'silu' },
    ),
  reference(inputs) {
    const { shape, values } = inputs.x as Numbers;
    const [B, H, W, C] = shape as Four;
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    const through = (v: number[], kernel: string, bias: string) => {
      const { values: k } = inputs[kernel] as Numbers;
      const outputs = k.length / v.length;
      return Array.from({ length: outputs }, (_, o) =>
        v.reduce((sum, n, i) => sum + n * (k[i * outputs + o] as number), inputs[bias]?.values[o] ?? 0),
      );
    };
    const y = new Float64Array(values.length);
    for (let b = 0; b < B; b++) {
      const means = Array.from({ length: C }, (_, c) => {
        let sum = 0;
        for (let p = 0; p < H * W; p++) sum += values[(b * H * W + p) * C + c] as number;
        return sum / (H * W);
      });
      const middle = through(means, 'reduce', 'reduceBias').map((z) => z * sigmoid(z));
      const gates = through(middle, 'expand', 'expandBias').map(sigmoid);
      for (let i = 0; i < H * W * C; i++) {
        const at = b * H * W * C + i;
        y[at] = (values[at] as number) * (gates[i % C] as number);
      }
    }
    return { y };
  },
  samples: [
    {
      x: { shape: [2, 2, 3, 4] },
      reduce: { shape: [4, 2] },
      reduceBias: { shape: [2] },
      expand: { shape: [2, 4] },
      expandBias: { shape: [4] },
    },
  ],
  gradients: ['x', 'reduce', 'reduceBias', 'expand', 'expandBias'],
  dispatches: { forward: 5, withGradient: 20 },
};

const refused: Pick<OpEntry, 'refusals'> = {
  refusals: [
    [
      () => maxPool2d(tf.zeros([1, 3, 3, 1]), { poolSize: 4 }),
      'maxPool2d: x must be at least as large as a window of 4 × 4, got [1,3,3,1]',
    ],
    [
      () => maxPool2d(tf.zeros([1, 3, 3, 1]), { padding: 'full' as 'same' }),
      "maxPool2d: padding must be 'same', 'valid', an integer ≥ 0 or [[top, bottom], [left, right]], got full",
    ],
    [
      () => maxPool2d(tf.zeros([1, 3, 3, 1]), { poolSize: [2, 3, 4] as unknown as [number, number] }),
      'maxPool2d: poolSize must be one integer or two ≥ 1, got [2,3,4]',
    ],
  ],
};

export const windowed: OpEntry[] = [
  { ...most('side by side', {}, { size: 2, strides: 2, before: 0, count: [2, 3] }, [[2, 5, 6, 3]]), ...refused },
  most(
    'over the end',
    { poolSize: 3, strides: 2, padding: 1, ceilMode: true },
    { size: 3, strides: 2, before: 1, count: [3, 4] },
    [[1, 5, 6, 2]],
  ),
  most(
    'of the same size',
    { poolSize: 3, strides: 1, padding: 'same' },
    { size: 3, strides: 1, before: 1, count: [4, 3] },
    [[2, 4, 3, 1]],
  ),
  means('side by side', {}, { size: 2, strides: 2, before: 0, count: [2, 3] }, 1, 2),
  means(
    'with zeros',
    { poolSize: 3, strides: 1, padding: 1 },
    { size: 3, strides: 1, before: 1, count: [5, 6], end: [6, 7] },
    2,
    4,
  ),
  means(
    'without zeros',
    { poolSize: 3, strides: 1, padding: 1, countIncludePad: false },
    { size: 3, strides: 1, before: 1, count: [5, 6] },
    3,
    6,
  ),
  means(
    'over the end',
    { poolSize: 3, strides: 2, padding: 1, ceilMode: true },
    { size: 3, strides: 2, before: 1, count: [3, 4], end: [6, 7] },
    3,
    6,
  ),
  global('globalAveragePool2d', globalAveragePool2d, (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length),
  global('globalMaxPool2d', globalMaxPool2d, (numbers) => Math.max(...numbers)),
  transposed({}, 6, 0, 3, 7),
  transposed({ strides: 2, padding: 'same' }, 8, 0, 3, 8),
  transposed({ strides: 3, outputPadding: 2 }, 14, 0, 4, 9),
  transposed({ strides: 2, padding: 2, outputPadding: 1, dilation: 2 }, 8, 2, 5, 12),
  excited,
];
