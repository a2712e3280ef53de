import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';

/** Every kernel that was added or replaced, against the cpu backend's, on shapes that are odd in each way. */

type Numbers = { shape: number[]; values: number[] };
type Ran = { results: Numbers[]; tensorsLeft: number; buffersLeft: number };

let wasm: Device;
beforeAll(async () => {
  wasm = await initDevice({ prefer: ['wasm'] });
});
afterAll(() => wasm.dispose());

/** Runs a function on a backend, with inputs made there, and counts what it leaves. */
async function runOn(
  backend: 'cpu' | 'wasm',
  shapes: number[][],
  fn: (...xs: tf.Tensor[]) => tf.Tensor[],
): Promise<Ran> {
  await tf.setBackend(backend);
  const inputs = shapes.map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
  const before = { ...tf.memory() };
  const tensors = tf.tidy(() => fn(...inputs));
  const results = tensors.map((x) => ({ shape: [...x.shape], values: [...x.dataSync()] }));
  tf.dispose(tensors);
  const after = tf.memory();
  tf.dispose(inputs);
  await tf.setBackend('wasm');
  return {
    results,
    tensorsLeft: after.numTensors - before.numTensors,
    buffersLeft: after.numDataBuffers - before.numDataBuffers,
  };
}

async function expectSame(
  shapes: number[][],
  fn: (...xs: tf.Tensor[]) => tf.Tensor[],
  tolerance = 2e-5,
): Promise<void> {
  const [cpu, ours] = [await runOn('cpu', shapes, fn), await runOn('wasm', shapes, fn)];
  expect(ours.results.map(({ shape }) => shape)).toEqual(cpu.results.map(({ shape }) => shape));
  cpu.results.forEach(({ values }, i) => {
    const size = Math.max(1, ...values.map(Math.abs));
    const worst = Math.max(0, ...values.map((value, at) => Math.abs(value - (ours.results[i]?.values[at] as number))));
    expect(worst).toBeLessThan(tolerance * size);
  });
  expect([ours.tensorsLeft, ours.buffersLeft]).toEqual([0, 0]);
}

/** The value and the gradients by all inputs, weighted so that no two numbers count the same. */
const withGradients =
  (fn: (...xs: tf.Tensor[]) => tf.Tensor) =>
  (...xs: tf.Tensor[]): tf.Tensor[] => {
    const weighted = (...inputs: tf.Tensor[]): tf.Scalar => {
      const y = fn(...inputs);
      const weights = tf.sin(tf.range(0, y.size));
      return tf.sum(tf.mul(tf.reshape(y, [-1]), weights));
    };
    return [fn(...xs), ...tf.grads(weighted)(xs)];
  };

describe('products with their gradients', () => {
  test.each<[number[], number[], boolean, boolean]>([
    [[1, 1], [1, 1], false, false],
    [[5, 3], [3, 7], false, false],
    [[3, 5], [3, 7], true, false],
    [[5, 3], [7, 3], false, true],
    [[3, 5], [7, 3], true, true],
    [[13, 300], [300, 17], false, false],
    [[300, 13], [17, 300], true, true],
    [[7, 5], [5, 521], false, false],
    [[7, 5], [521, 5], false, true],
    [[6, 8], [8, 8], false, false],
    [[2, 5, 3], [2, 3, 7], false, false],
    [[2, 3, 5], [2, 7, 3], true, true],
    [[2, 3, 5, 4], [2, 3, 4, 6], false, false],
  ])('%j × %j, transposed %s, %s', (a, b, transposeA, transposeB) =>
    expectSame(
      [a, b],
      withGradients((x, y) => tf.matMul(x as tf.Tensor, y as tf.Tensor, transposeA, transposeB)),
    ),
  );

  test.each<[number[], number[], boolean, boolean]>([
    [[1, 5, 3], [4, 3, 7], false, false],
    [[4, 5, 3], [1, 3, 7], false, false],
    [[4, 3, 5], [1, 3, 7], true, false],
    [[2, 1, 5, 4], [1, 3, 4, 6], false, false],
  ])('%j × %j, transposed %s, %s, forward: tfjs has no gradient where one repeats', (a, b, transposeA, transposeB) =>
    expectSame([a, b], (x, y) => [tf.matMul(x as tf.Tensor, y as tf.Tensor, transposeA, transposeB)]),
  );

  test('of nothing: empty matrices give empty ones, or zeros', () =>
    expectSame([], () => [
      tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])),
      tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])),
      tf.matMul(tf.zeros([0, 2]), tf.zeros([3, 0]), true, true),
    ]));

  test.each(['linear', 'relu', 'elu', 'sigmoid', 'leakyrelu', 'relu6'] as const)('fused with %s', (activation) =>
    expectSame([[5, 3], [3, 7], [7], [1], [3, 1]], (a, b, bias, one, column) => [
      tf.fused.matMul({ a, b, bias, activation, leakyreluAlpha: 0.3 } as Parameters<typeof tf.fused.matMul>[0]),
      tf.fused.matMul({ a, b, bias: one, activation } as Parameters<typeof tf.fused.matMul>[0]),
      tf.fused.matMul({ a, b: column, bias: one, activation } as Parameters<typeof tf.fused.matMul>[0]),
      tf.fused.matMul({ a, b, activation } as Parameters<typeof tf.fused.matMul>[0]),
    ]),
  );
});

