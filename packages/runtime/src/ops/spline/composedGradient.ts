import * as tf from '@tensorflow/tfjs-core';
import { LEAST_SHARE, type SplineAttributes } from './attributes';
import { placesOf } from './composed';
import { type Curve, shareOf, slopesOfLogSlope, slopesOfShare } from './curve';

/** The gradients of x [B, n] and raw [B, P n], in plain tfjs ops. */
export function composedSplineGradient(
  { x, raw, dValue, dLogDet }: Readonly<Record<'x' | 'raw' | 'dValue' | 'dLogDet', tf.Tensor>>,
  attributes: SplineAttributes,
) {
  if (x.size === 0) return { dx: x, dRaw: raw };
  const { bins: K, bound, circular, inverse } = attributes;
  const [B, n] = x.shape as [number, number];
  const places = placesOf(x, raw, attributes);
  const { isInside, isHere, isBefore } = places;
  const dv = tf.reshape(dValue, [-1, 1]); // [N, 1]
  const dl = tf.reshape(tf.tile(tf.expandDims(dLogDet, 1), [1, n]), [-1, 1]);
  const d = (inverse ? gradientBack : gradientThere)(places.curve, tf.mul(isInside, dv), tf.mul(isInside, dl));

  const ofSizes = (dStart: tf.Tensor, dSize: tf.Tensor, shares: tf.Tensor) => {
    const along = tf.add(tf.mul(isBefore, dStart), tf.mul(isHere, dSize)); // [N, K]
    const mean = tf.sum(tf.mul(shares, along), 1, true);
    return tf.mul(tf.mul(2 * bound * (1 - K * LEAST_SHARE), shares), tf.sub(along, mean));
  };
  const none = tf.zerosLike(dv);
  const ofKnots = tf.mul(
    tf.add(tf.concat([tf.mul(isHere, d.d0), none], 1), tf.concat([none, tf.mul(isHere, d.d1)], 1)), // [N, K + 1]
    places.slopesOfSlopes,
  );
  const columns = (from: number, size: number) => tf.slice(ofKnots, [0, from], [-1, size]);
  const ofSlopes = circular
    ? tf.concat([tf.add(columns(0, 1), columns(K, 1)), columns(1, K - 1)], 1)
    : columns(1, K - 1);
  const { widthShares, heightShares } = places;
  const ofRows = tf.concat(
    [ofSizes(d.left, d.width, widthShares), ofSizes(d.bottom, d.height, heightShares), ofSlopes],
    1,
  ); // [N, P]
  return {
    dx: tf.reshape(tf.add(d.at, tf.mul(tf.sub(1, isInside), dv)), x.shape),
    dRaw: tf.reshape(tf.transpose(tf.reshape(ofRows, [B, n, -1]), [0, 2, 1]), raw.shape),
  };
}

/** Of a number and its piece, from those of what it became and of its log-slope: [N, 1] each. */
type PieceGradient = Record<'at' | 'left' | 'width' | 'bottom' | 'height' | 'd0' | 'd1', tf.Tensor>;

/** y = bottom + height · share(ξ, s, d₀, d₁) with ξ = (x − left) / width and s = height / width. */
function gradientThere(curve: Curve, dv: tf.Tensor, dl: tf.Tensor): PieceGradient {
  const { xi, s, width, height } = curve;
  const [ofShare, ofLog] = [slopesOfShare(curve), slopesOfLogSlope(curve)];
  const climbed = tf.mul(dv, height);
  const of = (name: 'xi' | 's' | 'd0' | 'd1') => tf.add(tf.mul(climbed, ofShare[name]), tf.mul(dl, ofLog[name]));
  const [at, ds] = [tf.div(of('xi'), width), tf.div(of('s'), width)];
  return {
    at,
    left: tf.neg(at),
    width: tf.neg(tf.add(tf.mul(at, xi), tf.mul(ds, s))),
    bottom: dv,
    height: tf.add(tf.mul(dv, shareOf(curve)), ds),
    d0: of('d0'),
    d1: of('d1'),
  };
}

/** x = left + width · ξ, where ξ goes along with y, s, d₀ and d₁ so that share(ξ, …) = (y − bottom) / height. */
function gradientBack(curve: Curve, dv: tf.Tensor, dl: tf.Tensor): PieceGradient {
  const { xi, s, width, height } = curve;
  const [ofShare, ofLog] = [slopesOfShare(curve), slopesOfLogSlope(curve)];
  const dShare = tf.div(tf.sub(tf.mul(dv, width), tf.mul(dl, ofLog.xi)), ofShare.xi);
  const of = (name: 's' | 'd0' | 'd1') => tf.neg(tf.add(tf.mul(dShare, ofShare[name]), tf.mul(dl, ofLog[name])));
  const [at, ds] = [tf.div(dShare, height), tf.div(of('s'), width)];
  return {
    at,
    left: dv,
    width: tf.sub(tf.mul(dv, xi), tf.mul(ds, s)),
    bottom: tf.neg(at),
    height: tf.sub(ds, tf.mul(at, shareOf(curve))),
    d0: of('d0'),
    d1: of('d1'),
  };
}
