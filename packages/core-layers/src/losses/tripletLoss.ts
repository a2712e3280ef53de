import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { checkMargin } from './margin';
import { checkReduction, type LossOptions, reduced } from './reduction';
import { squaredDistances } from './squaredDistances';

export interface TripletLossOptions extends LossOptions {
  /** So much nearer than the negative the positive needs to be, > 0. Default 1. */
  margin?: number;
  /**
   * Which triplets of the batch: `batchHard` (default), of each anchor the farthest positive and the nearest negative; or
   * `batchAll`, every one that there is.
   */
  mining?: 'batchHard' | 'batchAll';
  /** `euclidean` (default) or `squaredEuclidean`, as FaceNet. */
  distance?: 'euclidean' | 'squaredEuclidean';
}

/**
 * Of triplets found among the labelled vectors of a batch: `max(0, d(anchor, positive) − d(anchor, negative) + m)`.
 *
 * With `batchHard` there is a loss for each anchor, and those count that have both a positive and a negative; with `batchAll`
 * one for each triplet, B³ numbers, and the mean is over those above 0, as the paper advises.
 *
 * Reference: Hermans, Beyer, Leibe, "In defense of the triplet loss for person re-identification", 2017.
 *
 * @param yTrue - int32, shape [B]: the class of each vector.
 * @param yPred - vectors, float32, shape [B, D].
 * @returns a scalar, or for `none` shape [B], of all triplets [B, B, B]: anchor, positive, negative.
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const loss = tripletLoss(labels, net.apply(images), { margin: 0.3, mining: 'batchHard' });
 */
export function tripletLoss(yTrue: tf.Tensor, yPred: tf.Tensor, options: TripletLossOptions = {}): tf.Tensor {
  const { margin = 1, mining = 'batchHard', distance = 'euclidean' } = options;
  const caller = 'tripletLoss';
  if (yPred.dtype !== 'float32' || yPred.rank !== 2) {
    complain(caller, 'yPred', 'float32 of shape [B, D]', `${yPred.dtype} of shape [${yPred.shape}]`);
  }
  const B = yPred.shape[0] as number;
  if (yTrue.size !== B || (yTrue.shape.join() !== `${B}` && yTrue.shape.join() !== `${B},1`)) {
    complain(caller, 'yTrue', `of shape [${B}]`, `[${yTrue.shape}]`);
  }
  if (!['batchHard', 'batchAll'].includes(mining)) complain(caller, 'mining', 'batchHard or batchAll', mining);
  if (!['euclidean', 'squaredEuclidean'].includes(distance)) {
    complain(caller, 'distance', 'euclidean or squaredEuclidean', distance);
  }
  checkMargin(caller, margin);
  checkReduction(caller, options, mining === 'batchHard' ? [B] : [B, B, B]);
  return tf.tidy(() => {
    const squared = squaredDistances(yPred);
    const d = distance === 'euclidean' ? rooted(squared) : squared; // [B, B]
    const { alike, others } = pairsOf(tf.reshape(yTrue, [B]));
    if (B === 0) return reduced(tf.zeros(mining === 'batchHard' ? [0] : [0, 0, 0]), options);
    return mining === 'batchHard'
      ? hardest(d, alike, others, margin, options)
      : every(d, alike, others, margin, options);
  });
}

/** Below it a distance has no slope, as that of a root at 0 has no end. */
const LEAST = 1e-12;

const rooted = (squared: tf.Tensor) => tf.mul(tf.sqrt(tf.maximum(squared, LEAST)), tf.step(tf.sub(squared, LEAST)));

/** Which pairs are of one class, but not one vector twice, and which are of two; float32 [B, B]. */
function pairsOf(labels: tf.Tensor) {
  const same = tf.cast(tf.equal(tf.expandDims(labels, 1), tf.expandDims(labels, 0)), 'float32');
  return { alike: tf.sub(same, tf.eye(labels.size)), others: tf.sub(1, same) };
}

/** A distance that no other reaches, for pairs that are not looked at. */
const FAR = 1e30;

function hardest(d: tf.Tensor, alike: tf.Tensor, others: tf.Tensor, margin: number, options: LossOptions) {
  const farthest = tf.max(tf.mul(d, alike), 1); // [B]
  const nearest = tf.min(tf.where(tf.greater(others, 0), d, tf.fill(d.shape, FAR)), 1); // [B]
  const counts = tf.mul(tf.max(alike, 1), tf.max(others, 1));
  const gaps = tf.relu(tf.add(tf.sub(farthest, nearest), margin));
  return reduced(gaps, options, counts);
}

function every(d: tf.Tensor, alike: tf.Tensor, others: tf.Tensor, margin: number, options: LossOptions) {
  const there = tf.mul(tf.expandDims(alike, 2), tf.expandDims(others, 1)); // [B, B, B]
  const gaps = tf.relu(tf.add(tf.sub(tf.expandDims(d, 2), tf.expandDims(d, 1)), margin));
  return reduced(gaps, options, tf.mul(there, tf.step(gaps)));
}
