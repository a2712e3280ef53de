import { describe } from '../arguments/describe';
import { checkOneOf } from '../arguments/oneOf';
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
  const classes = new Map(
    [...categories.keys()].map((id) => [id, { truths: new Map<number, Truth[]>(), found: [] as Found[] }]),
  );
  for (const { item, imageId, category } of placed.annotations) {
    const truths = classes.get(category)?.truths;
    const inImage = truths?.get(imageId) ?? [];
    const difficult = ['ignore', 'iscrowd'].some((field) => Boolean(item.get(field)));
    inImage.push({ box: item.box(), difficult, taken: false });
    truths?.set(imageId, inImage);
  }
  for (const { item, imageId, category } of placed.detections) {
    classes.get(category)?.found.push({ image: imageId, box: item.box(), score: item.number('score') });
  }

  const area = points === 11 ? atEleven : atEvery;
  const perClass = [...classes].map(([id, { truths, found }]) => {
    const positives = [...truths.values()].flat().filter(({ difficult }) => !difficult).length;
    const AP = positives ? area(curve(truths, found, positives, iouThreshold)) : -1;
    return { id, name: categories.get(id)?.name as string, AP };
  });
  const known = perClass.filter(({ AP }) => AP >= 0);
  return { AP: known.length ? known.reduce((sum, { AP }) => sum + AP, 0) / known.length : -1, perClass };
}

interface Truth {
  box: number[];
  difficult: boolean;
  taken: boolean;
}

interface Found {
  image: number;
  box: number[];
  score: number;
}

interface Point {
  recall: number;
  precision: number;
}

/** Recall and precision after each detection that counts, the surest first; the precision the best there or later. */
function curve(truths: Map<number, Truth[]>, found: Found[], positives: number, least: number): Point[] {
  const points: Point[] = [];
  let hits = 0;
  for (const { image, box } of found.sort((a, b) => b.score - a.score)) {
    let [best, highest]: [Truth | undefined, number] = [undefined, least];
    for (const truth of truths.get(image) ?? []) {
      const overlap = boxOverlap(box, truth.box);
      if (overlap < highest || (best && overlap === highest)) continue;
      [best, highest] = [truth, overlap];
    }
    if (best?.difficult) continue;
    if (best && !best.taken) {
      best.taken = true;
      hits++;
    }
    points.push({ recall: hits / positives, precision: hits / (points.length + 1) });
  }
  let best = 0;
  for (const point of [...points].reverse()) {
    best = Math.max(best, point.precision);
    point.precision = best;
  }
  return points;
}

function atEleven(points: Point[]): number {
  let sum = 0;
  for (let tenths = 0; tenths <= 10; tenths++) {
    sum += points.find(({ recall }) => recall >= tenths / 10)?.precision ?? 0;
  }
  return sum / 11;
}

function atEvery(points: Point[]): number {
  let area = 0;
  let last = 0;
  for (const { recall, precision } of points) {
    area += (recall - last) * precision;
    last = recall;
  }
  return area;
}
