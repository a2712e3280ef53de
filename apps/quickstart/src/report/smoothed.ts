/** At most so many points of a curve can be told apart. */
const POINTS = 150;

/** A noisy curve as means of neighbouring values; x counts them from 1. */
export function smoothed(values: readonly number[]): { x: number; y: number }[] {
  const width = Math.max(1, Math.ceil(values.length / POINTS));
  return Array.from({ length: Math.ceil(values.length / width) }, (_, i) => {
    const some = values.slice(i * width, (i + 1) * width);
    return { x: i * width + (some.length + 1) / 2, y: some.reduce((sum, value) => sum + value, 0) / some.length };
  });
}
