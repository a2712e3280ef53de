import type { Measure } from './cocoScores';
import type { Evaluated, ImageMatches } from './evaluateImages';
import { type Area, HIT, MISSED, thresholds } from './match';

/** At which recalls the precision is averaged. */
const RECALLS = Array.from({ length: 101 }, (_, i) => i * 0.01);

/** Averages what became of all detections: each class by itself, and the classes that had something to find. */
export function summarize<Name extends string>(
  { categories, matches }: Evaluated,
  scores: Record<Name, Measure>,
  maxDets: readonly number[],
): Record<Name, number> & { perClass: (Record<Name, number> & { id: number; name: string })[] } {
  const names = Object.keys(scores) as Name[];
  const byCategory = new Map<number, ImageMatches[]>([...categories.keys()].map((id) => [id, []]));
  for (const match of [...matches].sort((a, b) => a.image - b.image)) byCategory.get(match.category)?.push(match);
  const perClass = [...categories.values()]
    .sort((a, b) => a.id - b.id)
    .map((category) => {
      const value = measureClass(byCategory.get(category.id) ?? [], maxDets);
      return { ...category, ...record(names, (score) => value(scores[score])) };
    });
  return { ...record(names, (score) => mean(perClass.map((of) => of[score]).filter((v) => v !== -1)) ?? -1), perClass };
}

/** Measures one class. */
function measureClass(images: ImageMatches[], maxDets: readonly number[]): (measure: Measure) => number {
  // Every detection, the surest first, ties in the order of the images.
  const ranked = images
    .flatMap((image) => image.scores.map((score, d) => ({ image, score, d })))
    .sort((a, b) => b.score - a.score);

  const outcomes = (area: Area, t: number, most: number) =>
    ranked
      .filter(({ d }) => d < most)
      .map(({ image, d }) => image.byArea[area].outcomes[t * image.scores.length + d] as number);

  return ({ of, threshold, area = 'all', most = maxDets.length - 1 }) => {
    const positives = images.reduce((sum, image) => sum + image.byArea[area].positives, 0);
    if (positives === 0) return -1;
    const measure = of === 'precision' ? averagePrecision : finalRecall;
    const at = threshold === undefined ? [...thresholds.keys()] : [threshold];
    return mean(at.map((t) => measure(outcomes(area, t, maxDets[most] as number), positives))) as number;
  };
}

function finalRecall(outcomes: number[], positives: number): number {
  return outcomes.filter((outcome) => outcome === HIT).length / positives;
}

/** The mean, over the 101 recalls, of the best precision at that recall or a higher one; 0 where none is so high. */
function averagePrecision(outcomes: number[], positives: number): number {
  let [hits, misses] = [0, 0];
  const points: [recall: number, precision: number][] = [];
  for (const outcome of outcomes) {
    if (outcome === HIT) hits++;
    if (outcome === MISSED) misses++;
    points.push([hits / positives, hits / (misses + hits + Number.EPSILON)]);
  }
  let [sum, best, at] = [0, 0, RECALLS.length - 1];
  for (const [recall, precision] of points.reverse()) {
    for (; at >= 0 && (RECALLS[at] as number) > recall; at--) sum += best;
    best = Math.max(best, precision);
  }
  return (sum + best * (at + 1)) / RECALLS.length;
}

function record<Name extends string>(names: Name[], value: (name: Name) => number): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, number>;
}

function mean(values: number[]): number | undefined {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
}
