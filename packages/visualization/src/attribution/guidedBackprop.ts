import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { subjectOf } from '../model/subject';
import type { TargetOptions } from '../model/target';
import { inputGradient } from './inputGradient';

/** A ReLU that lets back only what is positive, where it was positive itself: `dx = [x > 0] · max(dy, 0)`. */
const guidedRelu = /* @__PURE__ */ tf.customGrad((x, save) => {
  (save as tf.GradSaveFunc)([x as tf.Tensor]);
  return {
    value: tf.relu(x as tf.Tensor),
    gradFunc: (dy, [saved]) => tf.mul(tf.relu(dy as tf.Tensor), tf.step(saved as tf.Tensor)),
  };
});

/**
 * The gradient that passes each ReLU only where it is positive and the ReLU was: what of the image supports the score, in
 * sharp lines. It shows edges more than it tells classes apart.
 *
 * Every ReLU is changed that is a layer of its own or the `activation` of one.
 *
 * Reference: Springenberg, Dosovitskiy, Brox, Riedmiller, "Striving for simplicity: the all convolutional net", 2015, §3.4.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @returns of the image's shape, with signs.
 * @throws TypeError or RangeError when image or target do not fit the model.
 *
 * @example
 * const gradient = guidedBackprop(model, image, { target: { layer: 'conv5', channel: 12, at: 'max' } });
 */
export function guidedBackprop(model: tfl.LayersModel, image: tf.Tensor, options: TargetOptions = {}): tf.Tensor {
  return tf.tidy(() => {
    const subject = subjectOf('guidedBackprop', model, image, options);
    return subject.unbatch(inputGradient(subject, subject.batch, { relu: guidedRelu }));
  });
}