type Pad = 'same' | 'valid' | number;

describe('convolutions with their gradients', () => {
  test.each<[number[], number[], number | [number, number], Pad, number | [number, number]]>([
    [[1, 1, 1, 1], [1, 1, 1, 1], 1, 'same', 1],
    [[2, 5, 7, 3], [3, 3, 3, 4], 1, 'same', 1],
    [[2, 5, 7, 3], [3, 3, 3, 4], 1, 'valid', 1],
    [[2, 7, 5, 3], [3, 2, 3, 5], 2, 'same', 1],
    [[2, 8, 9, 1], [3, 3, 1, 2], [2, 3], 'valid', 1],
    [[1, 6, 6, 5], [1, 1, 5, 7], 1, 'same', 1],
    [[1, 7, 7, 2], [5, 5, 2, 3], 1, 2, 1],
    [[1, 7, 7, 2], [3, 3, 2, 3], 2, 1, 1],
    [[3, 28, 28, 1], [3, 3, 1, 8], 1, 'same', 1],
    [[2, 13, 13, 70], [3, 3, 70, 9], 1, 'same', 1],
  ])('of %j by %j, stride %j, pad %s', (x, filter, strides, pad, dilations) =>
    expectSame(
      [x, filter],
      withGradients((image, kernel) =>
        tf.conv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, strides, pad, 'NHWC', dilations),
      ),
    ),
  );

  test('dilated, forward: tfjs has no gradient of it', () =>
    expectSame(
      [
        [2, 9, 8, 3],
        [3, 2, 3, 5],
      ],
      (x, filter) => [
        tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same', 'NHWC', [2, 3]),
        tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid', 'NHWC', 2),
      ],
    ));

  test('transposed, with its gradient', () =>
    expectSame(
      [
        [2, 4, 5, 3],
        [3, 3, 2, 3],
      ],
      withGradients((x, filter) =>
        tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, 8, 10, 2], 2, 'same'),
      ),
    ));
});

describe('depthwise convolutions with their gradients', () => {
  test.each<[number[], number[], number | [number, number], 'same' | 'valid', number]>([
    [[1, 1, 1, 1], [1, 1, 1, 1], 1, 'same', 1],
    [[2, 5, 7, 3], [3, 3, 3, 1], 1, 'same', 1],
    [[2, 5, 7, 8], [3, 3, 8, 1], 1, 'valid', 1],
    [[2, 5, 7, 5], [3, 2, 5, 3], 1, 'same', 1],
    [[1, 9, 8, 6], [3, 3, 6, 1], 2, 'same', 1],
  ])('of %j by %j, stride %j, pad %s, dilation %j', (x, filter, strides, pad, dilations) =>
    expectSame(
      [x, filter],
      withGradients((image, kernel) =>
        tf.depthwiseConv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, strides, pad, 'NHWC', dilations),
      ),
    ),
  );
});

