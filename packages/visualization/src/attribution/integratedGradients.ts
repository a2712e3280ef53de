import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger, checkNumber, complain } from '../check';
import { subjectOf } from '../model/subject';
import type { TargetOptions } from '../model/target';
import { gaussLegendre } from './gaussLegendre';
import { inputGradient } from './inputGradient';

export interface IntegratedGradientsOptions extends TargetOptions {
  /** What stands for nothing seen: a number, or an image of the same shape. Default: 0, black. */
  baseline?: number | tf.Tensor;
  /** How many points of the way are looked at, by Gauss–Legendre quadrature. Default: 50. */
  steps?: number;
}

/**
 * How much each number of the image adds to the score: the gradient, integrated on the straight way from a baseline. All of
 * it together is the difference of the scores, `Σ IG = score(x) − score(x′)`.
 *
 *     IG = (x − x′) · ∫₀¹ ∂ score(x′ + α (x − x′)) / ∂ x dα
 *
 * Reference: Sundararajan, Taly, Yan, "Axiomatic attribution for deep networks", 2017, §3.
 *
 * Without a target the class is the one most probable for the image itself, all along the way.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @returns of the image's shape, with signs.
 * @throws TypeError or RangeError when image, baseline or target do not fit the model.
 *
 * @example
 * const attributions = integratedGradients(model, image, { target: 3, baseline: 0.5 });
 */
export function integratedGradients(
  model: tfl.LayersModel,
  image: tf.Tensor,
  { baseline = 0, steps = 50, ...options }: IntegratedGradientsOptions = {},
): tf.Tensor {
  checkInteger('integratedGradients', 'steps', steps, 1);
  if (typeof baseline === 'number') checkNumber('integratedGradients', 'baseline', baseline);
  else if (baseline.shape.join() !== image.shape.join()) {
    complain('integratedGradients', 'baseline', `a number or of shape [${image.shape}]`, `[${baseline.shape}]`);
  }
  return tf.tidy(() => {
    const subject = subjectOf('integratedGradients', model, image, options);
    const { batch } = subject;
    const start = typeof baseline === 'number' ? tf.fill(batch.shape, baseline) : tf.reshape(baseline, batch.shape);
    const way = tf.sub(batch, start);
    const { points, weights } = gaussLegendre(steps);
    let mean: tf.Tensor = tf.zerosLike(batch);
    for (const [i, alpha] of points.entries()) {
      const last = mean;
      mean = tf.tidy(() => {
        const gradient = inputGradient(subject, tf.add(start, tf.mul(alpha, way)));
        return tf.add(last, tf.mul(weights[i] as number, gradient));
      });
      last.dispose();
    }
    return subject.unbatch(tf.mul(way, mean));
  });
}
