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
  drawn: 'Your own drawing',
} as const satisfies Record<PlaneName | 'drawn', string>;

export type TargetName = keyof typeof targets;
export const targetNames = Object.keys(targets) as TargetName[];

export const isPlane = (target: TargetName): target is PlaneName => target !== 'drawn';
