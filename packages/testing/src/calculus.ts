import * as tf from '@tensorflow/tfjs-core';

/**
 * The Jacobian of a function of one point, by central differences: entry [i, j] is ∂fᵢ/∂xⱼ. All the shifted points go
 * through the function as one batch.
 *
 * @param f - points [batch, ...E] → values [batch, ...F].
 * @param at - the point, its numbers in order.
 * @param event - the shape E.
 * @param step - the shift h; the error is of order h² and rounding / h.
 * @returns rows of the matrix, |F| × |E|.
 */
export async function numericalJacobian(
  f: (x: tf.Tensor) => tf.Tensor,
  at: readonly number[],
  event: readonly number[] = [at.length],
  step = 1e-2,
): Promise<number[][]> {
  const D = at.length;
  const shifted = [1, -1].flatMap((sign) =>
    at.flatMap((_, j) => at.map((value, i) => (i === j ? value + sign * step : value))),
  );
  const values = tf.tidy(() => f(tf.tensor(shifted, [2 * D, ...event])));
  const data = await values.data();
  const F = values.size / (2 * D);
  values.dispose();
  return Array.from({ length: F }, (_, i) =>
    Array.from({ length: D }, (_, j) => {
      const plus = data[j * F + i] as number;
      const minus = data[(D + j) * F + i] as number;
      return (plus - minus) / (2 * step);
    }),
  );
}

/** log |det M|, by Gaussian elimination with partial pivoting. −∞ for a singular matrix. */
export function logAbsDet(matrix: readonly (readonly number[])[]): number {
  const m = matrix.map((row) => [...row]);
  let sum = 0;
  for (let k = 0; k < m.length; k++) {
    let best = k;
    for (let i = k + 1; i < m.length; i++) if (Math.abs(at(m, i, k)) > Math.abs(at(m, best, k))) best = i;
    [m[k], m[best]] = [m[best] as number[], m[k] as number[]];
    const pivot = at(m, k, k);
    sum += Math.log(Math.abs(pivot));
    for (let i = k + 1; i < m.length; i++) {
      const factor = at(m, i, k) / pivot;
      for (let j = k; j < m.length; j++) (m[i] as number[])[j] = at(m, i, j) - factor * at(m, k, j);
    }
  }
  return sum;
}

const at = (m: readonly (readonly number[])[], i: number, j: number) => m[i]?.[j] as number;
