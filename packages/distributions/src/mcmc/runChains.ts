import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments';

/** What every sampler of Markov chains is told. */
export interface ChainOptions {
  /** Where the chains start, [chains, ...E]: many at once, on the device. It stays the caller's. */
  initial: tf.Tensor;
  /** How many states of each chain are kept. */
  draws: number;
  /** How many steps come before, in which a sampler may adapt; none of them is kept. */
  warmup?: number;
  /** How many steps a kept state is after the one before. */
  thin?: number;
  /** An integer in [0, 2⁵³). */
  seed: number;
  /** Told now and then, between two steps, how far the chains are. */
  onProgress?: (event: ChainProgress) => void;
  /** Ends the chains between two steps, with the signal's reason. */
  signal?: AbortSignal;
}

export interface ChainProgress {
  /** Steps taken, warm-up among them. */
  step: number;
  steps: number;
}

/** What a chain carries from step to step: `x`, [chains, ...E], and what its sampler needs. */
export type State = Record<string, tf.Tensor> & { x: tf.Tensor };

/** A way to go from one state to the next that leaves a distribution as it is. */
export interface Transition {
  start(x: tf.Tensor): State;
  /** @param step - from 0, warm-up first. */
  next(state: State, seed: number, step: number): State;
}

/** How long, in milliseconds, no one else gets a turn. */
const TURN = 30;

/**
 * Walks chains and keeps their states, on the device: nothing is read back.
 *
 * @returns the kept states, [draws, chains, ...E], and what the last state carries besides.
 * @throws RangeError when a count is out of range or `initial` has no axis of chains.
 */
export async function runChains(
  owner: string,
  { initial, draws, warmup = 0, thin = 1, seed, onProgress, signal }: ChainOptions,
  transition: Transition,
): Promise<{ draws: tf.Tensor; last: State }> {
  checkCount(owner, 'draws', draws);
  checkCount(owner, 'thin', thin);
  if (!Number.isInteger(warmup) || warmup < 0) {
    throw new RangeError(`${owner}: warmup must be a non-negative integer, got ${warmup}`);
  }
  if (initial.rank === 0 || initial.size === 0) {
    throw new RangeError(`${owner}: initial must be [chains, ...E], at least one, got [${initial.shape}]`);
  }
  deriveSeed(seed, 0); // a bad seed is told before the first step
  const steps = warmup + draws * thin;
  const kept: tf.Tensor[] = [];
  let state = tf.tidy(() => transition.start(tf.clone(initial)));
  let turn = Date.now();
  try {
    for (let step = 0; step < steps; step++) {
      signal?.throwIfAborted();
      const before = state;
      state = tf.tidy(() => transition.next(before, deriveSeed(seed, step), step));
      tf.dispose(before);
      if (step >= warmup && (step - warmup + 1) % thin === 0) kept.push(tf.clone(state.x));
      if (Date.now() - turn < TURN && step + 1 < steps) continue;
      onProgress?.({ step: step + 1, steps });
      await new Promise((resolve) => setTimeout(resolve));
      turn = Date.now();
    }
    return { draws: tf.stack(kept), last: state };
  } catch (error) {
    tf.dispose(state);
    throw error;
  } finally {
    tf.dispose(kept);
  }
}

/** A value of each chain, [chains], at the rank of x, to be multiplied with it or to choose in it. */
export const perChain = (values: tf.Tensor, x: tf.Tensor): tf.Tensor =>
  tf.reshape(values, [values.shape[0] as number, ...x.shape.slice(1).map(() => 1)]);

/** The sum over the event of each chain, [chains, ...E] → [chains]. */
export const overEvent = (values: tf.Tensor): tf.Tensor1D =>
  tf.sum(tf.reshape(values, [values.shape[0] as number, -1]), 1);
