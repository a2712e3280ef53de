/** The real digits that the pages show: so many of each kind, one kind after another, of so many pixels a side. */
export const [KINDS, EACH, SIDE] = [10, 4, 28];

export const DIGITS = KINDS * EACH;
export const PIXELS = SIDE * SIDE;

/** Which digit the i-th is. */
export const kindOf = (digit: number): number => Math.floor(digit / EACH);
