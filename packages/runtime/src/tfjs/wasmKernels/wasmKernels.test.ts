import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';

/** Small whole numbers, so that sums are exact in whatever order they are made. */
const matrix = (shape: number[], step: number) => tf.reshape(whole(tf.util.sizeFromShape(shape), step), shape);
const whole = (n: number, step: number) =>
  tf.tensor1d(Float32Array.from({ length: n }, (_, i) => ((i * step) % 7) - 3));

const counts = () => ({ tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers });

let wasm: Device;
beforeAll(async () => {
  wasm = await initDevice({ prefer: ['wasm'] });
});
afterAll(() => wasm.dispose());

describe.each([
  [true, false],
  [false, true],
  [true, true],
  [false, false],
])('on wasm, a product with transposeA = %s and transposeB = %s', (transposeA, transposeB) => {
  // Small enough for the loop, large enough for the detour, a square, rows in blocks, a batch of one as in a fused product's gradient, and one of two.
  test.each([
    [[], 3, 4, 5],
    [[], 40, 50, 30],
    [[], 32, 32, 32],
    [[1], 40, 50, 30],
    [[], 128, 192, 30],
    [[2], 30, 20, 40],
  ])('is right for %j × [%d, %d, %d], and leaves no tensor', (batch, rows, inner, columns) => {
    const a = matrix([...batch, ...(transposeA ? [inner, rows] : [rows, inner])], 3);
    const b = matrix([...batch, ...(transposeB ? [columns, inner] : [inner, columns])], 5);
    const expected = plainProduct(a, b, transposeA, transposeB);
    const before = counts();
    const product = tf.matMul(a, b, transposeA, transposeB);
    expect(product.shape).toEqual([...batch, rows, columns]);
    expect([...product.dataSync()]).toEqual(expected);
    product.dispose();
    expect(counts()).toEqual(before);
    tf.dispose([a, b]);
  });
});

test('shapes that do not match are still refused', () => {
  expect(() => tf.matMul(tf.zeros([64, 64]), tf.zeros([64, 65]), true, true)).toThrow('inner shapes');
});

describe('on wasm, a sum', () => {
  // Over few rows, over many, of one column, and of more axes.
  test.each([
    [[5, 7], 0],
    [[900, 50], 0],
    [[40_000, 1], 0],
    [[900, 50], 1],
    [
      [900, 50],
      [0, 1],
    ],
    [[30, 40, 50], 0],
    [
      [30, 40, 50],
      [1, 0],
    ],
    [
      [30, 40, 50],
      [0, 2],
    ],
    [
      [1, 900, 50],
      [0, 1],
    ],
    [[1, 900, 50], -1],
  ])('of %j over axis %j is right with and without keepDims, and leaves no tensor', (shape, axis) => {
    const x = matrix(shape, 3);
    const summed = [axis].flat().map((at) => (at + shape.length) % shape.length);
    const expected = sums(x, summed);
    for (const keepDims of [false, true]) {
      const before = counts();
      const sum = tf.sum(x, axis, keepDims);
      expect(sum.shape).toEqual(
        keepDims ? shape.map((n, i) => (summed.includes(i) ? 1 : n)) : shape.filter((_, i) => !summed.includes(i)),
      );
      expect([...sum.dataSync()]).toEqual(expected);
      sum.dispose();
      expect(counts()).toEqual(before);
    }
    x.dispose();
  });

  test('of whole numbers stays whole', () => {
    const sum = tf.sum(tf.ones([200, 100], 'int32'), 0);
    expect([sum.dtype, sum.dataSync()[99]]).toEqual(['int32', 200]);
  });
});

test('on wasm, a clone outlives its original, and both free their memory', () => {
  const before = counts();
  const original = tf.tensor1d([1, 2, 3]);
  const clone = tf.clone(original);
  original.dispose();
  expect([...clone.dataSync()]).toEqual([1, 2, 3]);
  clone.dispose();
  expect(counts()).toEqual(before);

  const variable = tf.variable(tf.tensor1d([1, 2]));
  const earlier = tf.clone(variable);
  variable.assign(tf.tensor1d([5, 6]));
  expect([...earlier.dataSync()]).toEqual([1, 2]);
  expect([...tf.clone(tf.tensor1d(['a', 'b'])).dataSync()]).toEqual(['a', 'b']);
});

/** Σₖ aᵢₖ bₖⱼ, by three loops for each member of the batch. */
function plainProduct(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): number[] {
  const matrices = (x: tf.Tensor) => (x.rank === 2 ? [x.arraySync()] : x.arraySync()) as number[][][];
  const read = (m: number[][], row: number, column: number) => m[row]?.[column] ?? Number.NaN;
  const [allA, allB] = [matrices(a), matrices(b)];
  return allA.flatMap((left, i) => {
    const right = allB[i] as number[][];
    const [rows, inner] = transposeA ? [left[0]?.length ?? 0, left.length] : [left.length, left[0]?.length ?? 0];
    const columns = transposeB ? right.length : (right[0]?.length ?? 0);
    return Array.from({ length: rows * columns }, (_, at) => {
      const [r, c] = [Math.floor(at / columns), at % columns];
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum +=
          (transposeA ? read(left, k, r) : read(left, r, k)) * (transposeB ? read(right, c, k) : read(right, k, c));
      }
      return sum;
    });
  });
}

/** Sums over some axes, by one loop over all numbers. */
function sums(x: tf.Tensor, axes: number[]): number[] {
  const totals = new Map<string, number>();
  const strides = x.shape.map((_, axis) => tf.util.sizeFromShape(x.shape.slice(axis + 1)));
  x.dataSync().forEach((value, at) => {
    const place = x.shape
      .map((n, axis) => Math.floor(at / (strides[axis] as number)) % n)
      .filter((_, axis) => !axes.includes(axis));
    totals.set(place.join(), (totals.get(place.join()) ?? 0) + value);
  });
  return [...totals.values()];
}
