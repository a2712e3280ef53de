import { type Kernel, kernelOf, replaceKernel, type Value, type WasmBackend } from './replaceKernel';

interface Transposes {
  transposeA: boolean;
  transposeB: boolean;
}

/** So few multiplications are not worth the detour. */
const LEAST_WORK = 2 ** 14;

/** A tall matrix is transposed in blocks of so many rows. */
const BLOCK = 64;

/**
 * Products with transposed matrices are the gradients of every matMul. The backend computes plain products with XNNPACK,
 * and those by a simple loop, some ten times slower. So the matrix is transposed first: `AᵀB = (Aᵀ) B`.
 */
export function quickenTransposedProducts(): void {
  replaceKernel<Transposes>(
    'BatchMatMul',
    (multiply): Kernel<Transposes> =>
      (call) => {
        const { transposeA, transposeB } = call.attrs;
        const { a, b } = call.inputs as { a: Value; b: Value };
        if (!(transposeA || transposeB) || !isWorthIt(a, b, transposeB)) return multiply(call);

        const { backend } = call;
        const left = transposeA ? transposed(a, backend) : a;
        const right = transposeB ? transposed(b, backend) : b;
        const attrs = { ...call.attrs, transposeA: false, transposeB: false };
        const product = multiply({ backend, inputs: { a: left, b: right }, attrs });
        if (transposeA) backend.disposeData(left.dataId);
        if (transposeB) backend.disposeData(right.dataId);
        return product;
      },
  );
}

/** Only products of one matrix with one other, not of batches of them, meet XNNPACK. */
function isWorthIt(a: Value, b: Value, transposeB: boolean): boolean {
  const sizes = [a, b].map(({ shape }) => shape.reduce((size, n) => size * n, 1));
  const [[rows, columns], [p, q]] = [a.shape.slice(-2), b.shape.slice(-2)] as [[number, number], [number, number]];
  const single = sizes[0] === rows * columns && sizes[1] === p * q;
  return single && rows * columns * (transposeB ? p : q) >= LEAST_WORK;
}

/** [rows, columns] → [columns, rows]; in two steps where it can be, so that what lies together is moved together. */
function transposed(x: Value, backend: WasmBackend): Value {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const transpose = kernelOf<{ perm: number[] }>('Transpose');
  const permuted = (from: Value, shape: number[], perm: number[]) =>
    transpose({ inputs: { x: { ...from, shape } }, attrs: { perm }, backend });
  const shape = [...x.shape.slice(0, -2), columns, rows];

  const blocks = rows / BLOCK;
  if (!Number.isInteger(blocks)) return { ...permuted(x, [rows, columns], [1, 0]), shape };
  const inBlocks = permuted(x, [blocks, BLOCK, columns], [0, 2, 1]); // [blocks, columns, BLOCK]
  const whole = permuted(inBlocks, [blocks, columns, BLOCK], [1, 0, 2]); // [columns, blocks, BLOCK]
  backend.disposeData(inBlocks.dataId);
  return { ...whole, shape };
}
