import * as tf from '@tensorflow/tfjs-core';
import { LEAST_SHARE, LOG_SLOPE_BOUND, parametersOf, type SplineAttributes } from './attributes';
import { type Curve, curveAt, logSlopeOf, type Piece, rootAt, shareOf } from './curve';

/** The spline in plain tfjs ops: x [B, n], raw [B, P n] → value [B, n], logDet [B]. */
export function composedSpline(x: tf.Tensor, raw: tf.Tensor, attributes: SplineAttributes) {
  if (x.size === 0) return { value: x, logDet: tf.zeros(x.shape.slice(0, 1)) };
  const { at, isInside, clipped, piece, curve } = placesOf(x, raw, attributes);
  const moved = attributes.inverse
    ? tf.add(piece.left, tf.mul(piece.width, curve.xi))
    : tf.add(piece.bottom, tf.mul(piece.height, shareOf(curve)));
  const logSlope = tf.mul(isInside, logSlopeOf(curve));
  const logDet = tf.sum(tf.reshape(logSlope, x.shape), 1);
  return {
    value: tf.reshape(tf.add(at, tf.mul(isInside, tf.sub(moved, clipped))), x.shape),
    logDet: attributes.inverse ? tf.neg(logDet) : logDet,
  };
}

/** Where each of N = B n numbers is: columns [N, 1], and what its spline is made of. */
export interface Places extends Pieces {
  at: tf.Tensor;
  /** 1 or 0, of no slope. */
  isInside: tf.Tensor;
  clipped: tf.Tensor;
  /** 1 at the piece of the number, and at the pieces before it: [N, K]. */
  isHere: tf.Tensor;
  isBefore: tf.Tensor;
  piece: Piece;
  curve: Curve;
}

export function placesOf(x: tf.Tensor, raw: tf.Tensor, attributes: SplineAttributes): Places {
  const { bins: K, bound, inverse } = attributes;
  const [B, n] = x.shape as [number, number];
  const at = tf.reshape(x, [-1, 1]); // [N, 1]
  const clipped = tf.clipByValue(at, -bound, bound); // so that nothing overflows far out
  const rows = tf.reshape(tf.transpose(tf.reshape(raw, [B, parametersOf(attributes), n]), [0, 2, 1]), [B * n, -1]);
  const pieces = piecesOf(rows as tf.Tensor2D, attributes); // from [N, P]
  const starts = tf.sub(tf.cumsum(inverse ? pieces.heights : pieces.widths, 1), bound); // of the next piece
  const isBehind = tf.step(tf.sub(clipped, tf.slice(starts, [0, 0], [-1, K - 1]))); // inner knots, [N, K − 1]
  const [one, zero] = [tf.onesLike(at), tf.zerosLike(at)];
  const isBefore = tf.concat([isBehind, zero], 1); // [N, K]
  const isHere = tf.sub(tf.concat([one, isBehind], 1), isBefore);
  // Sums with a 1 at the piece: gathering has no gradient everywhere.
  const sum = (weights: tf.Tensor, of: tf.Tensor) => tf.sum(tf.mul(weights, of), 1, true); // [N, 1]
  const [width, height] = [sum(isHere, pieces.widths), sum(isHere, pieces.heights)];
  const piece = {
    left: tf.sub(sum(isBefore, pieces.widths), bound),
    width,
    bottom: tf.sub(sum(isBefore, pieces.heights), bound),
    height,
    s: tf.div(height, width),
    d0: sum(isHere, tf.slice(pieces.slopes, [0, 0], [-1, K])),
    d1: sum(isHere, tf.slice(pieces.slopes, [0, 1], [-1, K])),
  };
  const share = inverse
    ? tf.div(tf.sub(clipped, piece.bottom), piece.height)
    : tf.div(tf.sub(clipped, piece.left), piece.width);
  const inPiece = tf.clipByValue(share, 0, 1); // rounding may lead out of it
  const curve = curveAt(inverse ? rootAt(inPiece, piece) : inPiece, piece);
  return { ...pieces, at, isInside: tf.step(tf.sub(bound, tf.abs(at))), clipped, isHere, isBefore, piece, curve };
}

/** Of N splines: shares and sizes of the K pieces, [N, K]; slopes at all knots, [N, K + 1], and how they go with what is raw. */
interface Pieces {
  widthShares: tf.Tensor;
  heightShares: tf.Tensor;
  widths: tf.Tensor;
  heights: tf.Tensor;
  slopes: tf.Tensor;
  slopesOfSlopes: tf.Tensor;
}

/** All raw numbers at 0 make the identity. */
function piecesOf(rows: tf.Tensor2D, { bins: K, bound, circular }: SplineAttributes): Pieces {
  const [N] = rows.shape;
  const part = (from: number, size: number) => tf.slice(rows, [0, from], [N, size]);
  const end = circular ? part(2 * K, 1) : tf.zeros([N, 1]); // a log-slope of 0
  const [widthShares, heightShares] = [tf.softmax(part(0, K)), tf.softmax(part(K, K))];
  const inner = circular ? part(2 * K, K) : tf.concat([end, part(2 * K, K - 1)], 1);
  const soft = tf.tanh(tf.div(tf.concat([inner, end], 1), LOG_SLOPE_BOUND)); // [N, K + 1]
  const slopes = tf.exp(tf.mul(LOG_SLOPE_BOUND, soft));
  const sizes = (shares: tf.Tensor) => tf.mul(2 * bound, tf.add(LEAST_SHARE, tf.mul(1 - K * LEAST_SHARE, shares)));
  return {
    widthShares,
    heightShares,
    widths: sizes(widthShares),
    heights: sizes(heightShares),
    slopes,
    slopesOfSlopes: tf.mul(slopes, tf.sub(1, tf.square(soft))),
  };
}
