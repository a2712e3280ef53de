import * as tf from '@tensorflow/tfjs-core';

/** The kernel whose transposes are taken out, and how few multiplications are not worth the detour. */
const KERNEL = 'BatchMatMul';
const LEAST_WORK = 2 ** 14;

type Matrix = Pick<tf.TensorInfo, 'dataId' | 'shape' | 'dtype'>;
interface DataOwner {
  disposeData(dataId: object): void;
}

let done = false;

/**
 * Makes products with transposed matrices – the gradients of every matMul – fast on wasm: its kernel for plain
 * products is XNNPACK's, the one for transposed matrices a simple loop, some ten times slower. So the matrix is
 * transposed first, by a kernel of its own, and then multiplied plainly: `AᵀB = (Aᵀ) B`.
 */
export function transposeFirst(): void {
  const kernel = tf.getKernel(KERNEL, 'wasm');
  const transpose = tf.getKernel('Transpose', 'wasm');
  if (done || !kernel || !transpose) return;
  done = true;

  tf.unregisterKernel(KERNEL, 'wasm');
  tf.registerKernel({
    ...kernel,
    kernelFunc({ inputs, attrs, backend }) {
      const { a, b } = inputs as { a: Matrix; b: Matrix };
      const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
      const product = (left: Matrix, right: Matrix, flags: object) =>
        kernel.kernelFunc({ inputs: { a: left, b: right }, attrs: { ...attrs, ...flags }, backend });
      if (!(transposeA || transposeB) || !worthIt(a, b, transposeB)) return product(a, b, {});

      const flip = (x: Matrix) => transpose.kernelFunc({ inputs: { x }, attrs: { perm: [1, 0] }, backend }) as Matrix;
      const [left, right] = [transposeA ? flip(a) : a, transposeB ? flip(b) : b];
      const result = product(left, right, { transposeA: false, transposeB: false });
      for (const made of [left, right]) if (made !== a && made !== b) (backend as DataOwner).disposeData(made.dataId);
      return result;
    },
  });
}

/** Only two matrices, neither of them in a batch, meet XNNPACK. */
function worthIt(a: Matrix, b: Matrix, transposeB: boolean): boolean {
  if (a.shape.length !== 2 || b.shape.length !== 2) return false;
  const [rows, columns] = a.shape as [number, number];
  return rows * columns * (b.shape[transposeB ? 0 : 1] as number) >= LEAST_WORK;
}
