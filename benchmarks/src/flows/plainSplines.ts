import * as tf from '@tensorflow/tfjs';

const [LEAST, SLOPES] = [1e-3, 5];

/**
 * Numbers [B, n] back through rational-quadratic splines, with the log-slopes of the way back, both [B, n]; parameters
 * [B, 3K − 1, n]. Written from the formulas of Durkan et al., 2019, with the chained ops of tfjs alone.
 */
export function plainSplineBack(y: tf.Tensor, made: tf.Tensor3D, K: number, bound: number): [tf.Tensor, tf.Tensor] {
  const [B, , n] = made.shape;
  const raw = made.transpose([0, 2, 1]).reshape([B * n, 3 * K - 1]); // a row for each number
  const at = y.reshape([B * n, 1]);
  const inside = tf.step(at.abs().sub(bound).neg()); // comparisons have no gradient
  const clipped = at.clipByValue(-bound, bound);
  const sizes = (from: number) =>
    raw
      .slice([0, from], [-1, K])
      .softmax()
      .mul(1 - K * LEAST)
      .add(LEAST)
      .mul(2 * bound);
  const [widths, heights] = [sizes(0), sizes(K)];
  const lefts = widths.cumsum(1, true).sub(bound);
  const bottoms = heights.cumsum(1, true).sub(bound);
  const logs = raw.slice([0, 2 * K], [-1, K - 1]);
  const slopes = logs
    .div(SLOPES)
    .tanh()
    .mul(SLOPES)
    .exp()
    .pad(
      [
        [0, 0],
        [1, 1],
      ],
      1,
    );
  const isBehind = tf.step(clipped.sub(bottoms.slice([0, 1], [-1, K - 1]))); // inner knots, [B n, K − 1]
  const [one, zero] = [tf.onesLike(at), tf.zerosLike(at)];
  const isHere = tf.concat([one, isBehind], 1).sub(tf.concat([isBehind, zero], 1)); // [B n, K]
  const pick = (of: tf.Tensor) => of.mul(isHere).sum(1, true);
  const [left, width, bottom, height] = [pick(lefts), pick(widths), pick(bottoms), pick(heights)];
  const [d0, d1] = [pick(slopes.slice([0, 0], [-1, K])), pick(slopes.slice([0, 1], [-1, K]))];
  const s = height.div(width);
  const rise = clipped.sub(bottom);
  const bend = d0.add(d1).sub(s.mul(2));
  const a = height.mul(s.sub(d0)).add(rise.mul(bend));
  const b = height.mul(d0).sub(rise.mul(bend));
  const c = s.mul(rise).neg();
  const root = b.square().sub(a.mul(c).mul(4)).maximum(0).sqrt();
  const xi = c.mul(2).div(b.neg().sub(root));
  const rest = tf.sub(1, xi);
  const between = xi.mul(rest);
  const below = s.add(bend.mul(between));
  const above = d1.mul(xi.square()).add(s.mul(between).mul(2)).add(d0.mul(rest.square()));
  const logSlope = s.log().mul(2).add(above.log()).sub(below.log().mul(2));
  const moved = left.add(width.mul(xi));
  const value = inside.mul(moved).add(tf.sub(1, inside).mul(at));
  return [value.reshape([B, n]), inside.mul(logSlope).neg().reshape([B, n])];
}
