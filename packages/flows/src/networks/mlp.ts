import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import { dense } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../shapes';
import type { Conditioner } from './conditioner';
import { withContext } from './context';

export interface MlpOptions {
  /** Numbers in, numbers out. */
  inputs: number;
  outputs: number;
  /** The numbers in a row of context, which it sees beside its inputs. Default: 0, none. */
  context?: number | undefined;
  /** The widths of the hidden layers; none makes a linear map. */
  hidden: readonly number[];
  activation?: 'relu' | 'tanh' | undefined;
  seed: number;
}

/**
 * A multi-layer perceptron whose last layer starts at zero, so that what it conditions starts as the identity:
 * `h ← activation(h W + b)`, then `h W + b`.
 *
 * Hidden weights start normal with variance 2 / inputs for relu, 1 / inputs for tanh.
 *
 * Reference: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015, eq. 10.
 *
 * @throws RangeError when a width is not a positive integer.
 */
export function mlp({ inputs, outputs, context = 0, hidden, activation = 'relu', seed }: MlpOptions): Conditioner {
  const widths = [inputs + context, ...hidden, outputs];
  for (const width of widths) checkPositiveInteger('mlp', 'every width', width);
  const gain = activation === 'relu' ? 2 : 1;
  const variables: Record<string, tf.Variable> = {};
  tf.tidy(() => {
    for (let layer = 0; layer < widths.length - 1; layer++) {
      const [from, to] = [widths[layer] as number, widths[layer + 1] as number];
      const isLast = layer === widths.length - 2;
      const kernel = isLast
        ? tf.zeros([from, to])
        : randomNormal([from, to], { seed: deriveSeed(seed, layer), std: Math.sqrt(gain / from) });
      variables[`kernel${layer}`] = tf.variable(kernel);
      variables[`bias${layer}`] = tf.variable(tf.zeros([to]));
    }
  });

  const last = widths.length - 2;
  const layer = (features: tf.Tensor, i: number) =>
    dense(features, variables[`kernel${i}`] as tf.Tensor, variables[`bias${i}`], {
      activation: i === last ? 'linear' : activation,
    });

  return {
    variables,
    apply(kept, given) {
      let features: tf.Tensor = withContext('mlp', kept, context, given);
      for (let i = 0; i <= last; i++) features = layer(features, i); // [B, hidden], then [B, outputs]
      return features as tf.Tensor2D;
    },
  };
}
