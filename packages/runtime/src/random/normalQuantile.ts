/** A polynomial's coefficients, from the constant on. */
type Polynomial = readonly number[];

/**
 * The quantile of the normal law to 7 digits, as quotients of polynomials: in the middle of r = 0.180625 − d², d the distance
 * from ½; outside of r = √(−ln q), less 1.6 or 5.
 */
const middle: [Polynomial, Polynomial] = [
  [3.3871327179, 50.434271938, 159.29113202, 59.10937472],
  [1, 17.895169469, 78.757757664, 67.1875636],
];
const outside: [Polynomial, Polynomial] = [
  [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103],
  [1, 0.7370016425, 0.12021132975],
];
const farOutside: [Polynomial, Polynomial] = [
  [6.657905115, 3.081226386, 0.42868294337, 0.017337203997],
  [1, 0.24197894225, 0.012258202635],
];

const MIDDLE = 0.425;

const evaluate = (coefficients: Polynomial, x: number) =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

const quotient = ([above, below]: [Polynomial, Polynomial], x: number) => evaluate(above, x) / evaluate(below, x);

/**
 * How far above the mean a standard normal number is that is exceeded with probability q: Φ⁻¹(1 − q).
 *
 * Reference: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", 1988, PPND7.
 *
 * @param q - in (0, ½].
 */
export function upperQuantile(q: number): number {
  const d = 0.5 - q;
  if (d <= MIDDLE) return d * quotient(middle, 0.180625 - d * d);
  const r = Math.sqrt(-Math.log(q));
  return r <= 5 ? quotient(outside, r - 1.6) : quotient(farOutside, r - 5);
}

const horner = (coefficients: Polynomial): string =>
  coefficients.reduceRight<string>(
    (sum, coefficient) => (sum ? `(${sum} * x + ${coefficient})` : `${coefficient}`),
    '',
  );

const functionOf = (name: string, [above, below]: [Polynomial, Polynomial]): string =>
  `fn ${name}(x: f32) -> f32 { return ${horner(above)} / ${horner(below)}; }`;

/** `upperQuantile` in WGSL, after `preciseLog` and `preciseRoot`. */
export const upperQuantileCode = (): string => `
${functionOf('middle', middle)}
${functionOf('outside', outside)}
${functionOf('farOutside', farOutside)}
fn upperQuantile(q: f32) -> f32 {
  let d = 0.5 - q;
  if (d <= ${MIDDLE}) { return d * middle(0.180625 - d * d); }
  let r = preciseRoot(-preciseLog(q));
  if (r <= 5.0) { return outside(r - 1.6); }
  return farOutside(r - 5.0);
}
`;

/**
 * The probability that a standard normal number exceeds x: 1 − Φ(x), with small ones to full relative precision. By the series
 * of Φ near the mean, by Laplace's continued fraction outside.
 *
 * Reference: Abramowitz, Stegun, "Handbook of Mathematical Functions", 1964, 26.2.11 and 26.2.14.
 */
export function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let n = 3; term > sum * 1e-17; n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let n = 100; n >= 1; n--) fraction = x + n / fraction;
  return density / fraction;
}
