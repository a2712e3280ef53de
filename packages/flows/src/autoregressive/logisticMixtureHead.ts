import { categorical, deriveSeed, randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { BOUND, numbersPerComponent } from './logisticMixture/attributes';
import { logisticMixture } from './logisticMixture/logisticMixture';
import type { PixelHead } from './pixelHead';

/** Uniform numbers are multiples of 2⁻²⁴: kept one step from 0 and 1, where the inverse CDF is infinite. */
const STEP = 2 ** -24;

/**
 * A mixture of logistic distributions whose mass goes to whole levels; see {@link logisticMixture}. A pixel comes whole: within
 * it each channel's mean is moved by the channels before it.
 */
export function logisticMixtureHead(levels: number, channels: number, components: number): PixelHead {
  const each = numbersPerComponent(channels);
  const half = (levels - 1) / 2;
  return {
    name: `mixture of ${components} logistics`,
    outputs: components * each,
    groups: 1,
    /** Equal weights, means spread over all levels, each as wide as its part of them. */
    start() {
      const numbers = Array.from({ length: components * each }, (_, i) => {
        const [component, place] = [Math.floor(i / each), (i % each) - 1];
        if (place >= 0 && place < channels) return ((2 * component + 1) / components - 1) * 0.999;
        return place >= channels && place < 2 * channels ? -Math.log(2 * components) : 0;
      });
      return tf.tensor1d(numbers);
    },
    logProb: (numbers, pixels) => logisticMixture(numbers, pixels, { components, levels }),
    draw(numbers, pixels, _, seed) {
      const parts = tf.reshape(numbers, [-1, components, each]) as tf.Tensor3D;
      const logits = tf.squeeze(tf.slice(parts, [0, 0, 0], [-1, -1, 1]), [2]);
      const chosen = tf.oneHot(tf.reshape(categorical({ logits }, { seed: deriveSeed(seed, 0) }), [-1]), components);
      const own = tf.sum(tf.mul(parts, tf.expandDims(tf.cast(chosen, 'float32'), 2)), 1); // [N, each]
      const u = tf.clipByValue(randomUniform(pixels.shape, { seed: deriveSeed(seed, 1) }), STEP, 1 - STEP);
      const standard = tf.log(tf.div(u, tf.sub(1, u))); // [N, C]
      const at = (x: tf.Tensor, column: number) => tf.slice(x, [0, column], [-1, 1]); // [N, 1]
      const made: tf.Tensor[] = [];
      let coefficient = 1 + 2 * channels;
      for (let c = 0; c < channels; c++) {
        let mean = at(own, 1 + c);
        for (let j = 0; j < c; j++) {
          const before = tf.sub(tf.div(made[j] as tf.Tensor, half), 1);
          mean = tf.add(mean, tf.mul(tf.tanh(at(own, coefficient++)), before));
        }
        const logScale = tf.mul(BOUND, tf.tanh(tf.div(at(own, 1 + channels + c), BOUND)));
        const value = tf.add(mean, tf.mul(tf.exp(logScale), at(standard, c)));
        made.push(tf.clipByValue(tf.round(tf.mul(tf.add(value, 1), half)), 0, levels - 1));
      }
      return tf.concat(made, 1) as tf.Tensor2D;
    },
  };
}
