import type * as tf from '@tensorflow/tfjs-core';
import type { Batch } from '../trainable';

/** Rows held in memory: tensors, or (nested) arrays that tfjs can make tensors of. */
export interface Rows {
  x: tf.Tensor | tf.TensorLike;
  y?: tf.Tensor | tf.TensorLike;
}

/**
 * What to train on: rows in memory, which `fit` shuffles and cuts into batches; or batches that come from elsewhere, as
 * an async iterable that begins anew each epoch, or a function of the epoch that gives one.
 */
export type Data<B = Batch> = Rows | AsyncIterable<B> | ((epoch: number) => AsyncIterable<B>);

/** Batches of one epoch after another. */
export interface Source<B> {
  /** How many batches an epoch has, where that is known beforehand. */
  readonly batches?: number;
  /** The batches of an epoch, without the first `skip`. Whoever takes a batch disposes it. */
  epoch(epoch: number, skip: number): AsyncIterable<B>;
  dispose(): void;
}