test('gradients of dilated convolutions, which tfjs does not ask for yet, are adjoint: Σ y dy = Σ x dx = Σ f df', () => {
  const numbers = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
  const [x, filter] = [numbers([2, 9, 8, 6], 1), numbers([3, 3, 6, 2], 2)];
  const y = tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same', 'NHWC', [2, 3]);
  const dy = numbers(y.shape, 3);
  const attrs = { strides: 1, dilations: [2, 3], pad: 'same', inputShape: x.shape, filterShape: filter.shape };
  const run = (name: string, inputs: tf.NamedTensorMap) => tf.engine().runKernel(name, inputs, attrs) as tf.Tensor;
  const dot = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b)).dataSync()[0] as number;
  const expected = dot(y, dy);
  expect(Math.abs(expected)).toBeGreaterThan(1);
  expect(dot(filter, run('DepthwiseConv2dNativeBackpropFilter', { x, dy }))).toBeCloseTo(expected, 3);
  expect(dot(x, run('DepthwiseConv2dNativeBackpropInput', { dy, filter }))).toBeCloseTo(expected, 3);
});

describe('pools with their gradients', () => {
  test.each<[number[], number | [number, number], number | [number, number], Pad]>([
    [[1, 1, 1, 1], 1, 1, 'same'],
    [[2, 6, 6, 4], 2, 2, 'same'],
    [[2, 7, 5, 5], 2, 2, 'same'],
    [[2, 7, 5, 5], 2, 2, 'valid'],
    [[1, 8, 9, 3], 3, 2, 'same'],
    [[1, 8, 9, 13], [3, 2], [1, 2], 'valid'],
    [[1, 8, 9, 2], 3, 2, 1],
  ])('of %j by %j, stride %j, pad %s', async (x, size, strides, pad) => {
    await expectSame(
      [x],
      withGradients((image) => tf.maxPool(image as tf.Tensor4D, size, strides, pad)),
    );
    await expectSame(
      [x],
      withGradients((image) => tf.avgPool(image as tf.Tensor4D, size, strides, pad)),
    );
  });

  test('of equal numbers: the first gets the gradient', () =>
    expectSame([], () => [tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'same'))(tf.zeros([1, 4, 4, 5]))]));
});

describe('sums of rows that belong together', () => {
  test.each<[number[], number[], number]>([
    [[1, 1], [0], 1],
    [[5, 3], [0, 2, 2, 0, 3], 4],
    [[5, 13], [4, 1, 1, 1, 0], 6],
    [[4, 2, 3], [1, 1, 0, 1], 2],
    [[4, 3], [-1, 7, 1, 0], 2],
    [[6], [0, 1, 0, 1, 0, 1], 2],
  ])('of %j by %j', (x, ids, segments) =>
    expectSame([x], (rows) => [tf.unsortedSegmentSum(rows as tf.Tensor, tf.tensor1d(ids, 'int32'), segments)]),
  );

  test('are the gradient of an embedding', () =>
    expectSame(
      [[7, 5]],
      withGradients((table) =>
        tf.gather(
          table as tf.Tensor2D,
          tf.tensor2d(
            [
              [1, 6, 1],
              [0, 1, 3],
            ],
            [2, 3],
            'int32',
          ),
        ),
      ),
    ));
});

describe('means and sums over the first axes', () => {
  test.each<[number[], number[]]>([
    [[1, 1], [0]],
    [[37, 13], [0]],
    [
      [5, 3, 7],
      [0, 1],
    ],
    [
      [3, 4, 5, 8],
      [0, 1, 2],
    ],
    [[5, 3, 7], [1]],
  ])('of %j over %j', (x, axes) =>
    expectSame([x], (xs) => [
      tf.mean(xs as tf.Tensor, axes),
      tf.sum(xs as tf.Tensor, axes, true),
      tf.mean(xs as tf.Tensor, axes, true),
    ]),
  );

  test.each([[[5, 3, 7]], [[4, 3]], [[6]], [[]]])('of %j over all axes', (x) =>
    expectSame([x], (xs) => [
      tf.sum(xs as tf.Tensor),
      tf.mean(xs as tf.Tensor),
      tf.sum(xs as tf.Tensor, undefined, true),
    ]),
  );

  test('a mean of whole numbers is a float', () =>
    expectSame([], () => [
      tf.mean(
        tf.tensor2d(
          [
            [1, 2],
            [4, 4],
          ],
          [2, 2],
          'int32',
        ),
        0,
      ),
    ]));
});

