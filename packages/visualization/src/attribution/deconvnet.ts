import { maxPoolWithArgmax, maxUnpool } from '@tenonjs/core-layers/ops';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { PoolWindow } from '../model/pools';
import { subjectOf } from '../model/subject';
import type { TargetOptions } from '../model/target';
import { inputGradient } from './inputGradient';

/** A ReLU that rectifies what comes back instead of what went forward: `dx = max(dy, 0)`. */
const deconvRelu = /* @__PURE__ */ tf.customGrad((x) => ({
  value: tf.relu(x as tf.Tensor),
  gradFunc: (dy) => tf.relu(dy as tf.Tensor),
}));

/** Below every number that a network has: what lies around an image is never the largest. */
const NEVER = -3e38;

/** A max pooling that is undone by its switches: each number goes back to where the largest was found. */
function switchedPool(x: tf.Tensor4D, { around: [rows, columns], ...window }: PoolWindow): tf.Tensor {
  const padded = tf.pad(x, [[0, 0], [...rows], [...columns], [0, 0]], NEVER);
  return tf.customGrad((input, save) => {
    const { value, indices } = maxPoolWithArgmax(input as tf.Tensor4D, window);
    (save as tf.GradSaveFunc)([indices]);
    return { value, gradFunc: (dy, [switches]) => maxUnpool(dy as tf.Tensor, switches as tf.Tensor, padded.shape) };
  })(padded);
}

/**
 * What a unit has seen, by running the network backwards: max pooling undone by its switches, ReLU applied to what comes
 * back, convolutions by their transposed filters. All other layers go back as gradients do.
 *
 * A target in a layer starts from its activation; a channel without a place from its strongest. A class starts from 1.
 *
 * Reference: Zeiler, Fergus, "Visualizing and understanding convolutional networks", 2014, §2.1.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @returns of the image's shape, with signs.
 * @throws TypeError or RangeError when image or target do not fit the model.
 *
 * @example
 * const seen = deconvnet(model, image, { target: { layer: 'conv3', channel: 7 } });
 */
export function deconvnet(model: tfl.LayersModel, image: tf.Tensor, options: TargetOptions = {}): tf.Tensor {
  return tf.tidy(() => {
    const { target } = options;
    const inLayer = typeof target === 'object' && 'layer' in target;
    const strongest = inLayer && target.channel !== undefined && target.at === undefined;
    const subject = subjectOf('deconvnet', model, image, options);
    const whole = strongest && subject.score.edge.node.shape.length === 4;
    const { scoreAt, batch, unbatch } = whole
      ? subjectOf('deconvnet', model, image, { ...options, target: { ...target, at: 'max' } })
      : subject;
    // The gradient of a²/2 is a: so the way back starts from the activation.
    const start: typeof scoreAt = (x, changes) => {
      const score = scoreAt(x, changes);
      return inLayer ? (tf.div(tf.square(score), 2) as tf.Tensor1D) : score;
    };
    return unbatch(inputGradient({ scoreAt: start }, batch, { relu: deconvRelu, maxPool: switchedPool }));
  });
}
