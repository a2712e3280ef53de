import { pause } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/** How far a run is. */
export interface Progress {
  /** Steps taken, from 1. */
  step: number;
  /** All that will be taken, if it is not stopped. */
  steps: number;
  /** The mean score of the images before this step. */
  score: number;
}

/** What every method has that goes step by step. */
export interface IterationOptions {
  /** Hears of each step. */
  onProgress?(progress: Progress): void;
  /** Stops the run: the promise is rejected with the signal's reason, and nothing is kept. */
  signal?: AbortSignal;
}

/** Hears of each step what stands after it; the tensor is disposed when what it gives is settled. */
export type OnStep = (state: { step: number; image: tf.Tensor }) => void | Promise<void>;

/** What a step makes: what comes after, and a score. */
export interface Stepped {
  next: tf.Tensor;
  score: tf.Tensor;
}

/**
 * Takes steps, one after another, the event loop going round between them.
 *
 * @param start - is disposed.
 * @param step - what follows on a tensor, at a step's number from 0; run in a tidy.
 * @param options.first - steps that were taken before, as progress counts them.
 * @param options.view - what `onStep` gets to see of a tensor.
 * @param options.until - stops when a score is as high.
 * @throws Error when a score is not a number; the signal's reason when it is aborted.
 */
export async function iterate(
  caller: string,
  start: tf.Tensor,
  step: (current: tf.Tensor, index: number) => Stepped,
  {
    count,
    first = 0,
    steps = count,
    onProgress,
    onStep,
    signal,
    until = Number.POSITIVE_INFINITY,
    view = tf.clone,
  }: IterationOptions & {
    count: number;
    first?: number;
    steps?: number;
    onStep?: OnStep;
    until?: number;
    view?: (current: tf.Tensor) => tf.Tensor;
  },
): Promise<tf.Tensor> {
  let current = start;
  try {
    for (let i = 0; i < count; i++) {
      signal?.throwIfAborted();
      const { next, score } = tf.tidy(() => ({ ...step(current, i) }));
      current.dispose();
      current = next;
      const [value] = (await score.data().finally(() => score.dispose())) as Float32Array;
      if (!Number.isFinite(value))
        throw new Error(`${caller}: score must be a number, got ${value} at step ${first + i + 1}`);
      onProgress?.({ step: first + i + 1, steps, score: value as number });
      if (onStep) {
        const image = tf.tidy(() => view(current));
        try {
          await onStep({ step: first + i + 1, image });
        } finally {
          image.dispose();
        }
      }
      if ((value as number) >= until) break;
      await pause();
    }
    return current;
  } catch (error) {
    current.dispose();
    throw error;
  }
}
