import { PIXELS, SIDE } from '../digits/shape.ts';

/** The halves that can be given; each has a model of its own, which draws from that side. */
export const halves = { top: 'Upper', left: 'Left' } as const;

export type Half = keyof typeof halves;
export const halfNames = Object.keys(halves) as Half[];

/** Shades of grey that the models know, from paper to ink. */
export const LEVELS = 8;

/** Whether a pixel is in the half that is given. */
export const isGiven = (given: Half, pixel: number): boolean =>
  given === 'top' ? pixel < PIXELS / 2 : pixel % SIDE < SIDE / 2;
