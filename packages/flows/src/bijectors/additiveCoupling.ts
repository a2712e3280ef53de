import * as tf from '@tensorflow/tfjs-core';
import { constantPerPoint } from '../shapes';
import { Coupling, type Moved } from './coupling';

/**
 * Additive coupling: some numbers of a point pass unchanged and decide how far the others are shifted.
 *
 *     x₁ = z₁,   x₂ = z₂ + t(z₁),   log |det J| = 0
 *
 * It keeps volume; put a `Scaling` before it.
 *
 * Reference: Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015, eq. 4.
 *
 * @param options.mask - which numbers pass unchanged.
 * @param options.conditioner - makes t: [batch, mask.kept] → [batch, mask.changed].
 *
 * @example
 * const mask = halfMask({ dim: 4 });
 * const conditioner = mlp({ inputs: mask.kept, outputs: mask.changed, hidden: [32], seed: 1 });
 * const coupling = new AdditiveCoupling({ mask, conditioner });
 */
export class AdditiveCoupling extends Coupling {
  protected readonly parameters = 1;

  protected move(z: tf.Tensor2D, [t]: [tf.Tensor2D]): Moved {
    return { value: tf.add(z, t), logDet: constantPerPoint(z, 0) };
  }

  protected moveBack(x: tf.Tensor2D, [t]: [tf.Tensor2D]): Moved {
    return { value: tf.sub(x, t), logDet: constantPerPoint(x, 0) };
  }
}
