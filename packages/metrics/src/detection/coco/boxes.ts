import { boxOverlap } from '../boxOverlap';
import type { Kind } from './kind';

/** Rectangles x, y, width, height. */
export const boxes: Kind<number[], number[]> = {
  truth: (annotation) => annotation.box(),
  found(detection) {
    const region = detection.box();
    return { region, area: (region[2] as number) * (region[3] as number) };
  },
  overlap: boxOverlap,
};
