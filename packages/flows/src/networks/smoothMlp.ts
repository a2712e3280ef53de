import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Variables } from '../bijector';
import { spectralNorm } from '../linear/spectralNorm';
import { checkPositiveInteger } from '../shapes';
import { withContext } from './context';

export interface SmoothMlpOptions {
  /** D: it maps points to points. */
  dim: number;
  /** The numbers in a row of context. Default: 0, none. */
  context?: number | undefined;
  /** The widths of the hidden layers: at least one. */
  hidden: readonly number[];
  activation?: SmoothActivation | undefined;
  /** Its Lipschitz constant stays below this, where it is given. */
  lipschitz?: number | undefined;
  seed: number;
}

export type SmoothActivation = 'tanh' | 'lipSwish';

/** A network at a batch of points: its values, and products with its Jacobians J there. All shapes are [B, D]. */
export interface Linearized {
  value: tf.Tensor2D;
  /** J v */
  push(v: tf.Tensor2D): tf.Tensor2D;
  /** What J is made of: kernels [from, to], and slopes [B, width] of the layers between them. */
  jacobian: { kernels: tf.Tensor2D[]; slopes: tf.Tensor2D[] };
}

/** Jᵀ u */
export const pullBack = ({ kernels, slopes }: Linearized['jacobian'], u: tf.Tensor2D): tf.Tensor2D =>
  kernels.reduceRight<tf.Tensor2D>((at, kernel, layer) => {
    const slope = slopes[layer]; // none behind the last
    return tf.matMul(slope ? tf.mul(at, slope) : at, kernel, false, true);
  }, u);

/** A network of points that knows its derivatives. */
export interface SmoothNetwork {
  readonly variables: Variables;
  at(points: tf.Tensor2D, context?: tf.Tensor): Linearized;
}

/**
 * A perceptron with smooth activations that knows the products with its Jacobian, as plain ops with gradients of their own.
 * Its last layer starts at zero. With a Lipschitz constant c, each of its n kernels is scaled down to a spectral norm of at
 * most c^(1/n); the activations stretch by no more than 1.
 *
 * Reference: Chen, Behrmann, Duvenaud, Jacobsen, "Residual flows for invertible generative modeling", 2019, §3.
 *
 * @throws RangeError when a size is not a positive integer.
 */
export function smoothMlp(options: SmoothMlpOptions): SmoothNetwork {
  const { dim, context = 0, hidden, activation = 'tanh', lipschitz, seed } = options;
  const widths = [dim + context, ...hidden, dim];
  for (const width of widths) checkPositiveInteger('smoothMlp', 'every width', width);
  const last = widths.length - 2;
  const variables: Record<string, tf.Variable> = {};
  tf.tidy(() => {
    for (let layer = 0; layer <= last; layer++) {
      const [from, to] = [widths[layer] as number, widths[layer + 1] as number];
      const kernel =
        layer === last
          ? tf.zeros([from, to])
          : randomNormal([from, to], { seed: deriveSeed(seed, layer), std: Math.sqrt(1 / from) });
      variables[`kernel${layer}`] = tf.variable(kernel);
      variables[`bias${layer}`] = tf.variable(tf.zeros([to]));
    }
  });
  const bound = lipschitz === undefined ? undefined : lipschitz ** (1 / (last + 1));
  const kernelOf = (layer: number): tf.Tensor2D => {
    const kernel = variables[`kernel${layer}`] as unknown as tf.Tensor2D;
    return bound === undefined ? kernel : tf.mul(kernel, tf.div(bound, tf.maximum(spectralNorm(kernel), bound)));
  };

  return {
    variables,
    at(points, given) {
      const kernels = widths.slice(1).map((_, layer) => kernelOf(layer));
      const slopes: tf.Tensor2D[] = [];
      let features = withContext('smoothMlp', points, context, given);
      for (let layer = 0; layer < last; layer++) {
        const product = { a: features, b: kernels[layer] as tf.Tensor2D, bias: variables[`bias${layer}`] as tf.Tensor };
        const { value, slope } = activations[activation](tf.fused.matMul(product));
        slopes.push(slope as tf.Tensor2D);
        features = value as tf.Tensor2D;
      }
      const end = { a: features, b: kernels[last] as tf.Tensor2D, bias: variables[`bias${last}`] as tf.Tensor };
      // A context has no tangents: only the rows of the points remain of the first kernel.
      const through = [tf.slice(kernels[0] as tf.Tensor2D, 0, dim) as tf.Tensor2D, ...kernels.slice(1)];
      return {
        value: tf.fused.matMul(end) as tf.Tensor2D,
        push: (v) =>
          through.reduce<tf.Tensor2D>((at, kernel, layer) => {
            const slope = slopes[layer]; // none behind the last
            const moved = tf.matMul(at, kernel) as tf.Tensor2D;
            return slope ? (tf.mul(moved, slope) as tf.Tensor2D) : moved;
          }, v),
        jacobian: { kernels: through, slopes },
      };
    },
  };
}

/** Values and slopes. LipSwish is swish divided by its largest slope. */
const activations: Record<SmoothActivation, (x: tf.Tensor) => { value: tf.Tensor; slope: tf.Tensor }> = {
  tanh: (x) => {
    const value = tf.tanh(x);
    return { value, slope: tf.sub(1, tf.square(value)) };
  },
  lipSwish: (x) => {
    const gate = tf.sigmoid(x);
    const swish = tf.mul(x, gate);
    return { value: tf.div(swish, 1.1), slope: tf.div(tf.add(gate, tf.mul(swish, tf.sub(1, gate))), 1.1) };
  },
};
