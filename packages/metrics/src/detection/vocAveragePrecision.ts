import { describe } from '../arguments/describe';
import { checkOneOf } from '../arguments/oneOf';
import { averagePrecision, HIT, IGNORED, MISSED } from './averagePrecision';
import { boxOverlap } from './boxOverlap';
import type { CocoDetection, CocoGroundTruth } from './coco/cocoJson';
import { open } from './coco/groundTruth';

export interface VocOptions {
  /** COCO's annotation file, parsed; `ignore` or `iscrowd` marks what VOC calls difficult. */
  readonly groundTruth: CocoGroundTruth;
  /** COCO's results file, parsed. */
  readonly detections: readonly CocoDetection[];
  /** 11: the mean at the recalls 0, 0.1, …, 1, as until 2009; 'every': the area, as from 2010 on, which is the default. */
  readonly points?: 11 | 'every';
  /** The least overlap of a match, 0.5. */
  readonly iouThreshold?: number;
}

export interface VocResult {
  /** The mean over the classes that had something to find; −1 if there is none. */
  AP: number;
  /** In the order of the categories; −1 where there was nothing to find. */
  perClass: { id: number; name: string; AP: number }[];
}

/**
 * Pascal VOC's average precision of detected rectangles. A detection, the surest first, belongs to the object of its
 * class that it overlaps most; if that is too little, or the object is taken, it is a miss; if the object is difficult,
 * it counts neither way. (COCO's `cocoEvaluate` lets it take the next best.)
 *
 * VOC's corners are pixels that belong to the rectangle: width = xmax − xmin + 1.
 *
 * Reference: Everingham et al., "The Pascal visual object classes challenge", 2010, section 4.2; the development kit of
 * VOC 2012, VOCevaldet.m.
 *
 * @throws TypeError or RangeError that names the first field that is not as it must be.
 */
export function vocAveragePrecision({
  groundTruth,
  detections,
  points = 'every',
  iouThreshold = 0.5,
}: VocOptions): VocResult {
  const caller = 'vocAveragePrecision';
  checkOneOf(caller, 'points', points, [11, 'every']);
  if (!(iouThreshold > 0 && iouThreshold <= 1)) {
    throw new RangeError(`${caller}: iouThreshold must be in (0, 1], got ${describe(iouThreshold)}`);
  }
  const { categories, ...placed } = open(caller, groundTruth, detections);
  const classes = [...categories.values()].map((category) => ({
    category,
    truths: new Map<number, Truth[]>(),
    found: [] as Found[],
    positives: 0,
  }));
  const classOf = new Map(classes.map((one) => [one.category.id, one]));
  for (const { item, imageId, category } of placed.annotations) {
    const one = classOf.get(category) as (typeof classes)[0];
    const difficult = Boolean(item.get('ignore') || item.get('iscrowd'));
    const inImage = one.truths.get(imageId) ?? [];
    inImage.push({ box: item.box(), difficult, taken: false });
    one.truths.set(imageId, inImage);
    one.positives += Number(!difficult);
  }
  for (const { item, imageId, category } of placed.detections) {
    classOf.get(category)?.found.push({ imageId, box: item.box(), score: item.number('score') });
  }

  const perClass = classes.map(({ category, truths, found, positives }) => {
    const levels = points === 11 ? TENTHS : Array.from({ length: positives }, (_, i) => (i + 1) / positives);
    return {
      ...category,
      AP: positives ? averagePrecision(match(truths, found, iouThreshold), positives, levels) : -1,
    };
  });
  const known = perClass.filter(({ AP }) => AP >= 0);
  return { AP: known.length ? known.reduce((sum, { AP }) => sum + AP, 0) / known.length : -1, perClass };
}

const TENTHS = Array.from({ length: 11 }, (_, i) => i / 10);

interface Truth {
  box: number[];
  difficult: boolean;
  taken: boolean;
}

interface Found {
  imageId: number;
  box: number[];
  score: number;
}

/** What becomes of each detection, the surest first. */
function match(truths: Map<number, Truth[]>, found: Found[], least: number): number[] {
  return found
    .sort((a, b) => b.score - a.score)
    .map(({ imageId, box }) => {
      let [best, highest]: [Truth | undefined, number] = [undefined, least];
      for (const truth of truths.get(imageId) ?? []) {
        const overlap = boxOverlap(box, truth.box);
        if (overlap < highest || (best && overlap === highest)) continue;
        [best, highest] = [truth, overlap];
      }
      if (best?.difficult) return IGNORED;
      if (!best || best.taken) return MISSED;
      best.taken = true;
      return HIT;
    });
}
