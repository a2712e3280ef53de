/** The square piece of the plane that a picture shows. */
export interface PlaneWindow {
  x: number;
  y: number;
  /** Half the length of a side. */
  half: number;
}

/** Where nearly all of a standard normal lies. */
export const latentWindow: PlaneWindow = { x: 0, y: 0, half: 3.5 };

/** How much of the data, on either end of either axis, may fall outside the picture. */
const TAIL = 0.004;
const MARGIN = 1.16;

/**
 * The smallest square, with a margin, that shows the points but for a thin tail.
 *
 * @param points - x and y in turn, shape [n, 2].
 */
export function windowAround(points: ArrayLike<number>): PlaneWindow {
  const [left, right] = ends(points, 0);
  const [low, high] = ends(points, 1);
  return { x: (left + right) / 2, y: (low + high) / 2, half: (Math.max(right - left, high - low) / 2) * MARGIN };
}

/** The window on the way from `a` to `b`, `t` of it behind. */
export function between(a: PlaneWindow, b: PlaneWindow, t: number): PlaneWindow {
  const mix = (from: number, to: number) => from + (to - from) * t;
  return { x: mix(a.x, b.x), y: mix(a.y, b.y), half: mix(a.half, b.half) };
}

/** Centres of the cells of a square raster, the top row first, of the rows from `first` up to `end`: x and y in turn. */
export function cellCentres(
  { x, y, half }: PlaneWindow,
  size: number,
  first = 0,
  end = size,
): Float32Array<ArrayBuffer> {
  const centres = new Float32Array((end - first) * size * 2);
  const cell = (2 * half) / size;
  let at = 0;
  for (let row = first; row < end; row++) {
    for (let column = 0; column < size; column++) {
      centres[at++] = x - half + (column + 0.5) * cell;
      centres[at++] = y + half - (row + 0.5) * cell;
    }
  }
  return centres;
}

function ends(points: ArrayLike<number>, axis: 0 | 1): [number, number] {
  const values = Float64Array.from({ length: points.length / 2 }, (_, i) => points[2 * i + axis] as number).sort();
  const tail = Math.floor(values.length * TAIL);
  return [values[tail] as number, values[values.length - 1 - tail] as number];
}
