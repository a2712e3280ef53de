import { KINDS } from '../digits/shape.ts';

/** The digits that are trained on: so many of each kind, one kind after another, in so many shades. */
export const [EACH, SHADES] = [200, 16];

export const HANDWRITTEN = KINDS * EACH;

/** Which digit the i-th is. */
export const labelOf = (i: number): number => Math.floor(i / EACH);
