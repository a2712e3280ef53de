import * as tf from '@tensorflow/tfjs-core';

const clamp = (x: tf.Tensor) => tf.clipByValue(x, 0, 1);

/** `R, G, B` [.., 3] → grey [.., 1] */
const grey = (x: tf.Tensor) => tf.sum(tf.mul(x, tf.tensor1d([0.2989, 0.587, 0.114])), -1, true);

/** The formulas in plain ops: what gradients go back through. */
export function composedColor(x: tf.Tensor, factors: tf.Tensor): tf.Tensor {
  const [B, , , C] = x.shape as [number, number, number, number];
  if (x.size === 0) return tf.clone(x);
  const of = (k: number) => tf.reshape(tf.slice(factors, [0, k], [B, 1]), [B, 1, 1, 1]);
  const lit = clamp(tf.mul(x, of(0)));
  const mean = tf.mean(C === 3 ? grey(lit) : lit, [1, 2, 3], true);
  const blend = (one: tf.Tensor, other: tf.Tensor, share: tf.Tensor) =>
    clamp(tf.add(tf.mul(one, share), tf.mul(other, tf.sub(1, share))));
  const contrasted = blend(lit, mean, of(1));
  if (C === 1) return contrasted;
  const saturated = blend(contrasted, grey(contrasted), of(2));
  const hue = of(3);
  const shift = tf.abs(tf.add(hue, tf.zeros(saturated.shape)));
  return tf.where(tf.greaterEqual(0, shift), saturated, turned(saturated, hue));
}

/** Of tfjs's comparisons only `greaterEqual` lets gradients pass by. */
function turned(x: tf.Tensor, by: tf.Tensor): tf.Tensor {
  const rgb = tf.split(x, 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const [r, g, b] = rgb;
  const most = tf.maximum(tf.maximum(r, g), b);
  const range = tf.sub(most, tf.minimum(tf.minimum(r, g), b));
  const flat = tf.greaterEqual(0, range);
  const width = tf.where(flat, tf.ones(range.shape), range);
  const after = (from: number, one: tf.Tensor, other: tf.Tensor) => tf.add(from, tf.div(tf.sub(one, other), width));
  const largest = (channel: tf.Tensor) => tf.greaterEqual(channel, most);
  const sixth = tf.where(largest(r), after(0, g, b), tf.where(largest(g), after(2, b, r), after(4, r, g)));
  const hue = tf.add(sixth, tf.mul(6, by));
  const channels = rgb.map((own, c) => {
    const at = tf.add(5 - 2 * c, hue);
    const k = tf.sub(at, tf.mul(6, tf.floor(tf.div(at, 6))));
    const found = clamp(tf.sub(most, tf.mul(range, tf.relu(tf.minimum(tf.minimum(k, tf.sub(4, k)), 1)))));
    return tf.where(flat, own, found);
  });
  return tf.concat(channels, -1);
}
