import type { Area } from './match';

/** What a score averages: over all thresholds and sizes, and the most detections an image, unless said otherwise. */
export interface Measure {
  of: 'precision' | 'recall';
  /** Place among the thresholds: 0 is 0.5, 5 is 0.75. */
  threshold?: 0 | 5;
  area?: Area;
  /** Place in `maxDets`. */
  most?: 0 | 1;
}

export const detectionScores = {
  AP: { of: 'precision' },
  AP50: { of: 'precision', threshold: 0 },
  AP75: { of: 'precision', threshold: 5 },
  APsmall: { of: 'precision', area: 'small' },
  APmedium: { of: 'precision', area: 'medium' },
  APlarge: { of: 'precision', area: 'large' },
  AR1: { of: 'recall', most: 0 },
  AR10: { of: 'recall', most: 1 },
  AR100: { of: 'recall' },
  ARsmall: { of: 'recall', area: 'small' },
  ARmedium: { of: 'recall', area: 'medium' },
  ARlarge: { of: 'recall', area: 'large' },
} as const satisfies Record<string, Measure>;

export const keypointScores = {
  AP: { of: 'precision' },
  AP50: { of: 'precision', threshold: 0 },
  AP75: { of: 'precision', threshold: 5 },
  APmedium: { of: 'precision', area: 'medium' },
  APlarge: { of: 'precision', area: 'large' },
  AR: { of: 'recall' },
  AR50: { of: 'recall', threshold: 0 },
  AR75: { of: 'recall', threshold: 5 },
  ARmedium: { of: 'recall', area: 'medium' },
  ARlarge: { of: 'recall', area: 'large' },
} as const satisfies Record<string, Measure>;

/** Rectangles, masks, or poses. */
export type CocoType = 'bbox' | 'segm' | 'keypoints';

/** The twelve numbers of COCO for rectangles and masks, the ten for poses; −1 where there was nothing to find. */
export type CocoScores<Type extends CocoType> = Record<
  Type extends 'keypoints' ? keyof typeof keypointScores : keyof typeof detectionScores,
  number
>;

/** The scores, and those of each class, ascending by id. */
export type CocoResult<Type extends CocoType> = CocoScores<Type> & {
  perClass: (CocoScores<Type> & { id: number; name: string })[];
};
