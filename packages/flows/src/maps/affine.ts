import { affineCouple } from '@tenonjs/runtime/ops';
import type * as tf from '@tensorflow/tfjs-core';
import { type Moved, parametersOf, type UnivariateMap } from './univariateMap';

/** Log-scales stay inside ±LOG_SCALE_BOUND, so that no map stretches more than e² ≈ 7.4 times. */
export const LOG_SCALE_BOUND = 2;

/** A scale and a shift: `x = z · exp(s) + t`, `log |dx/dz| = s`, where s = 2 tanh(raw / 2) is softly bounded. */
export const affine: UnivariateMap = {
  parameters: 2,
  move: (z, made) => couple(z, made, false),
  moveBack: (x, made) => couple(x, made, true),
};

function couple(points: tf.Tensor2D, made: tf.Tensor2D, inverse: boolean): Moved {
  const [raw, t] = parametersOf(made, 2) as [tf.Tensor2D, tf.Tensor2D];
  return affineCouple(points, t, raw, { inverse, bound: LOG_SCALE_BOUND }) as Moved;
}
