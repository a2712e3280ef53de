import { categorical, deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments';
import { bounded, checkEach } from './accept';
import { type ChainOptions, runChains } from './runChains';

/**
 * Draws one part of each chain's state from its law given the rest.
 *
 * @param x - [chains, ...E].
 * @returns the new state, whole, of the same shape.
 */
export type Conditional = (x: tf.Tensor, options: { seed: number }) => tf.Tensor;

const OWNER = 'gibbs';
const DISCRETE = 'discreteConditionals';

/**
 * Markov chains by Gibbs sampling: each step draws one part of the state after the other, `xᵢ ~ p(xᵢ | x₋ᵢ)`, and takes
 * every draw.
 *
 * @param conditionals - one for each part, in their order; or `discreteConditionals` for states of a few values.
 * @returns the states, [draws, chains, ...E], the caller's.
 * @throws RangeError when there is no conditional, a count is out of range, or a conditional changes the shape.
 *
 * Reference: Geman, Geman, "Stochastic relaxation, Gibbs distributions, and the Bayesian restoration of images", 1984.
 *
 * @example
 * // Two normal numbers of correlation 0.9: each given the other is N(0.9 · other, 0.19).
 * const given = (column: number): Conditional => (x, { seed }) => {
 *   const [a, b] = tf.unstack(x, 1);
 *   const noise = randomNormal(a.shape, { seed, std: Math.sqrt(0.19) });
 *   return tf.stack(column === 0 ? [tf.add(tf.mul(0.9, b), noise), b] : [a, tf.add(tf.mul(0.9, a), noise)], 1);
 * };
 * const draws = await gibbs([given(0), given(1)], { initial: tf.zeros([100, 2]), draws: 50, seed: 7 });
 */
export async function gibbs(conditionals: readonly Conditional[], options: ChainOptions): Promise<tf.Tensor> {
  if (conditionals.length === 0) throw new RangeError(`${OWNER}: conditionals must be at least one, got none`);
  const { draws, last } = await runChains(OWNER, options, {
    start: (x) => ({ x }),
    next: ({ x }, seed) => ({
      x: conditionals.reduce((state, conditional, i) => {
        const drawn = conditional(state, { seed: deriveSeed(seed, i) });
        if (String(drawn.shape) === String(state.shape)) return drawn;
        throw new RangeError(
          `${OWNER}: conditionals must return [${state.shape}], got [${drawn.shape}]; the whole state`,
        );
      }, tf.clone(x)),
    }),
  });
  tf.dispose(last);
  return draws;
}

/**
 * The conditionals of a state of D sites that each have one of K values, 0 … K − 1: p at all values of one site, divided
 * by their sum.
 *
 * @param logProb - log p(x) up to a constant, [points, D] → [points], asked for K points a chain at once.
 * @param options.sites - D.
 * @param options.values - K, of each site.
 * @returns for `gibbs`, with states of float32.
 * @throws RangeError when a count is not a positive integer.
 *
 * @example
 * const agree = (x: tf.Tensor) => tf.neg(tf.abs(tf.sub(tf.gather(x, 0, 1), tf.gather(x, 1, 1))));
 * const draws = await gibbs(discreteConditionals(agree, { sites: 2, values: 3 }), {
 *   initial: tf.zeros([100, 2]), draws: 50, seed: 7,
 * });
 */
export function discreteConditionals(
  logProb: (x: tf.Tensor) => tf.Tensor,
  { sites, values }: { sites: number; values: number },
): Conditional[] {
  checkCount(DISCRETE, 'sites', sites);
  checkCount(DISCRETE, 'values', values);
  return Array.from({ length: sites }, (_, site) => (x, { seed }) => {
    const chains = x.shape[0] as number;
    if (x.rank !== 2 || x.shape[1] !== sites) {
      throw new RangeError(`${DISCRETE}: states must be [chains, ${sites}], a number for each site, got [${x.shape}]`);
    }
    const here = tf.tensor1d(Array.from({ length: sites }, (_, i) => (i === site ? 1 : 0)));
    const others = tf.mul(x, tf.sub(1, here)); // [chains, D]
    const each = tf.mul(tf.reshape(tf.range(0, values, 1, 'float32'), [1, values, 1]), here); // [1, K, D]
    const candidates = tf.reshape(tf.add(tf.expandDims(others, 1), each), [chains * values, sites]);
    const logs = checkEach(`${DISCRETE}: logProb`, logProb(candidates), chains * values);
    const logits = tf.reshape(bounded(logs), [chains, values]);
    const drawn = tf.cast(categorical({ logits }, { seed }), 'float32'); // [chains, 1]
    return tf.add(others, tf.mul(drawn, here));
  });
}
