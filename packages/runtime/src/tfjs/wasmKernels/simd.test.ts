import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';
import { activationKinds, type Simd, simd } from './simd';
import type { WasmBackend } from './wasmBackend';

/** The loops for fused ops, each against the formula in float64, on lengths with and without a rest. */

let wasm: Device;
let loops: Simd;
let backend: WasmBackend;
beforeAll(async () => {
  wasm = await initDevice({ prefer: ['wasm'] });
  backend = tf.backend() as unknown as WasmBackend;
  loops = simd() as Simd;
});
afterAll(() => wasm.dispose());

/** Arrays on the heap, with guards behind them that must stay as they are. */
class Heap {
  readonly #held: { pointer: number; size: number }[] = [];
  put(numbers: ArrayLike<number>): number {
    const pointer = backend.wasm._malloc(4 * (numbers.length + 1));
    new Float32Array(backend.wasm.HEAPU8.buffer, pointer, numbers.length).set(numbers);
    new Uint32Array(backend.wasm.HEAPU8.buffer, pointer + 4 * numbers.length, 1)[0] = 0xabcd1234;
    this.#held.push({ pointer, size: numbers.length });
    return pointer;
  }
  get(pointer: number): number[] {
    const size = this.#held.find((held) => held.pointer === pointer)?.size ?? 0;
    return [...new Float32Array(backend.wasm.HEAPU8.buffer, pointer, size)];
  }
  free(): void {
    for (const { pointer, size } of this.#held) {
      expect(new Uint32Array(backend.wasm.HEAPU8.buffer, pointer + 4 * size, 1)[0]).toBe(0xabcd1234);
      backend.wasm._free(pointer);
    }
  }
}

const normal = (size: number, seed: number) => tf.tidy(() => tf.randomNormal([size], 0, 1, 'float32', seed).dataSync());
const zeros = (size: number) => new Float32Array(size);
const at = (numbers: ArrayLike<number>, i: number) => numbers[i] as number;

function expectClose(ours: ArrayLike<number>, exact: ArrayLike<number>, tolerance = 2e-6): void {
  expect(ours.length).toBe(exact.length);
  for (let i = 0; i < exact.length; i++) {
    expect(Math.abs(at(ours, i) - at(exact, i)) / Math.max(1, Math.abs(at(exact, i)))).toBeLessThan(tolerance);
  }
}

const sizes = [
  [1, 1],
  [3, 5],
  [7, 4],
  [2, 13],
  [64, 32],
] as const;

const withHeap = (run: (heap: Heap) => void) => () => {
  const heap = new Heap();
  run(heap);
  heap.free();
};

