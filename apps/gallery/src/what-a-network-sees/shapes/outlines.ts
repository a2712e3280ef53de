/** What the network tells apart, in the order of its outputs. */
export const shapeNames = ['circle', 'square', 'triangle', 'cross', 'star', 'ring', 'heart', 'moon'] as const;
export type ShapeName = (typeof shapeNames)[number];

/** How far a place is from a shape of radius 1 about the origin: below 0 inside. */
type Distance = (x: number, y: number) => number;

type Points = readonly (readonly [number, number])[];

const around = (count: number, radius: (i: number) => number): Points =>
  Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count - Math.PI / 2;
    return [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)] as const;
  });

const ARM = 0.32;
const cross: Points = [
  [-ARM, -1],
  [ARM, -1],
  [ARM, -ARM],
  [1, -ARM],
  [1, ARM],
  [ARM, ARM],
  [ARM, 1],
  [-ARM, 1],
  [-ARM, ARM],
  [-1, ARM],
  [-1, -ARM],
  [-ARM, -ARM],
];

/** `x = 16 sin³ t, y = −(13 cos t − 5 cos 2t − 2 cos 3t − cos 4t)`, to size. */
const heart: Points = Array.from({ length: 28 }, (_, i) => {
  const t = (2 * Math.PI * i) / 28;
  const y = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
  return [Math.sin(t) ** 3, -(y + 2) / 16] as const;
});

const disc = (x: number, y: number, radius: number) => Math.hypot(x, y) - radius;

/** The shapes, each upright. */
export const outlines: Readonly<Record<ShapeName, Distance>> = {
  circle: (x, y) => disc(x, y, 0.95),
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) - 0.82,
  triangle: polygon(around(3, () => 1.1)),
  cross: polygon(cross),
  star: polygon(around(10, (i) => (i % 2 === 0 ? 1.1 : 0.46))),
  ring: (x, y) => Math.abs(disc(x, y, 0.76)) - 0.2,
  heart: polygon(heart),
  moon: (x, y) => Math.max(disc(x, y, 1), -disc(x - 0.48, y, 0.86)),
};

/** The distance from a polygon: from its nearest edge, and below 0 where a ray to the right crosses its edges an odd number of times. */
function polygon(points: Points): Distance {
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (const [i, [ax, ay]] of points.entries()) {
      const [bx, by] = points[(i + 1) % points.length] as readonly [number, number];
      const [ex, ey, px, py] = [bx - ax, by - ay, x - ax, y - ay];
      const t = Math.min(1, Math.max(0, (px * ex + py * ey) / (ex * ex + ey * ey)));
      nearest = Math.min(nearest, (px - ex * t) ** 2 + (py - ey * t) ** 2);
      if (ay > y !== by > y && x < ax + (ex * (y - ay)) / ey) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}
