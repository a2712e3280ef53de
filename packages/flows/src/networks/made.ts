import { deriveSeed, permutation, randomNormal } from '@tenonjs/runtime';
import { dense } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../shapes';
import type { Conditioner } from './conditioner';
import { withContext } from './context';

export interface MadeOptions {
  /** D, the numbers of a point. */
  dim: number;
  /** How many numbers it makes for each number of a point. */
  parameters: number;
  /** The numbers in a row of context, which everything may see. Default: 0, none. */
  context?: number | undefined;
  /** The widths of the hidden layers; none makes a linear map. */
  hidden: readonly number[];
  activation?: 'relu' | 'tanh' | undefined;
  /** Which numbers come first: as they stand, from the last to the first, or at random. Default: natural. */
  order?: 'natural' | 'reversed' | 'random' | undefined;
  /** Of the hidden weights, and of a random order. */
  seed: number;
}

/**
 * MADE: a perceptron whose numbers for the i-th number of a point depend on those before it alone, in some order, since
 * masks on its kernels cut all other ways: `h ← activation(h (W ∘ M) + b)`.
 *
 * Units have degrees: an input its place in the order from 1, a context 0, hidden ones 1 … D − 1 in turn (from 0 with a
 * context). A hidden unit sees the units of degrees up to its own; the outputs of place d see those below d. The last layer
 * starts at zero; the masks, which hold the order, are saved with the weights.
 *
 * Reference: Germain, Gregor, Murray, Larochelle, "MADE: Masked autoencoder for distribution estimation", 2015, §4.
 *
 * @returns a conditioner: [batch, dim] → [batch, parameters · dim], the first parameter of all numbers first.
 * @throws RangeError when a size is not a positive integer.
 *
 * @example
 * const network = made({ dim: 4, parameters: 2, hidden: [64, 64], seed: 1 });
 */
export function made(options: MadeOptions): Conditioner {
  const { dim, parameters, context = 0, hidden, activation = 'relu', order = 'natural', seed } = options;
  for (const size of [dim, parameters, ...hidden]) checkPositiveInteger('made', 'every size', size);
  const places = placesOf(order, dim, deriveSeed(seed, hidden.length));
  const degrees = degreesOf(places, context, hidden);
  const last = hidden.length;
  const gain = activation === 'relu' ? 2 : 1;
  const variables: Record<string, tf.Variable> = {};
  tf.tidy(() => {
    for (let layer = 0; layer <= last; layer++) {
      const from = degrees[layer] as number[];
      const to =
        layer === last ? Array.from({ length: parameters }, () => places).flat() : (degrees[layer + 1] as number[]);
      const shape: [number, number] = [from.length, to.length];
      const isSeen = (below: number, above: number) => (layer === last ? below < above : below <= above);
      const mask = from.flatMap((below) => to.map((above) => (isSeen(below, above) ? 1 : 0)));
      variables[`kernel${layer}`] = tf.variable(
        layer === last
          ? tf.zeros(shape)
          : randomNormal(shape, { seed: deriveSeed(seed, layer), std: Math.sqrt(gain / from.length) }),
      );
      variables[`bias${layer}`] = tf.variable(tf.zeros([to.length]));
      variables[`mask${layer}`] = tf.variable(tf.tensor2d(mask, shape), false);
    }
  });

  /** With the masks folded into its kernels, once, it is a perceptron like any other. */
  const prepare = (): Conditioner['apply'] => {
    const kernels = degrees.map((_, i) =>
      tf.mul(variables[`kernel${i}`] as tf.Tensor, variables[`mask${i}`] as tf.Tensor),
    );
    return (points, given) => {
      let features: tf.Tensor = withContext('made', points, context, given);
      for (const [i, kernel] of kernels.entries()) {
        features = dense(features, kernel, variables[`bias${i}`], { activation: i === last ? 'linear' : activation });
      }
      return features as tf.Tensor2D; // [B, hidden], then [B, parameters D]
    };
  };

  return { variables, prepare, apply: (points, given) => prepare()(points, given) };
}

/** The place of each number in the order, from 1. */
function placesOf(order: 'natural' | 'reversed' | 'random', dim: number, seed: number): number[] {
  if (order === 'random') return [...permutation(dim, { seed })].map((place) => place + 1);
  return Array.from({ length: dim }, (_, i) => (order === 'natural' ? i + 1 : dim - i));
}

/** Of the units that go into each layer. */
function degreesOf(places: number[], context: number, hidden: readonly number[]): number[][] {
  const least = context > 0 || places.length === 1 ? 0 : 1;
  const choices = Math.max(places.length - least, 1); // up to D − 1
  const units = (width: number) => Array.from({ length: width }, (_, k) => least + (k % choices));
  return [[...places, ...new Array<number>(context).fill(0)], ...hidden.map(units)];
}