describe('activations', () => {
  const logistic = (x: number) => 1 / (1 + Math.exp(-x));
  /** By Simpson's rule. */
  const erf = (x: number): number => {
    const [n, h] = [400, x / 400];
    let sum = 0;
    for (let i = 0; i <= n; i++) sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp(-((i * h) ** 2));
    return ((2 / Math.sqrt(Math.PI)) * sum * h) / 3;
  };
  const formulas: Record<keyof typeof activationKinds, (x: number, alpha: number) => number> = {
    linear: (x) => x,
    relu: (x) => Math.max(x, 0),
    relu6: (x) => Math.min(Math.max(x, 0), 6),
    leakyRelu: (x, alpha) => (x > 0 ? x : alpha * x),
    elu: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x)),
    selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
    sigmoid: logistic,
    tanh: Math.tanh,
    silu: (x) => x * logistic(x),
    softplus: (x) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0),
    mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
    geluTanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  };
  /** From large to tiny on both sides, none where a slope jumps. */
  const points = Float32Array.from([-5, -3.3, -1, -0.49, -0.1, -1e-3, -1e-6, 1e-6, 1e-3, 0.3, 0.51, 1, 2, 3.7, 5.5, 7]);

  test.each(Object.entries(activationKinds))('%s and its slope', (name, kind) =>
    withHeap((heap) => {
      const formula = formulas[name as keyof typeof activationKinds];
      const [x, y, dx] = [heap.put(points), heap.put(zeros(16)), heap.put(zeros(16))];
      const above = heap.put(normal(16, 5));
      loops.activate(kind, x, 0, y, 4, 4, 0.3);
      expectClose(
        heap.get(y),
        [...points].map((value) => formula(value, 0.3)),
      );
      loops.activateGradient(kind, above, x, 0, dx, 4, 4, 0.3);
      const step = 1e-6;
      const slope = (value: number) => (formula(value + step, 0.3) - formula(value - step, 0.3)) / (2 * step);
      expectClose(
        heap.get(dx).filter((_, i) => Math.abs(at(points, i)) > 1e-5),
        [...points].flatMap((value, i) => (Math.abs(value) > 1e-5 ? [slope(value) * at(heap.get(above), i)] : [])),
        5e-6,
      );
    })(),
  );

  test.each(['sigmoid', 'tanh', 'softplus', 'mish', 'gelu', 'geluTanh', 'elu', 'selu', 'silu'] as const)(
    '%s far out has no NaN',
    (name) =>
      withHeap((heap) => {
        const far = [-3e38, -200, -89, 89, 200];
        const [x, y, dx] = [heap.put(far), heap.put(zeros(5)), heap.put(zeros(5))];
        loops.activate(activationKinds[name], x, 0, y, 1, 5, 1);
        loops.activateGradient(activationKinds[name], heap.put([1, 1, 1, 1, 1]), x, 0, dx, 1, 5, 1);
        expectClose(
          heap.get(y).slice(1),
          far.slice(1).map((value) => (name.startsWith('gelu') ? Math.max(value, 0) : formulas[name](value, 1))),
        );
        expect([...heap.get(y), ...heap.get(dx)].every(Number.isFinite)).toBe(true);
      })(),
  );

  test.each(sizes)('with a bias down the columns of [%d, %d]', (rows, columns) =>
    withHeap((heap) => {
      const [x, bias, y] = [
        heap.put(normal(rows * columns, 1)),
        heap.put(normal(columns, 2)),
        heap.put(zeros(rows * columns)),
      ];
      loops.activate(activationKinds.tanh, x, bias, y, rows, columns, 0);
      expectClose(
        heap.get(y),
        heap.get(x).map((value, i) => Math.tanh(value + at(heap.get(bias), i % columns))),
      );
    })(),
  );
});

