import type { Place, Stroke } from './code';

/** How far from the line, in cells, a place may lie that is left out. */
const TOLERANCE = 0.7;

/**
 * A stroke with the places left out that lie on the way between others.
 *
 * Reference: Douglas, Peucker, "Algorithms for the reduction of the number of points required to represent a digitized
 * line", 1973.
 */
export function simplify(stroke: Stroke): Stroke {
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (first === undefined || last === undefined || stroke.length < 3) return stroke;
  let [far, distance] = [0, 0];
  stroke.forEach((place, i) => {
    const away = awayFrom(place, first, last);
    if (away > distance) [far, distance] = [i, away];
  });
  if (distance <= TOLERANCE) return [first, last];
  return [...simplify(stroke.slice(0, far + 1)).slice(0, -1), ...simplify(stroke.slice(far))];
}

/** From a place to the segment between two others. */
function awayFrom([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
