import * as tf from '@tensorflow/tfjs-core';

/** One piece for each of N numbers, [N, 1] each: where it is, s = height / width, and the slopes at its ends. */
export interface Piece {
  left: tf.Tensor;
  width: tf.Tensor;
  bottom: tf.Tensor;
  height: tf.Tensor;
  s: tf.Tensor;
  d0: tf.Tensor;
  d1: tf.Tensor;
}

/** A piece at ξ, with what its formulas share, all of it positive: β = ξ (1 − ξ), above A and below D. */
export interface Curve extends Piece {
  xi: tf.Tensor;
  rest: tf.Tensor;
  between: tf.Tensor;
  above: tf.Tensor;
  below: tf.Tensor;
}

const [plus, minus, times, over, squared] = [tf.add, tf.sub, tf.mul, tf.div, tf.square] as const;

/**
 * `D = s + (d₁ + d₀ − 2s) β = s (1 − 2β) + (d₀ + d₁) β`, `A = d₁ ξ² + 2 s β + d₀ (1 − ξ)²`: the slope of a piece is
 * `s² A / D²`.
 */
export function curveAt(xi: tf.Tensor, piece: Piece): Curve {
  const { s, d0, d1 } = piece;
  const rest = minus(1, xi);
  const between = times(xi, rest);
  const below = plus(times(s, minus(1, times(2, between))), times(plus(d0, d1), between));
  const above = plus(plus(times(d1, squared(xi)), times(d0, squared(rest))), times(2, times(s, between)));
  return { ...piece, xi, rest, between, above, below };
}

/** `(s ξ² + d₀ β) / D`: the share of the height that the curve has climbed. */
export const shareOf = ({ s, d0, xi, between, below }: Curve): tf.Tensor =>
  over(plus(times(s, squared(xi)), times(d0, between)), below);

/** `2 log (s / D) + log A` */
export const logSlopeOf = ({ s, above, below }: Curve): tf.Tensor =>
  plus(times(2, tf.log(over(s, below))), tf.log(above));

/** How something changes with ξ, s, d₀ and d₁. */
export type Slopes = Record<'xi' | 's' | 'd0' | 'd1', tf.Tensor>;

/** Of the share. */
export function slopesOfShare({ s, d0, d1, xi, rest, between, above, below }: Curve): Slopes {
  const [before, behind] = [times(d0, squared(rest)), times(d1, squared(xi))];
  const scale = over(between, squared(below));
  return {
    xi: over(over(times(s, above), below), below),
    s: times(scale, minus(behind, before)),
    d0: times(scale, plus(times(s, squared(rest)), times(d1, between))),
    d1: tf.neg(times(scale, plus(times(s, squared(xi)), times(d0, between)))),
  };
}

/** Of the log-slope. */
export function slopesOfLogSlope({ s, d0, d1, xi, rest, between, above, below }: Curve): Slopes {
  const turn = minus(rest, xi); // 1 − 2ξ
  const aboveSlope = plus(minus(times(d1, xi), times(d0, rest)), times(s, turn)); // half of dA/dξ
  const belowSlope = times(minus(plus(d0, d1), times(2, s)), turn);
  const share = over(between, below);
  return {
    xi: times(2, minus(over(aboveSlope, above), over(belowSlope, below))),
    s: times(2, plus(over(times(plus(d0, d1), share), s), over(between, above))),
    d0: minus(over(squared(rest), above), times(2, share)),
    d1: minus(over(squared(xi), above), times(2, share)),
  };
}

/**
 * ξ for the share η of the height, the root of a ξ² + b ξ + c = 0 for
 *
 *     a = (s − d₀) + η (d₁ + d₀ − 2s),   b = d₀ − η (d₁ + d₀ − 2s),   c = −s η
 *
 * With g = d₀ (1 − η) − d₁ η the discriminant is b² − 4ac = g² + 4 s² η (1 − η), which nothing makes negative, and the root
 * is 2c / (−b − √…) = 2 s η / (g + 2 s η + √…). Where g < 0 that would cancel: there it is 1 − ξ, by symmetry, that is
 * 2 s (1 − η) / (−g + 2 s (1 − η) + √…).
 */
export function rootAt(eta: tf.Tensor, { s, d0, d1 }: Piece): tf.Tensor {
  const rest = minus(1, eta);
  const g = minus(times(d0, rest), times(d1, eta));
  const root = tf.sqrt(plus(squared(g), times(4, times(squared(s), times(eta, rest)))));
  const isPlus = tf.step(g); // 1 where g > 0
  const chosen = (first: tf.Tensor, second: tf.Tensor) => plus(times(isPlus, first), times(minus(1, isPlus), second));
  const above = times(2, times(s, chosen(eta, rest)));
  const share = over(above, plus(plus(tf.abs(g), above), root));
  return chosen(share, minus(1, share));
}
