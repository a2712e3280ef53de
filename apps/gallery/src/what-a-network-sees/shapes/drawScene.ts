import { createRandom, type Random } from '@tenonjs/runtime';
import { anyColour, type Colour, paintBackdrop, SIDE } from './backdrop.ts';
import { outlines, type ShapeName, shapeNames } from './outlines.ts';

/** A picture of shapes. */
export interface Scene {
  /** Shape [64, 64, 3], numbers in [0, 1]. */
  pixels: Float32Array<ArrayBuffer>;
  /** What is in it. */
  shapes: readonly Placed[];
}

/** Where a shape lies, in pixels. */
interface Placed {
  name: ShapeName;
  x: number;
  y: number;
  radius: number;
  /** In radians. */
  turn: number;
}

/** Radii of a shape alone, and of two. */
const RADII = { one: [13, 24], two: [11, 15] } as const;

/** How far colours of shape and backdrop are apart at least: black and white are √3. */
const APART = 0.65;

/**
 * Draws one shape, or two that keep apart: of any colour, size, place and turn, over any backdrop. The same seed gives the
 * same picture everywhere.
 *
 * @param names - of one shape or of two.
 */
export function drawScene(names: readonly ShapeName[], seed: number): Scene {
  const random = createRandom(seed);
  const { pixels, colour } = paintBackdrop(random);
  const shapes: Placed[] = [];
  for (const name of names) {
    const [least, most] = names.length === 1 ? RADII.one : RADII.two;
    let place: Omit<Placed, 'turn'>;
    do {
      const radius = least + (most - least) * random.uniform();
      const within = () => radius + (SIDE - 2 * radius) * random.uniform();
      place = { name, radius, x: within(), y: within() };
    } while (shapes.some(({ x, y, radius }) => Math.hypot(x - place.x, y - place.y) < radius + place.radius));
    const shapeColour = colourAwayFrom(colour, random);
    const placed = { ...place, turn: 2 * Math.PI * random.uniform() };
    shapes.push(placed);
    paintShape(pixels, placed, shapeColour);
  }
  roughen(pixels, 0.06 * random.uniform(), random);
  return { pixels, shapes };
}

/** Two different shapes, as a seed has them. */
export function anyTwo(seed: number): [ShapeName, ShapeName] {
  const random = createRandom(seed);
  const first = random.integer(shapeNames.length);
  const second = (first + 1 + random.integer(shapeNames.length - 1)) % shapeNames.length;
  return [shapeNames[first] as ShapeName, shapeNames[second] as ShapeName];
}

/** Grey noise, as of film. */
function roughen(pixels: Float32Array, grain: number, random: Random): void {
  for (let i = 0; i < SIDE * SIDE; i++) {
    const noise = grain * random.normal();
    for (let at = 3 * i; at < 3 * i + 3; at++) pixels[at] = Math.min(1, Math.max(0, (pixels[at] as number) + noise));
  }
}

function colourAwayFrom(backdrop: Colour, random: Random): Colour {
  let colour: Colour;
  do colour = anyColour(random);
  while (Math.hypot(colour[0] - backdrop[0], colour[1] - backdrop[1], colour[2] - backdrop[2]) < APART);
  return colour;
}

/** How far a place of the picture is from a shape, in pixels: below 0 inside. */
export function distanceFrom({ name, x, y, radius, turn }: Placed, column: number, row: number): number {
  const [c, s, u, v] = [Math.cos(turn), Math.sin(turn), (column - x) / radius, (row - y) / radius];
  return radius * outlines[name](c * u + s * v, c * v - s * u);
}

/** Paints a shape over what is there, its edge softened over one pixel. */
function paintShape(pixels: Float32Array, placed: Placed, colour: Colour): void {
  const { x, y, radius } = placed;
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [column, row] = [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5];
    if (Math.hypot(column - x, row - y) > 1.2 * radius + 1) continue;
    const cover = Math.min(1, Math.max(0, 0.5 - distanceFrom(placed, column, row)));
    for (let k = 0; k < 3; k++) {
      const at = 3 * i + k;
      pixels[at] = (pixels[at] as number) * (1 - cover) + (colour[k] as number) * cover;
    }
  }
}
