/** The names say what is averaged: a threshold, a size, or the most detections an image; all, if nothing is said. */
export const detectionScores = [
  'AP',
  'AP50',
  'AP75',
  'APsmall',
  'APmedium',
  'APlarge',
  'AR1',
  'AR10',
  'AR100',
  'ARsmall',
  'ARmedium',
  'ARlarge',
] as const;

export const keypointScores = [
  'AP',
  'AP50',
  'AP75',
  'APmedium',
  'APlarge',
  'AR',
  'AR50',
  'AR75',
  'ARmedium',
  'ARlarge',
] as const;

/** Rectangles, masks, or poses. */
export type CocoType = 'bbox' | 'segm' | 'keypoints';

/** The twelve numbers of COCO for rectangles and masks, the ten for poses; −1 where there was nothing to find. */
export type CocoScores<Type extends CocoType> = Record<
  Type extends 'keypoints' ? (typeof keypointScores)[number] : (typeof detectionScores)[number],
  number
>;

/** The scores, and those of each class, ascending by id. */
export type CocoResult<Type extends CocoType> = CocoScores<Type> & {
  perClass: (CocoScores<Type> & { id: number; name: string })[];
};
