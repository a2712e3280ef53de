import * as tf from '@tensorflow/tfjs-core';
import { type Attributes, BOUND, numbersPerComponent } from './attributes';

/** What the formula is made of for one channel, [N, K] each. */
interface Channel {
  logProb: tf.Tensor;
  /** Its slopes for the mean and for the raw log-scale. */
  dMean: tf.Tensor;
  dRaw: tf.Tensor;
  /** The slopes of the mean for what follows the channels before. */
  dFollow: tf.Tensor[];
}

/** The log-probability of each pixel, in plain tfjs ops: [N]. */
export function composedLogProb(numbers: tf.Tensor, x: tf.Tensor, attributes: Attributes): tf.Tensor {
  return tf.logSumExp(composedJoint(numbers, x, attributes).joint, 1);
}

/** The gradient of Σ dy · logProb for the numbers. */
export function composedGradient(numbers: tf.Tensor, x: tf.Tensor, dy: tf.Tensor, attributes: Attributes): tf.Tensor {
  const { logWeights, joint, channels } = composedJoint(numbers, x, attributes);
  const by = tf.expandDims(dy, 1); // [N, 1]
  const share = tf.mul(by, tf.softmax(joint));
  const slopes = [
    tf.sub(share, tf.mul(by, tf.exp(logWeights))),
    ...channels.map(({ dMean }) => tf.mul(share, dMean)),
    ...channels.map(({ dRaw }) => tf.mul(share, dRaw)),
    ...channels.flatMap(({ dMean, dFollow }) => dFollow.map((slope) => tf.mul(share, tf.mul(dMean, slope)))),
  ];
  return tf.reshape(tf.stack(slopes, 2), numbers.shape); // [N, K, each] → [N, K · each]
}

/** Log-weights, and log-probabilities with them, [N, K]; and what each channel adds. */
function composedJoint(numbers: tf.Tensor, x: tf.Tensor, { components, channels: C, levels }: Attributes) {
  const half = (levels - 1) / 2;
  const parts = tf.reshape(numbers, [-1, components, numbersPerComponent(C)]);
  const part = (i: number) => tf.squeeze(tf.slice(parts, [0, 0, i], [-1, -1, 1]), [2]); // [N, K]
  const at = (c: number) => tf.slice(x, [0, c], [-1, 1]); // [N, 1]
  const logWeights = tf.logSoftmax(part(0));
  let follow = 1 + 2 * C;
  const channels = Array.from({ length: C }, (_, c): Channel => {
    let mean: tf.Tensor = part(1 + c);
    const dFollow = Array.from({ length: c }, (_, j) => {
      const [t, before] = [tf.tanh(part(follow++)), tf.sub(tf.div(at(j), half), 1)];
      mean = tf.add(mean, tf.mul(t, before));
      return tf.mul(tf.sub(1, tf.square(t)), before);
    });
    const bent = tf.tanh(tf.div(part(1 + C + c), BOUND));
    const rest = tf.exp(tf.mul(-BOUND, bent)); // 1 / s
    const centre = tf.sub(tf.sub(tf.div(at(c), half), 1), mean);
    const a = tf.mul(tf.add(centre, 0.5 / half), rest);
    const b = tf.mul(tf.sub(centre, 0.5 / half), rest);
    const width = tf.div(rest, half);
    // The first and the last level have no end.
    const isBelow = tf.cast(tf.less(at(c), levels - 1), 'float32');
    const isAbove = tf.cast(tf.greater(at(c), 0), 'float32');
    const isBetween = tf.mul(isBelow, isAbove);
    const ends = tf.add(tf.mul(isBelow, softplus(tf.neg(a))), tf.mul(isAbove, softplus(b)));
    const up = tf.mul(isBelow, tf.sigmoid(tf.neg(a)));
    const down = tf.mul(isAbove, tf.sigmoid(b));
    const shrink = tf.mul(isBetween, tf.div(width, tf.expm1(tf.minimum(width, 80))));
    const dLogScale = tf.sub(tf.sub(tf.mul(b, down), tf.mul(a, up)), shrink);
    return {
      logProb: tf.sub(tf.mul(isBetween, logOfCell(width)), ends),
      dMean: tf.mul(tf.sub(down, up), rest),
      dRaw: tf.mul(dLogScale, tf.sub(1, tf.square(bent))),
      dFollow,
    };
  });
  const joint = channels.reduce<tf.Tensor>((sum, { logProb }) => tf.add(sum, logProb), logWeights);
  return { logWeights, joint, channels };
}

/** log(1 + eᵛ) */
const softplus = (v: tf.Tensor) => tf.add(tf.relu(v), tf.log1p(tf.exp(tf.neg(tf.abs(v)))));

/** log(1 − e⁻ʷ), for small w by the first terms of its series: log w − w / 2 + w² / 24. */
function logOfCell(w: tf.Tensor): tf.Tensor {
  const near = tf.add(tf.sub(tf.log(w), tf.div(w, 2)), tf.div(tf.square(w), 24));
  const far = tf.log1p(tf.neg(tf.exp(tf.neg(tf.maximum(w, 0.1)))));
  return tf.where(tf.less(w, 0.1), near, far);
}
