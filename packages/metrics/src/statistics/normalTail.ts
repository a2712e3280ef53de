/**
 * The complementary error function, `2/√π ∫ₓ^∞ exp(−t²) dt`, for x ≥ 0.
 *
 * Below 2 by the series of erf whose terms are all positive, from there by the continued fraction (Abramowitz & Stegun
 * 7.1.6 and 7.1.14).
 */
function erfc(x: number): number {
  if (x < 2) {
    let [term, total] = [x, x];
    for (let n = 1; term > total * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
  }
  let fraction = x;
  for (let n = 80; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** How probable it is that a standard normal number is further from 0 than z. */
export function bothTails(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}
