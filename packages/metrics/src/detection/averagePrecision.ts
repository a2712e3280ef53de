/** What became of a detection: it found nothing, it found an object, or it counts neither way. */
export const MISSED = 0;
export const HIT = 1;
export const IGNORED = 2;

/**
 * The mean, over levels of recall, of the best precision at that recall or a higher one; 0 where none is so high.
 *
 * @param outcomes - of the detections, the surest first.
 * @param positives - how many objects there are to find.
 * @param levels - ascending.
 */
export function averagePrecision(outcomes: readonly number[], positives: number, levels: readonly number[]): number {
  let [hits, misses] = [0, 0];
  const points = outcomes.map((outcome) => {
    if (outcome === HIT) hits++;
    if (outcome === MISSED) misses++;
    return { recall: hits / positives, precision: hits / (hits + misses || 1) };
  });
  let [sum, best, level] = [0, 0, levels.length - 1];
  for (const { recall, precision } of points.reverse()) {
    for (; (levels[level] as number) > recall; level--) sum += best;
    best = Math.max(best, precision);
  }
  return (sum + best * (level + 1)) / levels.length;
}
