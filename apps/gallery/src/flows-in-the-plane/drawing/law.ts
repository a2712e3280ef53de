import { createRandom } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { CELLS, type Place, type Stroke } from '../../drawing/code';

/** The drawing's raster spans ±REACH in the plane, and its lines are as wide as a normal of this deviation. */
const REACH = 3;
const WIDTH = 0.1;
/** A dot counts as a line of this length. */
const DOT = 3 * WIDTH;
/** Cells along a side of the raster on which the entropy is summed up. */
const FINE = 320;

interface Segment {
  from: readonly [number, number];
  /** Unit vector; of a dot, any. */
  along: readonly [number, number];
  length: number;
  weight: number;
  /** The sum of the weights up to here, this one included. */
  until: number;
}

/** The law of points that lie evenly along the lines of a drawing, with normal noise: known as exactly as a Gaussian. */
export class DrawnLaw {
  readonly #segments: Segment[];

  /** @throws RangeError when nothing is drawn. */
  constructor(strokes: readonly Stroke[]) {
    const segments = strokes.flatMap(segmentsOf);
    if (segments.length === 0) throw new RangeError('DrawnLaw: strokes must hold a line or a dot; draw one');
    const total = segments.reduce((sum, { weight }) => sum + weight, 0);
    let sum = 0;
    this.#segments = segments.map((segment) => {
      const weight = segment.weight / total;
      sum += weight;
      return { ...segment, weight, until: sum };
    });
  }

  /** @returns float32, shape [n, 2]. */
  sample(n: number, { seed }: { seed: number }): tf.Tensor2D {
    const random = createRandom(seed);
    const numbers = new Float32Array(2 * n);
    for (let i = 0; i < n; i++) {
      const u = random.uniform();
      const segment = this.#segments.find(({ until }) => u < until) ?? (this.#segments.at(-1) as Segment);
      const t = random.uniform() * segment.length;
      for (const axis of [0, 1] as const) {
        numbers[2 * i + axis] = segment.from[axis] + t * segment.along[axis] + WIDTH * random.normal();
      }
    }
    return tf.tensor2d(numbers, [n, 2]);
  }

  /** `p(x) = Σ w N(x⊥ / σ) (Φ(t / σ) − Φ((t − l) / σ)) / (σ l)`, with t how far along a line x is. */
  density(x: number, y: number): number {
    return this.#segments.reduce((sum, { from, along, length, weight }) => {
      const [dx, dy] = [(x - from[0]) / WIDTH, (y - from[1]) / WIDTH];
      const [t, across] = [dx * along[0] + dy * along[1], dx * along[1] - dy * along[0]];
      if (Math.abs(across) > 6) return sum;
      const l = length / WIDTH;
      const covered = l === 0 ? normal(t) : (normalCdf(t) - normalCdf(t - l)) / l;
      return sum + (weight * normal(across) * covered) / WIDTH ** 2;
    }, 0);
  }

  /** In nats, by sums over a raster finer than the lines are wide. */
  entropy(): number {
    const [edge, cell] = [REACH + 6 * WIDTH, (2 * (REACH + 6 * WIDTH)) / FINE];
    let sum = 0;
    for (let row = 0; row < FINE; row++) {
      for (let column = 0; column < FINE; column++) {
        const p = this.density((column + 0.5) * cell - edge, (row + 0.5) * cell - edge);
        if (p > 0) sum -= p * Math.log(p) * cell * cell;
      }
    }
    return sum;
  }
}

function segmentsOf(stroke: Stroke): Omit<Segment, 'until'>[] {
  const places = stroke.map(inPlane);
  const [first] = places;
  const lines = places.slice(1).flatMap((to, i) => {
    const from = places[i] as [number, number];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length === 0) return [];
    return { from, along: [(to[0] - from[0]) / length, (to[1] - from[1]) / length] as const, length, weight: length };
  });
  if (lines.length > 0 || first === undefined) return lines;
  return [{ from: first, along: [1, 0], length: 0, weight: DOT }];
}

/** The centre of a cell in the plane. */
export const inPlane = ([x, y]: Place): [number, number] => [
  REACH * ((2 * x) / (CELLS - 1) - 1),
  REACH * ((2 * y) / (CELLS - 1) - 1),
];

const normal = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** Abramowitz, Stegun, "Handbook of mathematical functions", 1964, 26.2.17: within 7.5e-8. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = normal(z) * series;
  return z > 0 ? 1 - upper : upper;
}
