import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Compositional pattern-producing networks: small networks that make a pixel's colour of its place, so that what they draw is
 * regular – symmetric, repeated, round.
 *
 *     colour(x, y) = σ(W₄ f(W₃ f(W₂ f(W₁ [x, y, r, 1]))))
 *
 * with f a sine, a Gaussian, a hyperbolic tangent or the absolute value, each for a quarter of the units.
 *
 * Reference: Stanley, "Compositional pattern producing networks: a novel abstraction of development", 2007.
 */
const HIDDEN = [16, 16, 16];
const INPUTS = 4;

/** The numbers of weights between the layers, for so many colours. */
const layersOf = (colours: number): [number, number][] => {
  const sizes = [INPUTS, ...HIDDEN, colours];
  return HIDDEN.concat(colours).map((to, i) => [sizes[i] as number, to]);
};

/** The numbers in one genome, all weights in a row. */
export const genomeSize = (colours: number): number =>
  layersOf(colours).reduce((sum, [from, to]) => sum + from * to, 0);

/** Genomes to start from: [P, genomeSize]. */
export function firstGenomes(population: number, colours: number, seed: number): tf.Tensor2D {
  const parts = layersOf(colours).map(([from, to], i) =>
    // Places go from −1 to 1 and shall draw more than one hill.
    randomNormal([population, from * to], { seed: deriveSeed(seed, i), std: i === 0 ? 2 : 2 / Math.sqrt(from) }),
  );
  return tf.concat2d(parts as tf.Tensor2D[], 1);
}

/** What genomes draw: [P, genomeSize] → [P, H, W, C], numbers in (0, 1). */
export function draw(genomes: tf.Tensor2D, [H, W, C]: readonly [number, number, number]): tf.Tensor4D {
  const P = genomes.shape[0];
  const rows = tf.reshape(tf.linspace(-1, 1, H), [H, 1]);
  const [y, x] = [tf.tile(rows, [1, W]), tf.tile(tf.reshape(tf.linspace(-1, 1, W), [1, W]), [H, 1])];
  const places = tf.stack([x, y, tf.sqrt(tf.add(tf.square(x), tf.square(y))), tf.onesLike(x)], 2);
  const layers = layersOf(C);
  let units = tf.tile(tf.reshape(places, [1, H * W, INPUTS]), [P, 1, 1]) as tf.Tensor3D; // [P, H·W, units]
  let from = 0;
  for (const [i, [inputs, outputs]] of layers.entries()) {
    const weights = tf.reshape(tf.slice(genomes, [0, from], [P, inputs * outputs]), [P, inputs, outputs]);
    from += inputs * outputs;
    const sums = tf.matMul(units, weights) as tf.Tensor3D;
    units = (i === layers.length - 1 ? tf.sigmoid(sums) : activated(sums)) as tf.Tensor3D;
  }
  return tf.reshape(units, [P, H, W, C]);
}

function activated(sums: tf.Tensor3D): tf.Tensor {
  const [wave, hill, bend, fold] = tf.split(sums, 4, 2) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  return tf.concat([tf.sin(wave), tf.exp(tf.neg(tf.square(hill))), tf.tanh(bend), tf.abs(fold)], 2);
}
