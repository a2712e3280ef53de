import { categorical } from '@tenonjs/runtime';
import { softmaxCrossEntropy } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { PixelHead } from './pixelHead';

/**
 * A probability for each level of each channel: `p(x) = softmax(numbers)[x]`.
 *
 * Reference: van den Oord, Kalchbrenner, Kavukcuoglu, "Pixel recurrent neural networks", 2016, §3.3.
 */
export function categoricalHead(levels: number, channels: number): PixelHead {
  return {
    name: 'categorical',
    outputs: channels * levels,
    groups: channels,
    start: () => tf.zeros([channels * levels]),
    logProb(numbers, pixels) {
      const logits = tf.reshape(numbers, [-1, levels]); // [N C, levels]
      const labels = tf.cast(tf.reshape(pixels, [-1]), 'int32');
      const nats = softmaxCrossEntropy(logits, labels, { reduction: 'none' });
      return tf.neg(tf.sum(tf.reshape(nats, [-1, channels]), 1));
    },
    draw(numbers, pixels, channel, seed) {
      const logits = tf.slice(numbers, [0, channel * levels], [-1, levels]);
      const drawn = tf.cast(categorical({ logits }, { seed }), 'float32'); // [N, 1]
      const parts = [tf.slice(pixels, [0, 0], [-1, channel]), drawn, tf.slice(pixels, [0, channel + 1], [-1, -1])];
      return tf.concat(
        parts.filter(({ size }) => size > 0),
        1,
      ) as tf.Tensor2D;
    },
  };
}
