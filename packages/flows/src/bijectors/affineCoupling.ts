import * as tf from '@tensorflow/tfjs-core';
import { Coupling, type Moved } from './coupling';

/** Log-scales stay inside ±LOG_SCALE_BOUND, so that no coupling stretches more than e² ≈ 7.4 times. */
export const LOG_SCALE_BOUND = 2;

/**
 * Affine coupling: some numbers of a point pass unchanged and decide how the others are scaled and shifted.
 *
 *     x₁ = z₁,   x₂ = z₂ · exp(s(z₁)) + t(z₁),   log |det J| = Σ s(z₁)
 *
 * The log-scale is softly bounded: s = 2 tanh(raw / 2).
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, eq. 7–8.
 *
 * @param options.mask - which numbers pass unchanged.
 * @param options.conditioner - makes raw log-scales and shifts: [batch, mask.kept] → [batch, 2 · mask.changed].
 *
 * @example
 * const mask = checkerboardMask({ shape: [8, 8, 1] });
 * const conditioner = mlp({ inputs: mask.kept, outputs: 2 * mask.changed, hidden: [64], seed: 1 });
 * const coupling = new AffineCoupling({ mask, conditioner });
 */
export class AffineCoupling extends Coupling {
  protected readonly parameters = 2;

  protected move(z: tf.Tensor2D, [raw, t]: [tf.Tensor2D, tf.Tensor2D]): Moved {
    const s = logScale(raw);
    return { value: tf.add(tf.mul(z, tf.exp(s)), t), logDet: tf.sum(s, 1) };
  }

  protected moveBack(x: tf.Tensor2D, [raw, t]: [tf.Tensor2D, tf.Tensor2D]): Moved {
    const minusS = tf.neg(logScale(raw));
    return { value: tf.mul(tf.sub(x, t), tf.exp(minusS)), logDet: tf.sum(minusS, 1) };
  }
}

const logScale = (raw: tf.Tensor2D): tf.Tensor2D => tf.mul(LOG_SCALE_BOUND, tf.tanh(tf.div(raw, LOG_SCALE_BOUND)));
