import { PIXELS, SIDE } from '../../digits/shape';
import { CELLS, type Stroke } from '../../drawing/code';

/** The box that a digit of MNIST fills, and half the width of the pen, in pixels. */
const [BOX, PEN] = [20, 1.4];

/**
 * A drawing as a digit of MNIST would be: its longer side fills a box of 20 × 20 pixels, and its centre of mass is in the middle
 * of 28 × 28.
 *
 * Reference: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", 1998.
 *
 * @param strokes - in a raster of 64 × 64, y upwards.
 * @returns [28, 28], 0 … 1; without strokes all 0.
 */
export function digitOf(strokes: readonly Stroke[]): Float32Array<ArrayBuffer> {
  const places = strokes.flat();
  if (places.length === 0) return new Float32Array(PIXELS);
  const [left, right, low, high] = [0, 1].flatMap((axis) => {
    const along = places.map((place) => place[axis] as number);
    return [Math.min(...along), Math.max(...along)];
  }) as [number, number, number, number];
  const longer = Math.max(right - left, high - low);
  const scale = longer === 0 ? SIDE / CELLS : (BOX - 2 * PEN) / longer;
  const lines = strokes.map((stroke) => stroke.map(([x, y]) => [(x - left) * scale, (high - y) * scale] as const));

  const [width, height] = [(right - left) * scale, (high - low) * scale];
  const middle = (SIDE - 1) / 2;
  const rough = painted(lines, [middle - width / 2, middle - height / 2]);
  const [x, y] = centreOf(rough);
  return painted(lines, [middle - width / 2 + middle - x, middle - height / 2 + middle - y]);
}

type Point = readonly [number, number];

/** Lines at an offset: as dark as their distance from the middle of a pixel is small. */
function painted(lines: readonly (readonly Point[])[], [dx, dy]: Point): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: PIXELS }, (_, i) => {
    const at: Point = [(i % SIDE) - dx, Math.floor(i / SIDE) - dy];
    let nearest = Number.POSITIVE_INFINITY;
    for (const line of lines) {
      for (const [k, to] of line.entries())
        nearest = Math.min(nearest, distance(at, line[Math.max(0, k - 1)] as Point, to));
    }
    return Math.min(1, Math.max(0, PEN + 0.5 - nearest));
  });
}

/** From a point to a segment. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** The centre of mass, in pixels. */
function centreOf(image: Float32Array): [number, number] {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((level, i) => {
    mass += level;
    x += level * (i % SIDE);
    y += level * Math.floor(i / SIDE);
  });
  return [x / mass, y / mass];
}
