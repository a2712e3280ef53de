import { type Conditional, gibbs, hmc, metropolisHastings } from '@tenonjs/distributions';
import { categorical, deriveSeed, randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Settings } from '../settings';
import type { LogProb } from './densities';

/** One step of all chains. */
export interface Advance {
  /** Where they are now, [chains, 2], the caller's. */
  state: tf.Tensor2D;
  /** The places that were tried on the way, the start first, [places, chains, 2]: of Metropolis and Hastings the proposal, of
   * HMC the trajectory, of Gibbs the two moves. */
  path: Float32Array<ArrayBuffer>;
  /** Whether each chain took the step, 1 or 0. */
  accepted: Float32Array;
  /** How often the density was asked for at a place, of each chain. */
  evaluations: number;
}

/** A density, and the piece of the plane where it is: [−half, half]². */
export interface Ground {
  logProb: LogProb;
  half: number;
}

/** Places along a line at which Gibbs tabulates a conditional law. */
const TABLE = 256;

/** Takes one step of all chains by the sampler of the settings. */
export async function advance(
  { sampler, stepSize, leapfrog }: Pick<Settings, 'sampler' | 'stepSize' | 'leapfrog'>,
  ground: Ground,
  from: tf.Tensor2D,
  seed: number,
): Promise<Advance> {
  const asked: tf.Tensor[] = [];
  // A sampler asks for the density where it means to go: that is its path.
  const watched = (x: tf.Tensor) => {
    asked.push(tf.keep(tf.clone(x)));
    return ground.logProb(x);
  };
  const common = { initial: from, draws: 1, seed };
  const chains = from.shape[0];
  if (sampler === 'gibbs') {
    const watchedConditional =
      (axis: 0 | 1): Conditional =>
      (x, options) => {
        asked.push(tf.keep(tf.clone(x)));
        return conditional(ground, axis)(x, options);
      };
    const draws = await gibbs([watchedConditional(0), watchedConditional(1)], common);
    const state = only(draws);
    asked.push(tf.clone(state));
    return { state, path: await pathOf(asked), accepted: new Float32Array(chains).fill(1), evaluations: 2 * TABLE };
  }
  const {
    draws,
    acceptance,
    stepSize: step,
    ...rest
  } = sampler === 'hmc'
    ? await hmc(watched, { ...common, stepSize, leapfrogSteps: leapfrog })
    : await metropolisHastings(watched, { ...common, stepSize });
  const accepted = await acceptance.data<'float32'>();
  tf.dispose([acceptance, step, rest]);
  // The start is asked for anew in each call; a sampler that went on would remember it.
  return { state: only(draws), path: await pathOf(asked), accepted, evaluations: asked.length - 1 };
}

/** A step size at which a sampler does well here, by its own warm-up. */
export async function tunedStep(
  { sampler, stepSize, leapfrog }: Pick<Settings, 'sampler' | 'stepSize' | 'leapfrog'>,
  ground: Ground,
  initial: tf.Tensor2D,
  seed: number,
): Promise<number> {
  const options = { initial, draws: 1, warmup: 200, stepSize, seed };
  const {
    draws,
    acceptance,
    stepSize: tuned,
    ...rest
  } = sampler === 'hmc'
    ? await hmc((x) => ground.logProb(x), { ...options, leapfrogSteps: leapfrog })
    : await metropolisHastings((x) => ground.logProb(x), options);
  const [value] = await tuned.data();
  tf.dispose([draws, acceptance, tuned, rest]);
  return value as number;
}

/** The law of one coordinate given the other, tabulated along the picture's line: a cell by its mass, a place in it evenly. */
function conditional({ logProb, half }: Ground, axis: 0 | 1): Conditional {
  return (x, { seed }) => {
    const chains = x.shape[0] as number;
    const cell = (2 * half) / TABLE;
    const centres = tf.linspace(-half + cell / 2, half - cell / 2, TABLE);
    const others = tf.slice(x, [0, 1 - axis], [-1, 1]); // [chains, 1]
    const along = tf.tile(tf.expandDims(centres, 0), [chains, 1]);
    const across = tf.tile(others, [1, TABLE]);
    const points = tf.reshape(tf.stack(axis === 0 ? [along, across] : [across, along], 2), [-1, 2]);
    const logits = tf.reshape(logProb(points), [chains, TABLE]);
    const drawn = tf.cast(categorical({ logits }, { seed: deriveSeed(seed, 0) }), 'float32'); // [chains, 1]
    const within = randomUniform([chains, 1], { seed: deriveSeed(seed, 1) });
    const value = tf.add(-half, tf.mul(cell, tf.add(drawn, within)));
    return tf.concat(axis === 0 ? [value, others] : [others, value], 1);
  };
}

/** The states of the only draw, [1, chains, 2] → [chains, 2]. */
function only(draws: tf.Tensor): tf.Tensor2D {
  const state = tf.squeeze(draws, [0]) as tf.Tensor2D;
  draws.dispose();
  return state;
}

async function pathOf(places: tf.Tensor[]): Promise<Float32Array<ArrayBuffer>> {
  const stacked = tf.stack(places);
  const numbers = Float32Array.from(await stacked.data());
  tf.dispose([stacked, places]);
  return numbers;
}
