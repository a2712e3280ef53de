import { createRandom, deriveSeed, permutation, type Random } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, seedOf } from '../checks';
import { glyphs } from './glyphs';
import { write } from './handwriting';
import { draw, type Pen } from './pen';

const SIDE = 28;

/** Which stream of the seed is for what. */
const ORDER = 0;
const IMAGES = 1;

/**
 * Pictures of handwritten digits, drawn as you ask: like MNIST, with nothing to download.
 *
 * Each digit is written in one of several ways, with a width, slant, turn, size, place, thickness and unsteadiness of
 * its own. Every label comes as often as every other, give or take one, in random order.
 *
 * @param n - how many.
 * @param options.seed - an integer in [0, 2⁵³): the same seed gives the same pictures, on every backend.
 * @returns `images`, shape [n, 28, 28, 1], int32, 0 (paper) to 255 (ink), and `labels`, shape [n], int32, 0 to 9.
 * @throws RangeError when n is not a positive integer, or the seed is bad.
 *
 * @example
 * const { images, labels } = digits(1000, { seed: 7 });
 */
export function digits(n: number, options: { seed: number }): { images: tf.Tensor4D; labels: tf.Tensor1D } {
  checkCount('digits', n);
  const seed = seedOf('digits', options);
  const ways = glyphs();
  const pixels = new Int32Array(n * SIDE * SIDE);
  const labels = new Int32Array(n);
  permutation(n, { seed: deriveSeed(seed, ORDER) }).forEach((place, i) => {
    const random = createRandom(deriveSeed(seed, IMAGES, i));
    const label = place % ways.length;
    const glyph = oneOf(ways[label] ?? [], random);
    labels[i] = label;
    draw(pixels.subarray(i * SIDE ** 2, (i + 1) * SIDE ** 2), SIDE, write(glyph, SIDE, random), pen(random));
  });
  return { images: tf.tensor4d(pixels, [n, SIDE, SIDE, 1], 'int32'), labels: tf.tensor1d(labels, 'int32') };
}

const oneOf = <T>(choices: T[], random: Random): T => choices[random.integer(choices.length)] as T;

/** From a sharp pencil to a broad felt tip. */
const pen = (random: Random): Pen => ({ half: 0.8 + 0.85 * random.uniform(), edge: 1 + 0.6 * random.uniform() });
