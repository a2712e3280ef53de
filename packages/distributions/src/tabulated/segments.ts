/** Heights of a density at the ends of equal cells, made to integrate to 1, with what follows from them: in float64. */
export interface Segments {
  /** At the n + 1 ends, per unit of x. */
  heights: number[];
  /** P(X ≤ x) at the ends, from 0 to 1. */
  cumulative: number[];
  width: number;
}

/**
 * The density that is a straight line between its values.
 *
 * @throws RangeError when there are fewer than two values, one is negative or not finite, or all are 0.
 */
export function segmentsOf(owner: string, values: readonly number[], low: number, high: number): Segments {
  checkRange(owner, 'low', 'high', low, high);
  checkHeights(owner, values);
  const width = (high - low) / (values.length - 1);
  const masses = values.slice(1).map((right, i) => (width * ((values[i] as number) + right)) / 2);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  let reached = 0;
  const cumulative = masses.map((mass) => {
    reached += mass;
    return reached / total;
  });
  return { heights: values.map((value) => value / total), cumulative: [0, ...cumulative], width };
}

/** @throws RangeError when values are not the heights of a density. */
export function checkHeights(owner: string, values: readonly number[]): void {
  if (values.length < 2) throw new RangeError(`${owner}: density must be at least 2 values, got ${values.length}`);
  const bad = values.find((value) => !(value >= 0 && Number.isFinite(value)));
  if (bad !== undefined) throw new RangeError(`${owner}: density must be finite and not negative, got ${bad}`);
  if (!values.some((value) => value > 0))
    throw new RangeError(`${owner}: density must be positive somewhere, got only 0`);
}

/** @throws RangeError when a range is not finite numbers, the first below the second. */
export function checkRange(owner: string, first: string, second: string, low: number, high: number): void {
  if (!Number.isFinite(low)) throw new RangeError(`${owner}: ${first} must be finite, got ${low}`);
  if (!(high > low && Number.isFinite(high))) {
    throw new RangeError(`${owner}: ${second} must be above ${first} = ${low}, got ${high}`);
  }
}

/** ∫ p, ∫ p t, ∫ p t² and −∫ p log p over a cell [0, 1] on which p is a line from a to b. */
export function cellMoments(a: number, b: number): { mass: number; first: number; second: number; entropy: number } {
  const mass = (a + b) / 2;
  const first = (a + 2 * b) / 6;
  const second = (a + 3 * b) / 12;
  return { mass, first, second, entropy: -lineTimesLog(a, b) };
}

/** ∫ p log p over [0, 1]: [½ p² log p − ¼ p²] / (b − a), or about the middle where the two are nearly the same. */
function lineTimesLog(a: number, b: number): number {
  const middle = (a + b) / 2;
  if (middle === 0) return 0;
  const gap = (b - a) / middle;
  if (Math.abs(gap) < 1e-3) return middle * (Math.log(middle) + gap ** 2 / 24);
  const antiderivative = (p: number) => (p === 0 ? 0 : 0.5 * p * p * Math.log(p) - 0.25 * p * p);
  return (antiderivative(b) - antiderivative(a)) / (b - a);
}
