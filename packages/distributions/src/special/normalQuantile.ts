/** Coefficients from the constant on: above and below the line. */
export type Rational = readonly [readonly number[], readonly number[]];

/** Of 0.180625 − (p − ½)², of r − 1.6 and of r − 5, where r = √(−log min(p, 1 − p)). */
export const CENTRE: Rational = [
  [3.3871327179, 50.434271938, 159.29113202, 59.10937472],
  [1, 17.895169469, 78.757757664, 67.1875636],
];
export const MIDDLE: Rational = [
  [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103],
  [1, 0.7370016425, 0.12021132975],
];
export const TAIL: Rational = [
  [6.657905115, 3.081226386, 0.42868294337, 0.017337203997],
  [1, 0.24197894225, 0.012258202635],
];

const evaluate = (x: number, [above, below]: Rational): number => sumOf(x, above) / sumOf(x, below);

const sumOf = (x: number, coefficients: readonly number[]): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/**
 * Φ⁻¹(p) of a number, to 7 digits.
 *
 * Reference: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", 1988.
 */
export function normalQuantile(p: number): number {
  const fromCentre = p - 0.5;
  if (Math.abs(fromCentre) <= 0.425) return fromCentre * evaluate(0.180625 - fromCentre ** 2, CENTRE);
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  return Math.sign(fromCentre) * (r <= 5 ? evaluate(r - 1.6, MIDDLE) : evaluate(r - 5, TAIL));
}
