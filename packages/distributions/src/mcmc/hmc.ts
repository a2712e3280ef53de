import { deriveSeed, knowsGradients, randomNormal, randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments';
import { accept, bounded, checkEach, choose } from './accept';
import { startStepSize, updateStepSize } from './dualAveraging';
import type { Chains } from './metropolisHastings';
import { type ChainOptions, overEvent, perChain, runChains } from './runChains';
import { addToSpread, spreadVariance, startSpread } from './spread';

export interface HmcOptions extends ChainOptions {
  /** L, how many leapfrog steps a proposal is away. */
  leapfrogSteps?: number;
  /** ε, at first: it is adapted in the warm-up. */
  stepSize?: number;
  /** The mean acceptance that the warm-up aims at. */
  targetAcceptance?: number;
  /** Whether the warm-up also learns how widely each element spreads, for the masses. */
  adaptMass?: boolean;
  /** The step of each chain varies evenly by this share up and down, so that no trajectory closes in itself. */
  jitter?: number;
}

/** Chains, with what Hamiltonian ones tell besides. */
export interface HmcChains extends Chains {
  /** How many trajectories after the warm-up had lost 1,000 nats of energy and more, [chains]. */
  divergences: tf.Tensor1D;
  /** The inverse masses after the warm-up, shape E. */
  inverseMass: tf.Tensor;
}

const OWNER = 'hmc';
const LOST = 1000;

/** Parts of the warm-up after which masses are set anew, from the states since the part before. */
const MASS_FROM = 0.15;
const MASS_AT = [0.45, 0.85];

/**
 * Markov chains by Hamiltonian Monte Carlo: each step gives every chain a momentum v ~ N(0, M), follows
 *
 *     v ← v + ½ ε ∇log p(x),   x ← x + ε M⁻¹ v,   v ← v + ½ ε ∇log p(x)
 *
 * for L steps, and takes the end with probability min(1, exp(H − H′)), H = −log p(x) + ½ vᵀ M⁻¹ v. In the warm-up ε
 * follows the acceptance of all chains by dual averaging, and with `adaptMass` the inverse masses become the variances of
 * the states; then both are fixed.
 *
 * @param logProb - log p(x) up to a constant, [chains, ...E] → [chains], differentiable.
 * @throws Error when tfjs knows no gradients; RangeError when an option is out of range.
 *
 * Reference: Neal, "MCMC using Hamiltonian dynamics", 2011; Hoffman, Gelman, "The No-U-Turn sampler", 2014, §3.2.
 *
 * @example
 * const target = new Normal({ mean: [1, -2], std: [1, 10] });
 * const { draws } = await hmc((x) => target.logProb(x), {
 *   initial: tf.zeros([50, 2]), draws: 100, warmup: 200, adaptMass: true, seed: 7,
 * });
 */
export async function hmc(logProb: (x: tf.Tensor) => tf.Tensor, options: HmcOptions): Promise<HmcChains> {
  const { draws, warmup = 0, thin = 1 } = options;
  const { leapfrogSteps = 10, stepSize = 0.1, targetAcceptance = 0.8, adaptMass = false, jitter = 0.1 } = options;
  checkOptions(leapfrogSteps, stepSize, targetAcceptance, jitter);
  const slope = tf.valueAndGrad((x) => checkEach(`${OWNER}: logProb`, logProb(x), x.shape[0] as number));
  const evaluate = (x: tf.Tensor) => {
    const { value, grad } = slope(x, tf.ones([x.shape[0] as number]));
    return { value: bounded(value), grad };
  };
  const massSteps = adaptMass && warmup > 0 ? MASS_AT.map((share) => Math.floor(share * warmup)) : [];
  const spreads = (step: number) => adaptMass && step >= MASS_FROM * warmup && step <= (massSteps.at(-1) as number);

  const { draws: kept, last } = await runChains(OWNER, options, {
    start(x) {
      const { value, grad } = evaluate(x);
      const event = x.shape.slice(1);
      const none = () => tf.zeros([x.shape[0] as number]);
      const tuned = {
        ...startStepSize(tf.scalar(Math.log(stepSize))),
        ...startSpread(event),
        inverseMass: tf.ones(event),
      };
      return { x, logProb: value, grad, accepted: none(), divergences: none(), ...tuned };
    },
    next(state, seed, step) {
      const adapts = step < warmup;
      const from = state as typeof state & Record<Carried, tf.Tensor>;
      const { x, inverseMass } = from;
      const momentum = tf.div(randomNormal(x.shape, { seed: deriveSeed(seed, 0) }), tf.sqrt(inverseMass));
      const shake = randomUniform([x.shape[0] as number], {
        seed: deriveSeed(seed, 1),
        low: 1 - jitter,
        high: 1 + jitter,
      });
      const logStep = adapts ? from.logStep : from.logStepMean;
      const epsilon = perChain(tf.mul(tf.exp(logStep), shake), x);
      const end = leapfrog(evaluate, { ...from, momentum }, epsilon, inverseMass, leapfrogSteps);
      const energy = (logs: tf.Tensor, v: tf.Tensor) =>
        tf.sub(tf.mul(0.5, overEvent(tf.mul(tf.square(v), inverseMass))), logs);
      const rise = tf.sub(energy(from.logProb, momentum), energy(end.logProb, end.momentum));
      const { taken, probability } = accept(rise, end.logProb, deriveSeed(seed, 2));
      const lost = tf.logicalNot(tf.greater(rise, -LOST));
      const count = (sum: tf.Tensor, which: tf.Tensor) =>
        adapts ? tf.clone(sum) : tf.add(sum, tf.cast(which, 'float32'));
      const next = {
        x: choose(taken, end.x, x),
        logProb: tf.where(taken, end.logProb, from.logProb),
        grad: choose(taken, end.grad, from.grad),
        accepted: count(from.accepted, taken),
        divergences: count(from.divergences, lost),
      };
      const stepped = adapts ? updateStepSize(from, tf.mean(probability), targetAcceptance) : copied(from, STEP_NAMES);
      const spread = spreads(step) ? addToSpread(from, next.x) : copied(from, SPREAD_NAMES);
      if (!massSteps.includes(step)) return { ...next, ...stepped, ...spread, inverseMass: tf.clone(inverseMass) };
      const variance = spreadVariance(spread as Record<(typeof SPREAD_NAMES)[number], tf.Tensor>);
      // The step is that of unit masses from here on: start again where it stands.
      return {
        ...next,
        ...startStepSize(stepped.logStep as tf.Tensor),
        ...startSpread(x.shape.slice(1)),
        inverseMass: variance,
      };
    },
  });
  const { accepted, divergences, logStepMean, inverseMass, ...rest } = last as typeof last & Record<Carried, tf.Tensor>;
  tf.dispose(rest);
  const acceptance = tf.div(accepted, draws * thin) as tf.Tensor1D;
  const size = tf.exp(logStepMean) as tf.Scalar;
  tf.dispose([accepted, logStepMean]);
  return { draws: kept, acceptance, stepSize: size, divergences: divergences as tf.Tensor1D, inverseMass };
}

const STEP_NAMES = ['logStep', 'logStepMean', 'shortfall', 'anchor', 'count'] as const;
const SPREAD_NAMES = ['spreadCount', 'spreadMean', 'spreadSquares'] as const;

type Carried =
  | 'logProb'
  | 'grad'
  | 'accepted'
  | 'divergences'
  | 'inverseMass'
  | (typeof STEP_NAMES)[number]
  | (typeof SPREAD_NAMES)[number];

const copied = <Name extends string>(state: Record<Name, tf.Tensor>, names: readonly Name[]): Record<Name, tf.Tensor> =>
  Object.fromEntries(names.map((name) => [name, tf.clone(state[name])])) as Record<Name, tf.Tensor>;

/** The end of a trajectory. */
function leapfrog(
  evaluate: (x: tf.Tensor) => { value: tf.Tensor; grad: tf.Tensor },
  start: { x: tf.Tensor; logProb: tf.Tensor; grad: tf.Tensor; momentum: tf.Tensor },
  epsilon: tf.Tensor,
  inverseMass: tf.Tensor,
  steps: number,
) {
  const half = tf.mul(0.5, epsilon);
  let { x, logProb, grad, momentum } = start;
  for (let i = 0; i < steps; i++) {
    momentum = tf.add(momentum, tf.mul(half, grad));
    x = tf.add(x, tf.mul(epsilon, tf.mul(inverseMass, momentum)));
    ({ value: logProb, grad } = evaluate(x));
    momentum = tf.add(momentum, tf.mul(half, grad));
  }
  return { x, logProb, grad, momentum };
}

function checkOptions(leapfrogSteps: number, stepSize: number, target: number, jitter: number): void {
  checkCount(OWNER, 'leapfrogSteps', leapfrogSteps);
  if (!(stepSize > 0)) throw new RangeError(`${OWNER}: stepSize must be positive, got ${stepSize}`);
  if (!(target > 0 && target < 1)) throw new RangeError(`${OWNER}: targetAcceptance must be in (0, 1), got ${target}`);
  if (!(jitter >= 0 && jitter < 1)) throw new RangeError(`${OWNER}: jitter must be in [0, 1), got ${jitter}`);
  if (knowsGradients()) return;
  throw new Error(`${OWNER}: tfjs must know gradients, which tfjs-core alone does not; import '@tensorflow/tfjs'`);
}