describe.each(sizes)('for a matrix [%d, %d]', (rows, columns) => {
  const n = rows * columns;
  const column = (numbers: ArrayLike<number>, c: number) =>
    Array.from({ length: rows }, (_, r) => at(numbers, r * columns + c));
  const row = (numbers: ArrayLike<number>, r: number) =>
    Array.from({ length: columns }, (_, c) => at(numbers, r * columns + c));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
  const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;
  const perColumn = (fn: (c: number) => number) => Array.from({ length: columns }, (_, c) => fn(c));
  let [first, second] = [zeros(0), zeros(0)] as Float32Array[];
  beforeAll(() => {
    [first, second] = [normal(n, 1), normal(n, 2)] as Float32Array[];
  });
  const x = () => first as Float32Array;
  const y = () => second as Float32Array;

  test(
    'sums and moments of columns',
    withHeap((heap) => {
      const a = heap.put(x());
      const [sums, means, rests, variances] = Array.from({ length: 4 }, () => heap.put(zeros(columns))) as [
        number,
        number,
        number,
        number,
      ];
      loops.columnSums(a, sums, rows, columns);
      loops.columnMoments(a, means, rests, variances, rows, columns);
      expectClose(
        heap.get(sums),
        perColumn((c) => sum(column(x(), c))),
      );
      expectClose(
        heap.get(means),
        perColumn((c) => mean(column(x(), c))),
      );
      expectClose(
        heap.get(means).map((value, c) => value + at(heap.get(rests), c)),
        perColumn((c) => mean(column(x(), c))),
        1e-12,
      );
      expectClose(
        heap.get(variances),
        perColumn((c) => mean(column(x(), c).map((value) => (value - mean(column(x(), c))) ** 2))),
      );
    }),
  );

  test(
    'columns normalized and mixed',
    withHeap((heap) => {
      const [a, b] = [heap.put(x()), heap.put(y())];
      const [p, q, s, m] = [3, 4, 5, 6].map((seed) => heap.put(normal(columns, seed))) as [
        number,
        number,
        number,
        number,
      ];
      const out = heap.put(zeros(n));
      const c = (pointer: number, i: number) => at(heap.get(pointer), i % columns);
      loops.normalizeColumns(a, m, p, q, out, rows, columns);
      expectClose(
        heap.get(out),
        [...x()].map((value, i) => (value - c(m, i)) * c(p, i) + c(q, i)),
      );
      loops.mixColumns(a, p, b, m, q, s, out, rows, columns);
      expectClose(
        heap.get(out),
        [...x()].map((value, i) => value * c(p, i) + (at(y(), i) - c(m, i)) * c(q, i) + c(s, i)),
      );
    }),
  );

  test.each(['linear', 'relu', 'tanh'] as const)('what follows a convolution, %s, and its gradient', (name) =>
    withHeap((heap) => {
      const [a, r, dy] = [heap.put(x()), heap.put(y()), heap.put(normal(n, 7))];
      const [m, s, t] = [3, 4, 5].map((seed) => heap.put(normal(columns, seed))) as [number, number, number];
      const [out, dz] = [heap.put(zeros(n)), heap.put(zeros(n))];
      const [sums, dots, work] = [heap.put(zeros(columns)), heap.put(zeros(columns)), heap.put(zeros(4 * columns))];
      const [value, slope] = {
        linear: [(z: number) => z, () => 1],
        relu: [(z: number) => Math.max(z, 0), (z: number) => (z > 0 ? 1 : 0)],
        tanh: [Math.tanh, (z: number) => 1 - Math.tanh(z) ** 2],
      }[name] as [(z: number) => number, (z: number) => number];
      const away = [...x()].map((number, i) => number - at(heap.get(m), i % columns));
      for (const residual of [0, r]) {
        const z = away.map((number, i) => {
          const scaled = number * at(heap.get(s), i % columns) + at(heap.get(t), i % columns);
          return scaled + (residual === 0 ? 0 : at(y(), i));
        });
        loops.affine(activationKinds[name], a, m, s, t, residual, out, rows, columns, 1);
        expectClose(heap.get(out), z.map(value));
        loops.affineGradient(activationKinds[name], dy, a, m, s, t, residual, dz, sums, dots, rows, columns, 1, work);
        const d = heap.get(dy).map((number, i) => number * slope(at(z, i)));
        if (name !== 'linear') expectClose(heap.get(dz), d, 5e-6);
        expectClose(
          heap.get(sums),
          perColumn((c) => sum(column(d, c))),
          1e-5,
        );
        expectClose(
          heap.get(dots),
          perColumn((c) => sum(column(d, c).map((number, row) => number * at(away, row * columns + c)))),
          1e-5,
        );
      }
    })(),
  );

  test(
    'layer norm and its gradients',
    withHeap((heap) => {
      const [gamma, beta] = [normal(columns, 3), normal(columns, 4)];
      const [a, g, b, dy] = [heap.put(x()), heap.put(gamma), heap.put(beta), heap.put(y())];
      const [out, dx] = [heap.put(zeros(n)), heap.put(zeros(n))];
      const [dGamma, dBeta] = [heap.put(zeros(columns)), heap.put(zeros(columns))];
      loops.layerNorm(a, g, b, out, rows, columns, 0.1);
      loops.layerNormGradient(dy, a, g, dx, dGamma, dBeta, rows, columns, 0.1);

      const units = (numbers: ArrayLike<number>) =>
        Array.from({ length: rows }, (_, r) => {
          const values = row(numbers, r);
          const middle = mean(values);
          const spread = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) + 0.1);
          return values.map((value) => (value - middle) / spread);
        }).flat();
      const normalized = (numbers: ArrayLike<number>) =>
        units(numbers).map((value, i) => value * at(gamma, i % columns) + at(beta, i % columns));
      const unit = units(x());
      expectClose(heap.get(out), normalized(x()));
      expectClose(
        heap.get(dBeta),
        perColumn((c) => sum(column(y(), c))),
      );
      expectClose(
        heap.get(dGamma),
        perColumn((c) => sum(column(y(), c).map((value, r) => value * at(unit, r * columns + c)))),
        5e-6,
      );
      const weights = y();
      const loss = (numbers: ArrayLike<number>) => sum(normalized(numbers).map((value, i) => value * at(weights, i)));
      const exact = Array.from({ length: Math.min(n, 15) }, (_, i) => {
        const moved = (by: number) => Float64Array.from(x(), (value, j) => (i === j ? value + by : value));
        return (loss(moved(1e-5)) - loss(moved(-1e-5))) / 2e-5;
      });
      expectClose(heap.get(dx).slice(0, exact.length), exact, 1e-5);
    }),
  );
});
