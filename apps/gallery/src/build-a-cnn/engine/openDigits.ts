import { deriveSeed, permutation } from '@tenonjs/runtime';
import { StratifiedShuffleSplit } from '@tenonjs/validation-splits';
import * as tf from '@tensorflow/tfjs-core';
import { PIXELS, SIDE } from '../../digits/shape';

/** Digits with what they are, as a model takes them. */
export interface Samples {
  /** [n, 28, 28, 1], 0 … 1. */
  x: tf.Tensor4D;
  /** [n], int32. */
  y: tf.Tensor1D;
  /** Which of all digits each is. */
  places: readonly number[];
}

/** Digits to train on, and others to judge by, each kind alike. */
export interface Digits {
  train: Samples;
  validation: Samples;
  /** A batch of the training digits: the orders in which they come are endless, each digit once in each. */
  batch(step: number, size: number, seed: number): { x: tf.Tensor; y: tf.Tensor };
  dispose(): void;
}

/** Of all digits, the share that is not trained on. */
const HELD = 0.2;

/**
 * @param pixels - [n, 28, 28], 0 … 1.
 * @param labels - what they are.
 * @param seed - of the division.
 */
export function openDigits(pixels: Float32Array, labels: readonly number[], seed: number): Digits {
  const splitter = new StratifiedShuffleSplit({ nSplits: 1, testSize: HELD, seed });
  const [split] = [...splitter.split(labels.length, { y: labels })];
  if (split === undefined) throw new Error('openDigits: the digits must be divided once');
  const samplesAt = (places: readonly number[]): Samples => {
    const images = new Float32Array(places.length * PIXELS);
    for (const [i, place] of places.entries()) {
      images.set(pixels.subarray(place * PIXELS, (place + 1) * PIXELS), i * PIXELS);
    }
    return {
      x: tf.tensor4d(images, [places.length, SIDE, SIDE, 1]),
      y: tf.tensor1d(
        places.map((place) => labels[place] as number),
        'int32',
      ),
      places,
    };
  };
  const [train, validation] = [samplesAt([...split.train]), samplesAt([...split.test])];
  const count = train.places.length;
  let order: { round: number; seed: number; places: Uint32Array } | undefined;
  const placeOf = (i: number, seed: number) => {
    const round = Math.floor(i / count);
    if (order?.round !== round || order.seed !== seed) {
      order = { round, seed, places: permutation(count, { seed: deriveSeed(seed, round) }) };
    }
    return order.places[i % count] as number;
  };
  return {
    train,
    validation,
    batch: (step, size, seed) =>
      tf.tidy(() => {
        const places = tf.tensor1d(
          Array.from({ length: size }, (_, i) => placeOf(step * size + i, seed)),
          'int32',
        );
        return { x: tf.gather(train.x, places), y: tf.gather(train.y, places) };
      }),
    dispose: () => tf.dispose([train.x, train.y, validation.x, validation.y]),
  };
}
