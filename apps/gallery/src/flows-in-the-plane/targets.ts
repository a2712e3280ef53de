import type { PlaneName } from '@tenonjs/datasets';

/** What each shape is called on the page, in the order in which they are offered. */
export const targets = {
  twoMoons: 'Two moons',
  rings: 'Rings',
  spirals: 'Spirals',
  pinwheel: 'Pinwheel',
  checkerboard: 'Checkerboard',
  crescent: 'Crescent',
  crescentCubed: 'Crescent³',
  sine: 'Sine',
  abs: 'Absolute',
  sign: 'Sign',
  gaussian: 'Gaussian',
} as const satisfies Record<PlaneName, string>;

export const targetNames = Object.keys(targets) as PlaneName[];
