import { SIDE } from '../digits/shape.ts';

/** The halves that can be given; each has a model of its own, which draws from that side. */
export const halves = { top: 'Upper', left: 'Left', bottom: 'Lower', right: 'Right' } as const;

export type Half = keyof typeof halves;
export const halfNames = Object.keys(halves) as Half[];

/** Shades of grey that the models know, from paper to ink. */
export const LEVELS = 8;

/** Whether a pixel is in the half that is given. */
export function isGiven(given: Half, pixel: number): boolean {
  const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
  return { top: row < SIDE / 2, left: column < SIDE / 2, bottom: row >= SIDE / 2, right: column >= SIDE / 2 }[given];
}
