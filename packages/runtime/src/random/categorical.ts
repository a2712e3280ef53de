import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { hostKey, neededKey } from './hostKey';
import { type PhiloxKey, philox } from './philox';
import { keySourceOf, type Seed } from './seed';
import { categoricalCode, LANES, lanesFor } from './wgsl/categorical';
import { philoxCode } from './wgsl/philox';
import { streamKey } from './wgsl/streamKey';

/** How likely each of K classes is: as probabilities (any positive multiple of them will do), or as their logarithms. */
export type ClassWeights =
  | {
      /** [..., K], none negative, not all 0 in a row. */
      probabilities: tf.Tensor;
      logits?: undefined;
    }
  | {
      /** [..., K]; −∞ for a class that never occurs. */
      logits: tf.Tensor;
      probabilities?: undefined;
    };

/**
 * Draws classes, each with its probability: k with `pₖ / Σ p`. On WebGPU one dispatch; nothing is read back.
 *
 * An exponential race: `k = argminₖ Eₖ / pₖ = argmaxₖ (log pₖ − log Eₖ)` with `Eₖ = −ln u` of 32 random bits a class, so that
 * a class as rare as 10⁻⁹ among many thousands has its due. No sum is taken, so logits of any size will do. Draws are
 * independent; a draw is the same on every backend but where two classes are level to within float32's rounding.
 * No gradient flows to the weights.
 *
 * Reference: Maddison, Tarlow, Minka, "A* sampling", 2014, §2 (the Gumbel-max trick, of which this is the exponential).
 *
 * @param weights - one of `{ probabilities }` and `{ logits }`, float32 of shape [..., K].
 * @param options.seed - an integer in [0, 2⁵³), or a seed on the device.
 * @param options.samples - S, how many draws of each row.
 * @returns classes 0 … K − 1, int32 of shape [..., S].
 * @throws TypeError when not exactly one of the weights is given, or it is not float32; RangeError when it has no classes,
 *   `samples` is not a positive integer, or the seed is bad.
 *
 * @example
 * const next = categorical({ logits }, { seed: 7 }); // [batch, classes] → [batch, 1]
 */
export function categorical(
  { probabilities, logits }: ClassWeights,
  { seed, samples = 1 }: { seed: Seed; samples?: number },
): tf.Tensor {
  const weights = probabilities ?? logits;
  if (weights === undefined || (probabilities && logits)) {
    throw new TypeError(
      `categorical: weights must be exactly one of probabilities, logits, got ${weights ? 'both' : 'none'}`,
    );
  }
  const K = weights.shape.at(-1);
  if (weights.dtype !== 'float32') throw new TypeError(`categorical: weights must be float32, got ${weights.dtype}`);
  if (!K) throw new RangeError(`categorical: weights must be [..., K] with K at least 1, got [${weights.shape}]`);
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(`categorical: samples must be a positive integer, got ${samples}`);
  }
  if ((weights.size / K) * samples * Math.ceil(K / 4) >= 2 ** 32) {
    throw new RangeError(`categorical: draws × classes must be below 2^34, got ${(weights.size / K) * samples} × ${K}`);
  }
  const { inputs, key } = keySourceOf('categorical', seed);
  return choose({ weights, ...inputs }, { samples, logits: logits !== undefined, ...(key && { key }) }).chosen;
}

interface Attributes {
  samples: number;
  logits: boolean;
  key?: PhiloxKey;
}

/** E = −ln u of a word, u in (0, 1). */
const exponential = (word: number): number => -Math.log((word + 0.5) * 2 ** -32);

/** The words of draw d begin at block d ⌈K / 4⌉, one word a class. */
function eachExponential(
  draws: number,
  K: number,
  key: PhiloxKey,
  visit: (draw: number, k: number, e: number) => void,
): void {
  const blocks = Math.ceil(K / 4);
  const words = new Uint32Array(4);
  for (let draw = 0; draw < draws; draw++) {
    for (let k = 0; k < K; k++) {
      if (k % 4 === 0) philox(draw * blocks + k / 4, key, words);
      visit(draw, k, exponential(words[k % 4] as number));
    }
  }
}

type Call = HostCall<'weights' | 'seed', 'chosen', Attributes>;

const chooseOnHost = ({ inputs, outputs: { chosen }, shapes, attributes: { samples, logits, key } }: Call) => {
  const K = shapes.weights.at(-1) as number;
  let best = 0;
  eachExponential(chosen.length, K, hostKey(inputs.seed, key), (draw, k, e) => {
    const weight = inputs.weights[Math.floor(draw / samples) * K + k] as number;
    const score = logits ? weight - Math.log(e) : weight / e;
    if (k === 0 || score > best) {
      best = score;
      chosen[draw] = k;
    }
  });
};

const choose = /* @__PURE__ */ defineOp<'weights' | 'seed', 'chosen', Attributes>({
  name: 'runtime/categorical',
  outputs: ({ weights: { shape } }, { samples }) => ({
    chosen: { shape: [...shape.slice(0, -1), samples], dtype: 'int32' },
  }),
  compose: ({ weights }, { samples, logits, key }) => {
    const K = weights.shape.at(-1) as number;
    const rows = weights.size / K;
    const times = new Float32Array(rows * samples * K);
    eachExponential(rows * samples, K, neededKey('categorical', key), (draw, k, e) => {
      times[draw * K + k] = Math.log(e);
    });
    const logWeights = tf.reshape(logits ? weights : tf.log(weights), [rows, 1, K]);
    const scores = tf.sub(logWeights, tf.tensor3d(times, [rows, samples, K]));
    return { chosen: tf.reshape(tf.argMax(scores, 2), [...weights.shape.slice(0, -1), samples]) };
  },
  cpu: chooseOnHost,
  wasm: chooseOnHost,
  webgpu: ({ inputs: { weights }, outputs: { chosen }, attributes: { samples, logits, key } }) => {
    const draws = sizeOf(chosen.shape);
    const classes = weights.shape.at(-1) as number;
    const lanes = lanesFor(classes);
    const { code, reads, integers } = streamKey(key);
    return {
      code: `${philoxCode()}${code}${categoricalCode({ logits, lanes })}`,
      reads: ['weights', ...reads],
      writes: ['chosen'],
      groups: Math.ceil((draws * lanes) / LANES),
      integers: { draws, samples, classes, blocks: Math.ceil(classes / 4), ...integers },
    };
  },
  // A choice has no slope.
  grad: { saves: ['weights'], of: (_, { weights }) => ({ weights: () => tf.zerosLike(weights) }) },
});
