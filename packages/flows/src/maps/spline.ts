import * as tf from '@tensorflow/tfjs-core';

/** No piece is narrower or lower than this share of the interval. */
const LEAST_SHARE = 1e-3;

/** Log-slopes at knots stay inside ±LOG_SLOPE_BOUND: slopes from 1/148 to 148. */
const LOG_SLOPE_BOUND = 5;

/** The pieces of N splines: what each of the K has at its left end, its size, and its slopes at both ends; [N, K] each. */
export interface Knots {
  lefts: tf.Tensor2D;
  widths: tf.Tensor2D;
  bottoms: tf.Tensor2D;
  heights: tf.Tensor2D;
  slopesLeft: tf.Tensor2D;
  slopesRight: tf.Tensor2D;
}

/** Single numbers moved, and the logarithms of their slopes: [N, 1] each. */
export interface SplineMoved {
  value: tf.Tensor2D;
  logSlope: tf.Tensor2D;
}

/**
 * From raw parameters to pieces on [−bound, bound]. All raw numbers at 0 make the identity.
 *
 * @param rawWidths - [N, K]
 * @param rawHeights - [N, K]
 * @param rawLogSlopes - at all knots, both ends counted: [N, K + 1].
 */
export function knotsOf(
  rawWidths: tf.Tensor2D,
  rawHeights: tf.Tensor2D,
  rawLogSlopes: tf.Tensor2D,
  bound: number,
): Knots {
  const K = rawWidths.shape[1];
  const before = tf.tensor2d(Array.from({ length: K }, (_, j) => Array.from({ length: K }, (_, k) => (j < k ? 1 : 0)))); // [K, K]: sums of all pieces to the left
  const sizes = (raw: tf.Tensor2D) =>
    tf.mul(2 * bound, tf.add(LEAST_SHARE, tf.mul(1 - K * LEAST_SHARE, tf.softmax(raw)))) as tf.Tensor2D;
  const [widths, heights] = [sizes(rawWidths), sizes(rawHeights)];
  const slopes = tf.exp(tf.mul(LOG_SLOPE_BOUND, tf.tanh(tf.div(rawLogSlopes, LOG_SLOPE_BOUND)))); // [N, K + 1]
  return {
    lefts: tf.sub(tf.matMul(widths, before), bound),
    widths,
    bottoms: tf.sub(tf.matMul(heights, before), bound),
    heights,
    slopesLeft: tf.slice(slopes, [0, 0], [-1, K]) as tf.Tensor2D,
    slopesRight: tf.slice(slopes, [0, 1], [-1, K]) as tf.Tensor2D,
  };
}

/**
 * x → y through the piece that x lies in, with ξ = (x − left) / width and s = height / width:
 *
 *     y = bottom + height (s ξ² + d₀ ξ (1 − ξ)) / (s + (d₁ + d₀ − 2s) ξ (1 − ξ))
 *
 * @param x - in [−bound, bound], [N, 1].
 */
export function splineThere(x: tf.Tensor2D, knots: Knots): SplineMoved {
  const piece = pieceAt(x, knots.lefts, knots);
  const xi = unit(tf.div(tf.sub(x, piece.left), piece.width));
  const between = tf.mul(xi, tf.sub(1, xi));
  const above = tf.add(tf.mul(piece.s, tf.square(xi)), tf.mul(piece.d0, between));
  const share = tf.div(above, denominator(piece, between));
  return { value: tf.add(piece.bottom, tf.mul(piece.height, share)) as tf.Tensor2D, logSlope: logSlopeAt(xi, piece) };
}

/**
 * y → x through the piece that y lies in, with η = (y − bottom) / height. ξ is the root of a ξ² + b ξ + c = 0 for
 *
 *     a = (s − d₀) + η (d₁ + d₀ − 2s),   b = d₀ − η (d₁ + d₀ − 2s),   c = −s η
 *
 * With g = d₀ (1 − η) − d₁ η the discriminant is b² − 4ac = g² + 4 s² η (1 − η), which nothing makes negative, and the root
 * is 2c / (−b − √…) = 2 s η / (g + 2 s η + √…). Where g < 0 that would cancel: there it is 1 − ξ, by symmetry, that is
 * 2 s (1 − η) / (−g + 2 s (1 − η) + √…).
 *
 * @param y - in [−bound, bound], [N, 1].
 */
