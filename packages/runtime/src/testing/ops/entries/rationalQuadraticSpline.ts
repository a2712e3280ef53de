import type { OpEntry, Sample } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { type RationalQuadraticSplineOptions, rationalQuadraticSpline } from '../../../ops/rationalQuadraticSpline';
import { given, shapeOf, sum } from '../loops';

/** One spline as a list of knots, from the parameters of one number. */
function knotsOf(raw: number[], { bins: K, bound, circular = false }: RationalQuadraticSplineOptions) {
  const places = (from: number) => {
    const weights = raw.slice(from, from + K).map(Math.exp);
    const sizes = weights.map((weight) => 2 * bound * (1e-3 + (1 - 1e-3 * K) * (weight / sum(weights))));
    return Array.from({ length: K + 1 }, (_, k) => sum(sizes.slice(0, k)) - bound);
  };
  const own = raw.slice(2 * K);
  const logs = circular ? [...own, own[0] as number] : [0, ...own, 0];
  return { xs: places(0), ys: places(K), slopes: logs.map((log) => Math.exp(5 * Math.tanh(log / 5))) };
}

/** y and log dy/dx at x. */
function there(x: number, { xs, ys, slopes }: ReturnType<typeof knotsOf>): [y: number, logSlope: number] {
  const k = Math.max(0, xs.slice(1, -1).filter((knot) => knot < x).length);
  const at = (list: number[], i: number) => list[i] as number;
  const [width, height] = [at(xs, k + 1) - at(xs, k), at(ys, k + 1) - at(ys, k)];
  const [s, d0, d1, xi] = [height / width, at(slopes, k), at(slopes, k + 1), (x - at(xs, k)) / width];
  const below = s + (d1 + d0 - 2 * s) * xi * (1 - xi);
  const y = at(ys, k) + (height * (s * xi * xi + d0 * xi * (1 - xi))) / below;
  const above = s * s * (d1 * xi * xi + 2 * s * xi * (1 - xi) + d0 * (1 - xi) ** 2);
  return [y, Math.log(above / below ** 2)];
}

/** The way back by bisection, to the last bit. */
function back(y: number, knots: ReturnType<typeof knotsOf>, bound: number): [x: number, logSlope: number] {
  let [low, high] = [-bound, bound];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (there(middle, knots)[0] < y) low = middle;
    else high = middle;
  }
  return [(low + high) / 2, -there((low + high) / 2, knots)[1]];
}

/** B rows of n numbers; a few of those are outside the interval. */
function sample(options: RationalQuadraticSplineOptions, B: number, n: number, spread = 1): Record<string, Sample> {
  const P = options.circular ? 3 * options.bins : 3 * options.bins - 1;
  return {
    x: { shape: [B, n], low: -1.2 * options.bound, high: 1.2 * options.bound },
    raw: { shape: [B, P * n], low: -spread, high: spread },
  };
}

const spline = (name: string, options: RationalQuadraticSplineOptions): OpEntry => ({
  name: `rationalQuadraticSpline ${name}`,
  run: ({ x, raw }) => ({ ...rationalQuadraticSpline(x as tf.Tensor, raw as tf.Tensor, options) }),
  reference(inputs) {
    const [B, n] = shapeOf(inputs, 'x') as [number, number];
    const P = (shapeOf(inputs, 'raw')[1] as number) / n;
    const [x, raw] = [given(inputs, 'x'), given(inputs, 'raw')];
    const moved = Array.from(x, (from, i): [number, number] => {
      if (Math.abs(from) >= options.bound) return [from, 0];
      const [row, column] = [Math.floor(i / n), i % n];
      const own = Array.from({ length: P }, (_, p) => raw[(row * P + p) * n + column] as number);
      const knots = knotsOf(own, options);
      return options.inverse ? back(from, knots, options.bound) : there(from, knots);
    });
    const rows = Array.from({ length: B }, (_, row) => moved.slice(row * n, (row + 1) * n));
    return { value: moved.map(([value]) => value), logDet: rows.map((row) => sum(row.map(([, log]) => log))) };
  },
  samples: [
    sample(options, 3, 4),
    sample(options, 1, 1),
    sample(options, 67, 1),
    sample(options, 2, 5, 2),
    sample(options, 2, 67),
    sample(options, 0, 3),
  ],
  gradients: ['x', 'raw'],
  dispatches: { forward: 1, withGradient: 2 },
  tolerance: 1e-4, // a log-slope of a piece that is steep
  refusals: [
    [
      () => rationalQuadraticSpline(tf.zeros([2]), tf.zeros([2, 10]), { bins: 2, bound: 1 }),
      'rationalQuadraticSpline: x must be of shape [batch, n], got [2]',
    ],
    [
      () => rationalQuadraticSpline(tf.zeros([2, 3]), tf.zeros([2, 5]), { bins: 2, bound: 1 }),
      'rationalQuadraticSpline: raw must be float32 of shape [2,15], got float32 of shape [2,5]',
    ],
    [
      () => rationalQuadraticSpline(tf.zeros([2, 1]), tf.zeros([2, 2]), { bins: 1, bound: 1 }),
      'rationalQuadraticSpline: bins must be an integer from 2 to 999, got 1',
    ],
    [
      () => rationalQuadraticSpline(tf.zeros([2, 1]), tf.zeros([2, 5]), { bins: 2, bound: 0 }),
      'rationalQuadraticSpline: bound must be above 0, got 0',
    ],
  ],
});

export const splines: OpEntry[] = [
  spline('there', { bins: 4, bound: 3 }),
  spline('back', { bins: 4, bound: 3, inverse: true }),
  spline('round a circle', { bins: 3, bound: Math.PI, circular: true }),
  spline('back round a circle', { bins: 2, bound: 1, inverse: true, circular: true }),
];
