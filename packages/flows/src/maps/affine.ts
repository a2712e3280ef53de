import * as tf from '@tensorflow/tfjs-core';
import { parametersOf, type UnivariateMap } from './univariateMap';

/** Log-scales stay inside ±LOG_SCALE_BOUND, so that no map stretches more than e² ≈ 7.4 times. */
export const LOG_SCALE_BOUND = 2;

/** A scale and a shift: `x = z · exp(s) + t`, `log |dx/dz| = s`, where s = 2 tanh(raw / 2) is softly bounded. */
export const affine: UnivariateMap = {
  parameters: 2,
  move(z, made) {
    const [raw, t] = parametersOf(made, 2) as [tf.Tensor2D, tf.Tensor2D];
    const s = logScale(raw);
    return { value: tf.add(tf.mul(z, tf.exp(s)), t), logDet: tf.sum(s, 1) };
  },
  moveBack(x, made) {
    const [raw, t] = parametersOf(made, 2) as [tf.Tensor2D, tf.Tensor2D];
    const minusS = tf.neg(logScale(raw));
    return { value: tf.mul(tf.sub(x, t), tf.exp(minusS)), logDet: tf.sum(minusS, 1) };
  },
};

const logScale = (raw: tf.Tensor2D): tf.Tensor2D => tf.mul(LOG_SCALE_BOUND, tf.tanh(tf.div(raw, LOG_SCALE_BOUND)));
