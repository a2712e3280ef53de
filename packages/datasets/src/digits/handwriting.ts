import type { Random } from '@tenonjs/runtime';
import { type Path, smoothCurve } from './curve';
import type { Glyph } from './glyphs';

/** What makes one writer's hand, in units of the digit's height and radians; each is drawn between its two limits. */
const HAND = {
  /** Width of the digit, where 1 is as drawn. */
  width: [0.7, 1.15],
  /** Shift to the right from the foot to the top. */
  slant: [-0.12, 0.42],
  turn: [-0.14, 0.14],
  /** How far a point strays. */
  stray: [0, 0.11],
} as const;

/** Height or width of the written digit, whichever is larger, in pixels. */
const SIZE = [16.5, 19.5] as const;

/** How far the middle of the ink may stand from the picture's, and the least from a path to the border, in pixels. */
const SHIFT = 1;
const MARGIN = 3;

/** A digit as a hand has written it: smooth paths in pixels, with the middle of the ink near that of a square picture. */
export function write(glyph: Glyph, side: number, random: Random): Path[] {
  const between = ([low, high]: readonly [number, number]) => low + (high - low) * random.uniform();
  const width = between(HAND.width);
  const slant = between(HAND.slant);
  const turn = between(HAND.turn);
  const wander = wobble(between(HAND.stray), random);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];

  const curves = glyph.map((stroke) => {
    const bent = new Float64Array(stroke.length);
    for (let i = 0; i < stroke.length; i += 2) {
      const [dx, dy] = wander(stroke[i] as number, stroke[i + 1] as number);
      const y = (stroke[i + 1] as number) + dy - 0.5;
      const x = width * ((stroke[i] as number) + dx - 0.5) - slant * y;
      bent[i] = cos * x - sin * y;
      bent[i + 1] = sin * x + cos * y;
    }
    return smoothCurve(bent);
  });

  const axes = [0, 1].map((axis) => measure(curves, axis)) as [Measure, Measure];
  const scale = between(SIZE) / Math.max(...axes.map(({ low, high }) => high - low));
  const shift = axes.map(({ low, high, middle }) => {
    const wanted = side / 2 + between([-SHIFT, SHIFT]) - scale * middle;
    return Math.min(Math.max(wanted, MARGIN - scale * low), side - MARGIN - scale * high);
  });
  return curves.map((curve) => curve.map((value, i) => scale * value + (shift[i % 2] as number)));
}

/**
 * A smooth random field of small moves, a sum of two waves for each direction: neighbours move alike, so what joins
 * stays joined.
 */
function wobble(stray: number, random: Random): (x: number, y: number) => [number, number] {
  const even = (limit: number) => limit * (2 * random.uniform() - 1);
  const wave = () => {
    const [amount, along, across, phase] = [even(stray), even(6), even(6), even(Math.PI)];
    return (x: number, y: number) => amount * Math.sin(along * x + across * y + phase);
  };
  const [a, b, c, d] = [wave(), wave(), wave(), wave()];
  return (x, y) => [a(x, y) + b(x, y), c(x, y) + d(x, y)];
}

/** How far paths reach along an axis, and where the middle of their ink is. */
interface Measure {
  low: number;
  high: number;
  middle: number;
}

function measure(paths: Path[], axis: number): Measure {
  let [low, high, ink, moment] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      const here = path[i + axis] as number;
      low = Math.min(low, here);
      high = Math.max(high, here);
      if (i === 0) continue;
      const length = Math.hypot(
        (path[i] as number) - (path[i - 2] as number),
        (path[i + 1] as number) - (path[i - 1] as number),
      );
      ink += length;
      moment += (length * (here + (path[i - 2 + axis] as number))) / 2;
    }
  }
  return { low, high, middle: moment / ink };
}
