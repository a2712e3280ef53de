import { bernoulli, deriveSeed, randomNormal, randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/** Some numbers of each genome get noise. */
export function mutateNormal<T extends tf.Tensor>(genomes: T, rate: number, std: number, seed: number): T {
  const chosen = bernoulli(genomes.shape, { seed: deriveSeed(seed, 0), p: rate });
  return tf.add(genomes, tf.mul(chosen, randomNormal(genomes.shape, { seed: deriveSeed(seed, 1), std })));
}

/** The larger, the smaller most steps are. */
const INDEX = 15;

/**
 * Polynomial mutation of numbers in [0, 1]: mostly small steps, now and then a large one.
 *
 *     δ = (2u)^(1/(η+1)) − 1 for u < ½, else 1 − (2(1−u))^(1/(η+1))
 *
 * Reference: Deb, Agrawal, "A niched-penalty approach for constraint handling in genetic algorithms", 1999.
 */
export function mutatePolynomial<T extends tf.Tensor>(genomes: T, rate: number, seed: number): T {
  const chosen = bernoulli(genomes.shape, { seed: deriveSeed(seed, 0), p: rate });
  const u = randomUniform(genomes.shape, { seed: deriveSeed(seed, 1), low: -1 }); // 2u − 1
  const size = tf.sub(1, tf.pow(tf.sub(1, tf.abs(u)), 1 / (INDEX + 1)));
  return tf.clipByValue(tf.add(genomes, tf.mul(chosen, tf.mul(tf.sign(u), size))), 0, 1) as T;
}
