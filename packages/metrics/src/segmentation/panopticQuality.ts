import { checkNumbers } from '../arguments/numbers';
import { type ClassTally, matchSegments, type PanopticMap, type PanopticOptions, toSegments } from './segments';

export interface PanopticScore {
  /** Panoptic quality, `sq · rq`. */
  pq: number;
  /** Segmentation quality: the mean intersection over union of what is matched. */
  sq: number;
  /** Recognition quality: the F1 score of what is matched. */
  rq: number;
}

/**
 * How well things and stuff are found and outlined, on the mean over the classes that occur. Segments of one class match
 * where they overlap by more than half of their union.
 *
 *     PQ = Σ IoU of matches / (TP + FP / 2 + FN / 2)
 *
 * Pixels without a true class count in no union, and a segment that lies by more than half on them is no false positive.
 *
 * Reference: Kirillov et al. 2019, "Panoptic segmentation".
 *
 * @param yTrue - the true class and instance of each pixel, [N] each.
 * @param yPred - the same number of pixels.
 * @returns the means, and the scores and counts of each class.
 * @throws RangeError if there are not as many pixels in both.
 */
export function panopticQuality(
  yTrue: PanopticMap,
  yPred: PanopticMap,
  options: PanopticOptions = {},
): PanopticScore & { perClass: (PanopticScore & ClassTally)[] } {
  const length = yTrue.category.length;
  for (const [name, map] of Object.entries({ yTrue, yPred })) {
    checkNumbers('panopticQuality', `${name}.category`, map.category, length);
    checkNumbers('panopticQuality', `${name}.instance`, map.instance, length);
  }
  const tallies = matchSegments(toSegments(yTrue, options), toSegments(yPred, options));
  const perClass = tallies.map((tally) => ({ ...tally, ...qualities(tally) }));
  const mean = (of: keyof PanopticScore): number => perClass.reduce((sum, one) => sum + one[of], 0) / perClass.length;
  return { pq: mean('pq'), sq: mean('sq'), rq: mean('rq'), perClass };
}

function qualities({ matchedIou, truePositives, falsePositives, falseNegatives }: ClassTally): PanopticScore {
  const sq = truePositives === 0 ? 0 : matchedIou / truePositives;
  const rq = truePositives / (truePositives + falsePositives / 2 + falseNegatives / 2);
  return { pq: sq * rq, sq, rq };
}