export function splineBack(y: tf.Tensor2D, knots: Knots): SplineMoved {
  const piece = pieceAt(y, knots.bottoms, knots);
  const { s, d0, d1 } = piece;
  const eta = unit(tf.div(tf.sub(y, piece.bottom), piece.height));
  const rest = tf.sub(1, eta);
  const g = tf.sub(tf.mul(d0, rest), tf.mul(d1, eta));
  const root = tf.sqrt(tf.add(tf.square(g), tf.mul(4, tf.mul(tf.square(s), tf.mul(eta, rest)))));
  const isPlus = tf.step(g); // 1 where g > 0
  const side = chosen(isPlus, eta, rest);
  const above = tf.mul(2, tf.mul(s, side));
  const share = tf.div(above, tf.add(tf.add(tf.abs(g), above), root));
  const xi = chosen(isPlus, share, tf.sub(1, share));
  return {
    value: tf.add(piece.left, tf.mul(piece.width, xi)) as tf.Tensor2D,
    logSlope: tf.neg(logSlopeAt(xi, piece)),
  };
}

/** The first where the condition is 1, the second where it is 0. */
const chosen = (condition: tf.Tensor, first: tf.Tensor, second: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(condition, first), tf.mul(tf.sub(1, condition), second));

/** One piece for each of N numbers, [N, 1] each: where it is, and s = height / width with the slopes at its ends. */
interface Piece {
  left: tf.Tensor;
  width: tf.Tensor;
  bottom: tf.Tensor;
  height: tf.Tensor;
  s: tf.Tensor;
  d0: tf.Tensor;
  d1: tf.Tensor;
}

/** The pieces that begin before the numbers and end behind them, by sums with a 1 at the piece: gathering has no gradient everywhere. */
function pieceAt(at: tf.Tensor2D, starts: tf.Tensor2D, knots: Knots): Piece {
  const [N, K] = starts.shape;
  const isBehind = tf.step(tf.sub(at, tf.slice(starts, [0, 1], [-1, K - 1]))) as tf.Tensor2D; // inner knots, [N, K − 1]
  const [one, zero] = [tf.ones([N, 1]), tf.zeros([N, 1])] as [tf.Tensor2D, tf.Tensor2D];
  const isHere = tf.sub(tf.concat([one, isBehind], 1), tf.concat([isBehind, zero], 1)); // [N, K]
  const pick = (of: tf.Tensor2D) => tf.sum(tf.mul(isHere, of), 1, true); // [N, 1]
  const [width, height] = [pick(knots.widths), pick(knots.heights)];
  return {
    left: pick(knots.lefts),
    width,
    bottom: pick(knots.bottoms),
    height,
    s: tf.div(height, width),
    d0: pick(knots.slopesLeft),
    d1: pick(knots.slopesRight),
  };
}

/** s + (d₁ + d₀ − 2s) β for β = ξ (1 − ξ) ≤ ¼, as a sum of what is positive. */
const denominator = ({ s, d0, d1 }: Piece, between: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(s, tf.sub(1, tf.mul(2, between))), tf.mul(tf.add(d0, d1), between));

/** log dy/dx = 2 log s + log (d₁ ξ² + 2 s ξ (1 − ξ) + d₀ (1 − ξ)²) − 2 log (s + (d₁ + d₀ − 2s) ξ (1 − ξ)) */
function logSlopeAt(xi: tf.Tensor, piece: Piece): tf.Tensor2D {
  const { s, d0, d1 } = piece;
  const rest = tf.sub(1, xi);
  const between = tf.mul(xi, rest);
  const mixed = tf.add(tf.mul(d1, tf.square(xi)), tf.mul(d0, tf.square(rest)));
  const above = tf.add(mixed, tf.mul(2, tf.mul(s, between)));
  const shared = tf.log(tf.div(s, denominator(piece, between)));
  return tf.add(tf.mul(2, shared), tf.log(above)) as tf.Tensor2D;
}

/** Rounding may lead out of a piece. */
const unit = (share: tf.Tensor): tf.Tensor => tf.clipByValue(share, 0, 1);
