import { deriveSeed, randomNormal, randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { withoutGradient } from '../gradients';
import { deviance } from '../special/differences';
import { implicitSlope } from '../special/incompleteGamma';

/** So many are refused in a row once in 10⁸ draws; the last one then stands, which float32 numbers cannot show. */
const PROPOSALS = 6;

/** Half the spacing of uniform numbers: keeps them off 0. */
const HALF_STEP = 2 ** -25;

/**
 * Logarithms of draws from gamma distributions of rate 1: as logarithms, since draws of a small concentration are mostly
 * too small for float32. With d = a + 2/3, and z, u and w a normal and two uniform numbers,
 *
 *     v = (1 + z / √(9d))³, accepted when v > 0 and log u < ½ z² − d (v − 1 − log v),   log x = log(d v) + (log w) / a
 *
 * is one for every concentration a: d v is a draw for a + 1. Each draw has six proposals and takes the first that is
 * accepted, so that all are made at once. Which one is accepted depends on the concentration in jumps; gradients flow
 * to it by implicit reparameterisation, which has none.
 *
 * @param concentration - a > 0, broadcasts to `shape`.
 *
 * Reference: Marsaglia, Tsang, "A simple method for generating gamma variables", 2000.
 */
export function logGammaDraws(concentration: tf.Tensor, shape: number[], seed: Seed): tf.Tensor {
  const a = tf.add(concentration, tf.zeros(shape));
  return implicit(
    a,
    withoutGradient((shapes) => draw(shapes, seed), a),
  );
}

function draw(a: tf.Tensor, seed: Seed): tf.Tensor {
  const normals = tf.unstack(randomNormal([PROPOSALS, ...a.shape], { seed: deriveSeed(seed, 0) }));
  const uniforms = tf.unstack(randomUniform([PROPOSALS, ...a.shape], { seed: deriveSeed(seed, 1) }));
  const d = tf.add(a, 2 / 3);
  const width = tf.div(1, tf.sqrt(tf.mul(9, d)));
  const proposals = normals.map((z, i) => {
    const root = tf.add(1, tf.mul(width, z));
    const positive = tf.maximum(root, 1e-3);
    const v = tf.mul(positive, tf.square(positive));
    const bound = tf.sub(tf.mul(0.5, tf.square(z)), tf.mul(d, deviance(v, tf.onesLike(v))));
    const below = tf.less(tf.log(tf.add(uniforms[i] as tf.Tensor, HALF_STEP)), bound);
    return { v, accepted: tf.logicalAnd(below, tf.greater(root, 1e-3)) };
  });
  const last = proposals.pop() as { v: tf.Tensor };
  const v = proposals.reduceRight((later, { v: own, accepted }) => tf.where(accepted, own, later), last.v);
  const power = tf.add(randomUniform(a.shape, { seed: deriveSeed(seed, 2) }), HALF_STEP);
  return tf.add(tf.log(tf.mul(d, v)), tf.div(tf.log(power), a));
}

/** The draws, with the gradient that keeps each at its place in its law; it can be differentiated again. */
function implicit(a: tf.Tensor, logX: tf.Tensor): tf.Tensor {
  const op = tf.customGrad((...args) => {
    const [concentration, draws, save] = args as unknown as [tf.Tensor, tf.Tensor, (kept: tf.Tensor[]) => void];
    save([concentration, draws]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [shapes, kept] = saved as [tf.Tensor, tf.Tensor];
      return [tf.mul(dy, implicitSlope(shapes, implicit(shapes, kept))), tf.zerosLike(kept)];
    };
    return { value: tf.clone(draws), gradFunc };
  });
  return op(a, logX);
}
