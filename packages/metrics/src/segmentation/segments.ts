import type { Numbers } from '../arguments/numbers';

/** Every pixel's class and which of its things it belongs to, [N] each. */
export interface PanopticMap {
  category: Numbers;
  instance: Numbers;
}

export interface PanopticOptions {
  /** Classes of stuff, whose pixels are one segment whatever their instance. */
  stuff?: readonly number[];
  /** The class of pixels that are labelled as nothing. */
  ignoreIndex?: number;
}

/** Which segment each pixel belongs to, −1 for none, and what class each segment is of. */
interface Segments {
  /** [N]. */
  of: Int32Array;
  /** [S]. */
  categories: number[];
  /** [S], in pixels. */
  areas: number[];
}

/** Of one class. */
export interface ClassTally {
  category: number;
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  /** The summed intersection over union of the matches. */
  matchedIou: number;
}

/** Pixels of one class and instance are one segment; of stuff, pixels of one class. */
export function toSegments({ category, instance }: PanopticMap, { stuff, ignoreIndex }: PanopticOptions): Segments {
  const merged = new Set(stuff);
  const known = new Map<string, number>();
  const segments: Segments = { of: new Int32Array(category.length).fill(-1), categories: [], areas: [] };
  for (let i = 0; i < category.length; i++) {
    const own = category[i] as number;
    if (own === ignoreIndex) continue;
    const key = merged.has(own) ? `${own}` : `${own} ${instance[i]}`;
    const segment = known.get(key) ?? known.size;
    if (segment === known.size) {
      known.set(key, segment);
      segments.categories.push(own);
      segments.areas.push(0);
    }
    segments.of[i] = segment;
    segments.areas[segment] = (segments.areas[segment] as number) + 1;
  }
  return segments;
}

/** Tallies of the classes that occur, ascending. */
export function matchSegments(truth: Segments, prediction: Segments): ClassTally[] {
  const size = prediction.areas.length;
  const overlaps = new Map<number, number>();
  const unlabelled = new Float64Array(size); // of each predicted segment, the pixels without a true class
  for (const [i, p] of prediction.of.entries()) {
    const t = truth.of[i] as number;
    if (p < 0) continue;
    if (t < 0) unlabelled[p] = (unlabelled[p] as number) + 1;
    else overlaps.set(t * size + p, (overlaps.get(t * size + p) ?? 0) + 1);
  }

  const tallies = new Map<number, ClassTally>();
  const tally = (category: number): ClassTally => {
    const none = { category, truePositives: 0, falsePositives: 0, falseNegatives: 0, matchedIou: 0 };
    const one = tallies.get(category) ?? none;
    tallies.set(category, one);
    return one;
  };
  const found = new Set<number>();
  const right = new Set<number>();
  for (const [pair, overlap] of overlaps) {
    const [t, p] = [Math.floor(pair / size), pair % size];
    const category = truth.categories[t] as number;
    if (category !== prediction.categories[p]) continue;
    const labelled = (prediction.areas[p] as number) - (unlabelled[p] as number);
    const iou = overlap / ((truth.areas[t] as number) + labelled - overlap);
    if (iou <= 0.5) continue;
    found.add(t);
    right.add(p);
    const one = tally(category);
    one.truePositives++;
    one.matchedIou += iou;
  }
  for (const [t, category] of truth.categories.entries()) if (!found.has(t)) tally(category).falseNegatives++;
  for (const [p, category] of prediction.categories.entries()) {
    const onNothing = (unlabelled[p] as number) / (prediction.areas[p] as number) > 0.5;
    if (!right.has(p) && !onNothing) tally(category).falsePositives++;
  }
  return [...tallies.values()].sort((a, b) => a.category - b.category);
}
