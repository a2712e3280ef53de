import * as tf from '@tensorflow/tfjs-core';
import { constantPerPoint } from '../shapes';
import type { UnivariateMap } from './univariateMap';

/** A shift: `x = z + t`, `log |dx/dz| = 0`. */
export const additive: UnivariateMap = {
  parameters: 1,
  move: (z, t) => ({ value: tf.add(z, t), logDet: constantPerPoint(z, 0) }),
  moveBack: (x, t) => ({ value: tf.sub(x, t), logDet: constantPerPoint(x, 0) }),
};
