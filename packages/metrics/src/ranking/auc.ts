import { checkNumbers, type Numbers } from '../arguments/numbers';

/**
 * The area under a curve that is given by its corners, by the trapezoidal rule.
 *
 *     Σ (xᵢ₊₁ − xᵢ) (yᵢ₊₁ + yᵢ) / 2
 *
 * @param x - [N ≥ 2], all ascending or all descending.
 * @param y - [N].
 * @throws RangeError if x turns back.
 */
export function auc(x: Numbers, y: Numbers): number {
  checkNumbers('auc', 'x', x);
  checkNumbers('auc', 'y', y, x.length);
  if (x.length < 2) throw new RangeError(`auc: x must have at least 2 elements, got ${x.length}`);
  let rises = false;
  let falls = false;
  let area = 0;
  for (let i = 1; i < x.length; i++) {
    const width = (x[i] as number) - (x[i - 1] as number);
    rises ||= width > 0;
    falls ||= width < 0;
    area += (width * ((y[i] as number) + (y[i - 1] as number))) / 2;
  }
  if (rises && falls) throw new RangeError('auc: x must be ascending or descending, got one that turns back');
  return falls ? -area : area;
}
