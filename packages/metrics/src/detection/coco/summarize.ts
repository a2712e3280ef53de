import { averagePrecision, HIT } from '../averagePrecision';
import type { Evaluated, ImageMatches } from './evaluateImages';
import { type Area, areas, thresholds } from './match';

/** At which recalls the precision is averaged. */
const RECALLS = Array.from({ length: 101 }, (_, i) => i * 0.01);

/**
 * Averages what became of all detections: each class by itself, and the classes that had something to find.
 *
 * @param names - of scores, from `cocoScores`.
 */
export function summarize(
  { categories, matches }: Evaluated,
  names: readonly string[],
  maxDets: readonly number[],
): Record<string, unknown> {
  const byCategory = new Map<number, ImageMatches[]>([...categories.keys()].map((id) => [id, []]));
  for (const match of [...matches].sort((a, b) => a.image - b.image)) byCategory.get(match.category)?.push(match);
  const perClass = [...categories.values()]
    .sort((a, b) => a.id - b.id)
    .map((category) => ({ category, scores: scoresOf(byCategory.get(category.id) ?? [], names, maxDets) }));
  return {
    ...record(
      names,
      (name) => mean(perClass.map(({ scores }) => scores[name] as number).filter((v) => v !== -1)) ?? -1,
    ),
    perClass: perClass.map(({ category, scores }) => ({ ...category, ...scores })),
  };
}

/** The scores of one class, from its images in their order. */
function scoresOf(
  images: ImageMatches[],
  names: readonly string[],
  maxDets: readonly number[],
): Record<string, number> {
  // Every detection, the surest first, ties in the order of the images.
  const ranked = images
    .flatMap((image) => image.scores.map((score, d) => ({ image, score, d })))
    .sort((a, b) => b.score - a.score);

  return record(names, (name) => {
    const what = name.slice(2);
    const area = what in areas ? (what as Area) : 'all';
    const threshold = { 50: 0, 75: 5 }[what];
    const most = maxDets[{ 1: 0, 10: 1 }[what] ?? maxDets.length - 1] as number;
    const measure = name.startsWith('AP') ? averagePrecision : finalRecall;

    const positives = images.reduce((sum, image) => sum + image.byArea[area].positives, 0);
    if (positives === 0) return -1;
    const counted = ranked.filter(({ d }) => d < most);
    const values = (threshold === undefined ? [...thresholds.keys()] : [threshold]).map((t) => {
      const outcomes = counted.map(
        ({ image, d }) => image.byArea[area].outcomes[t * image.scores.length + d] as number,
      );
      return measure(outcomes, positives, RECALLS);
    });
    return mean(values) as number;
  });
}

function finalRecall(outcomes: number[], positives: number): number {
  return outcomes.filter((outcome) => outcome === HIT).length / positives;
}

function record(names: readonly string[], value: (name: string) => number): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}

function mean(values: number[]): number | undefined {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
}
