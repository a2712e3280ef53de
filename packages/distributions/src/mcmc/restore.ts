import { deriveSeed, knowsGradients } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments';
import { checkEach } from './accept';
import { hmc } from './hmc';
import { overEvent } from './runChains';

export interface RestoreOptions {
  /** log p(x) of clean points, [batch, ...E] → [batch]: a flow's `logProb`, a distribution's, any that is differentiable. */
  logPrior: (x: tf.Tensor) => tf.Tensor;
  /** What happened to a clean point before noise came: a blur, a mask; nothing unless told. Differentiable. */
  degrade?: (x: tf.Tensor) => tf.Tensor;
  /** σ of the noise that was added, in the units of the points. */
  noise: number;
  /** Where to start, of the shape of the clean points; the observation itself unless told. */
  initial?: tf.Tensor;
  /** The most probable point by gradient ascent, or the mean of points drawn by HMC. */
  method?: 'ascent' | 'hmc';
  /** Steps of the ascent, or draws that are averaged after as many of warm-up. */
  steps?: number;
  /** Of the ascent: how far Adam moves an element in a step. For HMC the first step size. */
  stepSize?: number;
  /** For HMC: an integer in [0, 2⁵³). */
  seed?: number;
  onProgress?: (event: { step: number; steps: number }) => void;
  signal?: AbortSignal;
}

export interface Restored {
  /** The clean points, [batch, ...E]. */
  value: tf.Tensor;
  /** The standard deviation of each element under the posterior, from HMC. */
  std?: tf.Tensor;
}

const OWNER = 'restore';

/**
 * Clean points from degraded ones y = A(x) + σ ε, by Bayes' rule:
 *
 *     log p(x | y) = log p(x) − ‖A(x) − y‖² / 2σ² + a constant
 *
 * 'ascent' follows its gradient to the most probable x, with steps of Adam that shrink towards the end; 'hmc' walks one
 * chain a point, and gives the mean and the standard deviation of what it visits.
 *
 * @param observed - y, [batch, ...].
 * @returns tensors of the caller's.
 * @throws RangeError when an option is out of range, or a function gives another shape; Error when tfjs knows no gradients.
 *
 * Reference: Geman, Geman, "Stochastic relaxation, Gibbs distributions, and the Bayesian restoration of images", 1984.
 *
 * @example
 * const prior = new Normal({ shape: [8, 8, 1] });
 * const { value } = await restore(noisy, { logPrior: (x) => prior.logProb(x), noise: 0.5 });
 */
export async function restore(observed: tf.Tensor, options: RestoreOptions): Promise<Restored> {
  const { logPrior, degrade = (x) => x, noise, initial = observed, method = 'ascent', steps = 200 } = options;
  if (method !== 'ascent' && method !== 'hmc') {
    throw new RangeError(`${OWNER}: method must be ascent or hmc, got ${method}`);
  }
  if (!(noise > 0)) throw new RangeError(`${OWNER}: noise must be positive, got ${noise}`);
  checkCount(OWNER, 'steps', steps);
  if (!knowsGradients()) {
    throw new Error(`${OWNER}: tfjs must know gradients, which tfjs-core alone does not; import '@tensorflow/tfjs'`);
  }
  const logPosterior = (x: tf.Tensor): tf.Tensor => {
    const degraded = degrade(x);
    if (String(degraded.shape) !== String(observed.shape)) {
      throw new RangeError(`${OWNER}: degrade must give [${observed.shape}], as was observed, got [${degraded.shape}]`);
    }
    const misfit = overEvent(tf.square(tf.div(tf.sub(degraded, observed), noise)));
    const prior = checkEach(`${OWNER}: logPrior`, logPrior(x), x.shape[0] as number);
    return tf.sub(prior, tf.mul(0.5, misfit));
  };
  return method === 'hmc'
    ? average(logPosterior, initial, steps, options)
    : ascend(logPosterior, initial, steps, options);
}

async function average(
  logPosterior: (x: tf.Tensor) => tf.Tensor,
  initial: tf.Tensor,
  steps: number,
  { stepSize = 0.05, seed = 0, onProgress, signal }: RestoreOptions,
): Promise<Restored> {
  const { draws, ...rest } = await hmc(logPosterior, {
    initial,
    draws: steps,
    warmup: steps,
    stepSize,
    seed: deriveSeed(seed, 0),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const { mean, variance } = tf.tidy(() => tf.moments(draws, 0));
  const std = tf.sqrt(variance);
  tf.dispose([draws, variance, rest.acceptance, rest.stepSize, rest.divergences, rest.inverseMass]);
  return { value: mean, std };
}

/** Adam's averages of the gradient and of its square, and how long they last. */
const [BETA1, BETA2, EPSILON] = [0.9, 0.99, 1e-12];

async function ascend(
  logPosterior: (x: tf.Tensor) => tf.Tensor,
  initial: tf.Tensor,
  steps: number,
  { stepSize = 0.05, onProgress, signal }: RestoreOptions,
): Promise<Restored> {
  const slope = tf.grad((x) => logPosterior(x));
  let state = tf.tidy(() => ({ x: tf.clone(initial), first: tf.zerosLike(initial), second: tf.zerosLike(initial) }));
  try {
    for (let step = 1; step <= steps; step++) {
      signal?.throwIfAborted();
      const rate = (stepSize * (1 + Math.cos((Math.PI * step) / steps))) / 2;
      const { x, first, second } = state;
      state = tf.tidy(() => {
        const grad = slope(x, tf.ones([x.shape[0] as number]));
        const mean = tf.add(tf.mul(BETA1, first), tf.mul(1 - BETA1, grad));
        const square = tf.add(tf.mul(BETA2, second), tf.mul(1 - BETA2, tf.square(grad)));
        const size = tf.add(tf.sqrt(tf.div(square, 1 - BETA2 ** step)), EPSILON);
        const move = tf.div(tf.div(mean, 1 - BETA1 ** step), size);
        return { x: tf.add(x, tf.mul(rate, move)), first: mean, second: square };
      });
      tf.dispose([x, first, second]);
      if (step % 10 !== 0 && step < steps) continue;
      onProgress?.({ step, steps });
      await new Promise((resolve) => setTimeout(resolve));
    }
    return { value: tf.clone(state.x) };
  } finally {
    tf.dispose([state.x, state.first, state.second]);
  }
}
