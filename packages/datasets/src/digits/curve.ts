/** A point, or many after each other: x and y by turns. */
export type Path = Float64Array;

/** Pieces of a curve from one given point to the next. */
const PIECES = 6;

/**
 * A smooth curve through given points, as a path of short straight pieces.
 *
 *     q(t) = ½ (2p₁ + (p₂ − p₀) t + (2p₀ − 5p₁ + 4p₂ − p₃) t² + (3p₁ − p₀ − 3p₂ + p₃) t³),   from p₁ to p₂
 *
 * A curve that ends where it began closes smoothly; else its ends run out as if the last point stood there twice.
 *
 * Reference: Catmull, Rom, "A class of local interpolating splines", 1974.
 */
export function smoothCurve(points: Path): Path {
  const count = points.length / 2;
  const spans = count - 1;
  const closed = points[0] === points[2 * spans] && points[1] === points[2 * spans + 1];
  const at = (i: number, axis: number): number => {
    const inside = closed ? (i + spans) % spans : Math.min(Math.max(i, 0), spans);
    return points[2 * inside + axis] as number;
  };
  const curve = new Float64Array(2 * (spans * PIECES + 1));
  for (let axis = 0; axis < 2; axis++) {
    for (let span = 0; span < spans; span++) {
      const [p0, p1, p2, p3] = [at(span - 1, axis), at(span, axis), at(span + 1, axis), at(span + 2, axis)];
      for (let piece = 0; piece < PIECES; piece++) {
        const t = piece / PIECES;
        curve[2 * (span * PIECES + piece) + axis] =
          0.5 *
          (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t ** 2 + (3 * p1 - p0 - 3 * p2 + p3) * t ** 3);
      }
    }
    curve[2 * spans * PIECES + axis] = points[2 * spans + axis] as number;
  }
  return curve;
}
