import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../device';
import { initDevice } from '../initDevice';

/** Small whole numbers, so that sums are exact in whatever order they are made. */
const matrix = (shape: number[], step: number) => tf.reshape(whole(tf.util.sizeFromShape(shape), step), shape);
const whole = (n: number, step: number) =>
  tf.tensor1d(Float32Array.from({ length: n }, (_, i) => ((i * step) % 7) - 3));

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
  // Small enough for the loop, large enough for the detour, a square, and one in batches.
  test.each([
    [[], 3, 4, 5],
    [[], 40, 50, 30],
    [[], 32, 32, 32],
    [[2], 30, 20, 40],
  ])('is right for %j × [%d, %d, %d], and leaves no tensor', (batch, rows, inner, columns) => {
    const a = matrix([...batch, ...(transposeA ? [inner, rows] : [rows, inner])], 3);
    const b = matrix([...batch, ...(transposeB ? [columns, inner] : [inner, columns])], 5);
    const expected = plainProduct(a, b, transposeA, transposeB);
    const before = { tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers };
    const product = tf.matMul(a, b, transposeA, transposeB);
    expect(product.shape).toEqual([...batch, rows, columns]);
    expect([...product.dataSync()]).toEqual(expected);
    product.dispose();
    expect({ tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers }).toEqual(before);
    tf.dispose([a, b]);
  });
});

test('shapes that do not match are still refused', () => {
  expect(() => tf.matMul(tf.zeros([64, 64]), tf.zeros([64, 65]), true, true)).toThrow('inner shapes');
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
