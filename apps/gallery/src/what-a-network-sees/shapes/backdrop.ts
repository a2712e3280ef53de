import type { Random } from '@tenonjs/runtime';

/** Red, green and blue, 0 … 1. */
export type Colour = readonly [number, number, number];

/** The pictures' height and width. */
export const SIDE = 64;

const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** How much of the second colour there is at a place. */
type Pattern = (x: number, y: number) => number;

/** Ways to fill a picture between two colours: plain, a slope, waves, stripes, checks, clouds. */
const patterns: readonly ((random: Random) => Pattern)[] = [
  () => () => 0,
  (random) => {
    const { along } = direction(random);
    return (x, y) => 0.5 + along(x, y) / SIDE;
  },
  (random) => {
    const { along, across } = direction(random);
    const [length, bend] = [6 + 14 * random.uniform(), 3 * random.uniform()];
    return (x, y) => 0.5 + 0.5 * Math.sin((2 * Math.PI * along(x, y)) / length + bend * Math.sin(across(x, y) / 8));
  },
  (random) => {
    const { along } = direction(random);
    const width = 3 + 9 * random.uniform();
    return (x, y) => (Math.floor(along(x, y) / width) & 1 ? 1 : 0);
  },
  (random) => {
    const { along, across } = direction(random);
    const width = 4 + 8 * random.uniform();
    return (x, y) => ((Math.floor(along(x, y) / width) + Math.floor(across(x, y) / width)) & 1 ? 1 : 0);
  },
  (random) => clouds(random, 4 + random.integer(9)),
];

/**
 * Paints a picture full: two colours near each other, in a pattern, under noise.
 *
 * @returns what it is painted with, [SIDE, SIDE, 3], and its colour in the middle of the two.
 */
export function paintBackdrop(random: Random): { pixels: Float32Array<ArrayBuffer>; colour: Colour } {
  const from = anyColour(random);
  const to = mix(from, anyColour(random), 0.15 + 0.35 * random.uniform());
  const pattern = (patterns[random.integer(patterns.length)] as (typeof patterns)[number])(random);
  const pixels = new Float32Array(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i++) pixels.set(mix(from, to, pattern(i % SIDE, Math.floor(i / SIDE))), 3 * i);
  return { pixels, colour: mix(from, to, 0.5) };
}

export const anyColour = (random: Random): Colour => [random.uniform(), random.uniform(), random.uniform()];

/** Distances from the middle along a direction, and across it. */
function direction(random: Random): { along: Pattern; across: Pattern } {
  const angle = 2 * Math.PI * random.uniform();
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return {
    along: (x, y) => c * (x - SIDE / 2) + s * (y - SIDE / 2),
    across: (x, y) => c * (y - SIDE / 2) - s * (x - SIDE / 2),
  };
}

/** Random numbers at the corners of a grid, smoothly between them. */
function clouds(random: Random, cells: number): Pattern {
  const corners = Float32Array.from({ length: (cells + 1) ** 2 }, () => random.uniform());
  const corner = (row: number, column: number) => corners[row * (cells + 1) + column] as number;
  const smooth = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [u, v] = [(x * cells) / SIDE, (y * cells) / SIDE];
    const [column, row] = [Math.floor(u), Math.floor(v)];
    const [s, t] = [smooth(u - column), smooth(v - row)];
    const above = corner(row, column) * (1 - s) + corner(row, column + 1) * s;
    const below = corner(row + 1, column) * (1 - s) + corner(row + 1, column + 1) * s;
    return above * (1 - t) + below * t;
  };
}