test('batch norm with its gradients', () =>
  expectSame(
    [[4, 5, 5, 6], [6], [6]],
    withGradients((x, scale, offset) => {
      const { mean, variance } = tf.moments(x as tf.Tensor, [0, 1, 2]);
      return tf.batchNorm(
        x as tf.Tensor,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        1e-3,
      );
    }),
    1e-4,
  ));

describe('operations on two tensors, where one or both repeat', () => {
  test.each<[number[], number[]]>([
    [[], []],
    [[7], []],
    [[], [7]],
    [
      [5, 7],
      [5, 7],
    ],
    [[5, 7], [7]],
    [
      [5, 7],
      [5, 1],
    ],
    [[5, 1], [7]],
    [
      [1, 7],
      [5, 1],
    ],
    [[1], [5, 7]],
    [
      [2, 3, 5],
      [3, 5],
    ],
    [
      [2, 3, 5],
      [2, 1, 1],
    ],
    [
      [3, 1, 8],
      [1, 4, 8],
    ],
    [
      [2, 3, 5],
      [1, 3, 1],
    ],
    [
      [2, 1, 5, 1],
      [3, 1, 4],
    ],
    [[1, 1, 1], [1]],
    [[0, 3], [3]],
    [[0], []],
  ])('%j and %j', (a, b) =>
    expectSame([a, b], (x, y) => [
      tf.add(x as tf.Tensor, y as tf.Tensor),
      tf.sub(x as tf.Tensor, y as tf.Tensor),
      tf.mul(x as tf.Tensor, y as tf.Tensor),
      tf.div(x as tf.Tensor, tf.add(tf.square(y as tf.Tensor), 1)),
      tf.maximum(x as tf.Tensor, y as tf.Tensor),
      tf.minimum(x as tf.Tensor, y as tf.Tensor),
      tf.squaredDifference(x as tf.Tensor, y as tf.Tensor),
    ]),
  );

  test('shapes that do not go together are still refused, whole numbers stay whole, and nothing is lost at the edges', () => {
    expect(() => tf.add(tf.zeros([2, 3]), tf.zeros([2]))).toThrow();
    expect(tf.mul(tf.tensor1d([2, 3], 'int32'), tf.scalar(4, 'int32')).dtype).toBe('int32');
    const [zero, edge] = [tf.tensor1d([0, -0, 1, -1, Number.NaN]), tf.scalar(0)];
    expect([...tf.div(zero, edge).dataSync()]).toEqual([Number.NaN, Number.NaN, Infinity, -Infinity, Number.NaN]);
    expect([...tf.maximum(zero, edge).dataSync()].slice(2)).toEqual([1, 0, Number.NaN]);
  });
});

test.each<[number[], number[]]>([
  [[5], [3]],
  [
    [1, 1, 5],
    [4, 3, 1],
  ],
  [
    [1, 3, 5],
    [7, 1, 1],
  ],
  [
    [2, 3],
    [2, 2],
  ],
  [
    [1, 1],
    [3, 4],
  ],
  [
    [1, 5],
    [1, 1],
  ],
  [
    [1, 0],
    [3, 1],
  ],
])('%j repeated %j times', (shape, times) => expectSame([shape], (x) => [tf.tile(x as tf.Tensor, times)]));

describe('batch norm', () => {
  test.each([[[2, 3, 4, 5]], [[6, 13]], [[1, 1]]])('%j, with and without scale and offset', (shape) => {
    const channels = [shape.at(-1) as number];
    return expectSame([shape, channels, channels, channels, channels], (x, mean, spread, offset, scale) => {
      const variance = tf.square(spread as tf.Tensor);
      const normalized = (...rest: (tf.Tensor | undefined)[]) =>
        tf.batchNorm(x as tf.Tensor2D, mean as tf.Tensor1D, variance as tf.Tensor1D, ...(rest as tf.Tensor1D[]), 0.1);
      return [normalized(undefined, undefined), normalized(offset, undefined), normalized(offset, scale)];
    });
  });

  test('with statistics of the whole shape', () =>
    expectSame(
      [
        [3, 4],
        [3, 4],
        [3, 4],
      ],
      (x, mean, spread) => [tf.batchNorm(x as tf.Tensor2D, mean as tf.Tensor2D, tf.square(spread as tf.Tensor2D))],
    ));
});
