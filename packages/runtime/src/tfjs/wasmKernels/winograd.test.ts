import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';
import { conv2d } from '../../ops/conv2d';
import { forgetWeights } from './forgetWeights';
import { type Simd, simd } from './simd';
import type { Value, WasmBackend } from './wasmBackend';

/** Convolutions of 3×3 with many channels, which take Winograd's way, against the sum that defines them, in float64. */

let wasm: Device;
let backend: WasmBackend;
beforeAll(async () => {
  wasm = await initDevice({ prefer: ['wasm'] });
  backend = tf.backend() as unknown as WasmBackend;
});
afterAll(() => wasm.dispose());

type Sides = [top: number, bottom: number, left: number, right: number];
interface Case {
  x: [batch: number, height: number, width: number, channels: number];
  out: number;
  pad: Sides;
}

const cases: Record<string, Case> = {
  'tiles that fit': { x: [1, 16, 12, 16], out: 16, pad: [1, 1, 1, 1] },
  'tiles that stick out': { x: [2, 13, 11, 20], out: 24, pad: [1, 1, 1, 1] },
  'no padding': { x: [1, 15, 18, 16], out: 32, pad: [0, 0, 0, 0] },
  'padding that differs by side, and exceeds the filter': { x: [1, 12, 13, 32], out: 16, pad: [2, 0, 1, 4] },
  'few tiles, with a filter that is spread already': { x: [1, 7, 7, 16], out: 16, pad: [1, 1, 1, 1] },
  'more tiles than are held at once': { x: [3, 55, 50, 16], out: 16, pad: [1, 1, 1, 1] },
};

const normal = (shape: [number, number, number, number], seed: number) =>
  tf.randomNormal(shape, 0, 1, 'float32', seed) as tf.Tensor4D;

const place = (shape: readonly number[], index: readonly number[]) =>
  shape.reduce((at, size, axis) => at * size + (index[axis] as number), 0);

/** Every multiplication of a convolution: y[to] += x[from] f[by]. */
function forEachProduct(
  { x, out, pad }: Case,
  visit: (to: number, from: number, by: number) => void,
): [number, number, number, number] {
  const [batch, height, width, channels] = x;
  const y = [batch, height + pad[0] + pad[1] - 2, width + pad[2] + pad[3] - 2, out] as const;
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < y[1]; i++)
      for (let j = 0; j < y[2]; j++)
        for (let u = 0; u < 3; u++)
          for (let v = 0; v < 3; v++) {
            const [row, column] = [i + u - pad[0], j + v - pad[2]];
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            const from = place(x, [b, row, column, 0]);
            const to = place(y, [b, i, j, 0]);
            const by = place([3, 3, channels, out], [u, v, 0, 0]);
            for (let c = 0; c < channels; c++) for (let k = 0; k < out; k++) visit(to + k, from + c, by + c * out + k);
          }
  return [...y];
}

/** Within float32's rounding of 36 places: some ten times that of the sum itself. */
function expectClose(ours: tf.Tensor, exact: Float64Array): void {
  const numbers = ours.dataSync();
  expect(numbers.length).toBe(exact.length);
  const scale = Math.sqrt(exact.reduce((sum, value) => sum + value * value, 0) / exact.length);
  const worst = exact.reduce((most, value, i) => Math.max(most, Math.abs(value - (numbers[i] as number))), 0);
  expect(worst / scale).toBeLessThan(2e-5);
}

const convolve = (x: tf.Tensor4D, f: tf.Tensor4D, [top, bottom, left, right]: Sides) =>
  tf.conv2d(x, f, 1, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);

test.each(Object.entries(cases))('%s: forward, and both ways back', (_name, problem) => {
  tf.tidy(() => {
    const { x: shape, out, pad } = problem;
    const x = normal(shape, 1);
    const f = normal([3, 3, shape[3], out], 2);
    const [xs, fs] = [x.dataSync(), f.dataSync()];
    let y = convolve(x, f, pad);
    const exact = new Float64Array(y.size);
    expect(
      forEachProduct(problem, (to, from, by) => (exact[to] = (exact[to] as number) + at(xs, from) * at(fs, by))),
    ).toEqual(y.shape);
    expectClose(y, exact);
    // The second time the filter is kept spread.
    y = convolve(x, f, pad);
    expectClose(y, exact);

    const dy = normal([...y.shape], 3);
    const above = dy.dataSync();
    const [dx, df] = [new Float64Array(x.size), new Float64Array(f.size)];
    forEachProduct(problem, (to, from, by) => {
      dx[from] = (dx[from] as number) + at(above, to) * at(fs, by);
      df[by] = (df[by] as number) + at(above, to) * at(xs, from);
    });
    const grads = tf.grads((a, b) => convolve(a as tf.Tensor4D, b as tf.Tensor4D, pad))([x, f], dy);
    expectClose(grads[0] as tf.Tensor, dx);
    expectClose(grads[1] as tf.Tensor, df);
  });
});

