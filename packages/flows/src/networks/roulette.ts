import { createRandom } from '@tenonjs/runtime';

/** Terms that are always there; each further one is there with half the probability of that before. */
const SURE_TERMS = 4;

/** A series that is broken off at random. */
export interface Series {
  /** How many terms there are this time. */
  count: number;
  /** How often term k, from 1, counts where it is there: the inverse of the probability that it is. */
  weight(k: number): number;
}

/**
 * Russian roulette: where a series is broken off at random and its terms are weighed by how seldom they are there, its mean is
 * that of all terms. Term 4 + j is there with probability 2^(1 − j); the variance is finite where terms fall by more than √2.
 *
 * Reference: Chen, Behrmann, Duvenaud, Jacobsen, "Residual flows for invertible generative modeling", 2019, theorem 1.
 */
export function roulette(seed: number): Series {
  const more = 1 + Math.floor(-Math.log2(1 - createRandom(seed).uniform()));
  return { count: SURE_TERMS + more, weight: (k) => 2 ** Math.max(0, k - SURE_TERMS - 1) };
}
