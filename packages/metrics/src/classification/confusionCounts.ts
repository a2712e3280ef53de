import type { Numbers } from '../arguments/numbers';

/**
 * Adds samples to a table of counts.
 *
 * @param counts - [K, K], rows the truth, columns the prediction.
 * @param truth - [N], the numbers of classes; a sample with −1 in either is left out.
 * @param prediction - [N].
 * @param weights - [N].
 */
export function addConfusion(
  counts: Float64Array,
  size: number,
  truth: Int32Array,
  prediction: Int32Array,
  weights?: Numbers,
): void {
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i] as number;
    const p = prediction[i] as number;
    if (t < 0 || p < 0) continue;
    const cell = t * size + p;
    counts[cell] = (counts[cell] as number) + (weights ? (weights[i] as number) : 1);
  }
}