const at = (numbers: ArrayLike<number>, i: number) => numbers[i] as number;

describe('a filter that is kept spread', () => {
  const run = (x: tf.Tensor4D, f: tf.Tensor) =>
    tf.tidy(() => [...conv2d(x, f as tf.Tensor4D, { padding: 'same' }).dataSync()]);

  test('gives, from the second time on, what it gave the first time', () => {
    tf.tidy(() => {
      const [x, f] = [normal([1, 16, 16, 16], 1), normal([3, 3, 16, 16], 2)];
      const first = run(x, f);
      expect(run(x, f)).toEqual(first);
      expect(run(x, f)).toEqual(first);
    });
  });

  test('is forgotten when its numbers are overwritten', () => {
    tf.tidy(() => {
      const [x, f] = [normal([1, 16, 16, 16], 1), normal([3, 3, 16, 16], 2)];
      const first = run(x, f);
      run(x, f);
      for (const factor of [2, 4]) {
        const numbers = backend.typedArrayFromHeap(f as unknown as Value);
        numbers.forEach((value, i) => {
          numbers[i] = 2 * value;
        });
        forgetWeights(backend, f.dataId);
        const expected = first.map((value) => factor * value);
        expect(run(x, f)).toEqual(expected);
        expect(run(x, f)).toEqual(expected);
      }
    });
  });

  test('goes with its tensor, and another may lie in the same place', () => {
    const x = normal([1, 16, 16, 16], 1);
    const values = [2, 3].map((seed) => tf.tidy(() => normal([3, 3, 16, 16], seed).dataSync()));
    const results = values.map((numbers) => {
      const f = tf.tensor(numbers, [3, 3, 16, 16]);
      const address = backend.dataIdMap.get(f.dataId).memoryOffset;
      const [first, second] = [run(x, f), run(x, f)];
      expect(second).toEqual(first);
      f.dispose();
      return { address, first };
    });
    expect(results[1]?.address).toBe(results[0]?.address);
    expect(results[1]?.first).not.toEqual(results[0]?.first);
    x.dispose();
  });

  test('is spread once, at its second meeting, and stays when only a clone of its tensor goes', () => {
    const spread = vi.spyOn(simd(backend) as Simd, 'spreadFilter');
    tf.tidy(() => {
      const [x, f] = [normal([1, 16, 16, 16], 1), normal([3, 3, 16, 16], 2)];
      run(x, f);
      expect(spread).toHaveBeenCalledTimes(0);
      for (let i = 0; i < 2; i++) {
        run(x, f);
        f.clone().dispose();
      }
      run(x, f);
      expect(spread).toHaveBeenCalledTimes(1);
    });
    spread.mockRestore();
  });

  test('is another for the same numbers in another shape', () => {
    tf.tidy(() => {
      const f = normal([3, 3, 16, 32], 2);
      const wide = tf.reshape(f, [3, 3, 32, 16]) as tf.Tensor4D;
      const [narrowX, wideX] = [normal([1, 16, 16, 16], 1), normal([1, 16, 16, 32], 1)];
      const [first, other] = [run(narrowX, f), run(wideX, wide)];
      expect(run(narrowX, f)).toEqual(first);
      expect(run(wideX, wide)).toEqual(other);
      expect(run(wideX, wide)).toEqual(other);
      expect(run(narrowX, f)).toEqual(first);
    });
  });

  test('leaves the memory no larger when models come and go', () => {
    const x = normal([1, 8, 8, 64], 1);
    const use = () => {
      const f = normal([3, 3, 64, 256], 2);
      for (let i = 0; i < 3; i++) conv2d(x, f, { padding: 'same' }).dispose();
      f.dispose();
    };
    use();
    use();
    const size = backend.wasm.HEAPU8.length;
    // 2.4 MB each: were they not freed, the heap would have grown by 96 MB.
    for (let i = 0; i < 40; i++) use();
    expect(backend.wasm.HEAPU8.length).toBe(size);
    x.dispose();
  });
});
