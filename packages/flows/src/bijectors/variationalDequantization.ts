import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from '../bijector';
import { withContext } from '../networks/context';
import { checkPositiveInteger, constantPerPoint, sizeOf, sumEvent } from '../shapes';
import { Sigmoid } from './sigmoid';

export interface VariationalDequantizationOptions {
  /** K: how many levels there are. Default: 256. */
  levels?: number;
  /**
   * Makes noise of normal numbers, on the line and of the shape of the data; its context is the data, a row of all numbers
   * of an event, scaled to [−1, 1], and behind them those of the flow's context. It has to start near the identity.
   */
  noise: Bijector;
  /** The numbers in a row of the flow's context, which the noise sees too. Default: 0, none. */
  context?: number;
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Variational dequantization: the noise that fills the levels' cells is learned, by a flow that sees the data, so that what
 * a density must fit is as smooth as it can be.
 *
 *     inverse: z = (x + u) / K,   u = σ(noise(ε; x)),   ε ~ N(0, I),   log |det J| = −D log K − log q(u | x)
 *     forward: x = ⌊K z⌋, clamped to 0 … K − 1,   log |det J| = +D log K
 *
 * With it, `E_u log p(x)` is a lower bound on the log-probability of the levels, and training lifts it on both sides.
 *
 * Reference: Ho, Chen, Srinivas, Duan, Abbeel, "Flow++: Improving flow-based generative models with variational
 * dequantization and architecture design", 2019, §3.1.
 *
 * @throws RangeError when K is no positive integer; TypeError when `inverse` is called without a seed.
 *
 * @example
 * const mask = checkerboardMask({ shape: [4, 4, 1] });
 * const conditioner = mlp({ inputs: mask.kept, outputs: 2 * mask.changed, context: 16, hidden: [32], seed: 1 });
 * const dequantization = new VariationalDequantization({ noise: new AffineCoupling({ mask, conditioner }) });
 */
export class VariationalDequantization implements Bijector {
  readonly variables: Variables;
  private readonly levels: number;
  private readonly noise: Bijector;
  private readonly context: number;
  private readonly toUnit = new Sigmoid();

  constructor({ levels = 256, noise, context = 0 }: VariationalDequantizationOptions) {
    checkPositiveInteger('VariationalDequantization', 'levels', levels);
    this.context = context;
    this.levels = levels;
    this.noise = noise;
    this.variables = noise.variables;
  }

  forward(z: tf.Tensor): Mapped {
    const value = tf.clipByValue(tf.floor(tf.mul(z, this.levels)), 0, this.levels - 1);
    return { value, logDet: constantPerPoint(z, this.logCells(z)) };
  }

  inverse(x: tf.Tensor, { seed, context: given }: MapOptions = {}): Mapped {
    if (seed === undefined) {
      throw new TypeError('VariationalDequantization.inverse: options must be { seed }, got none; its noise is seeded');
    }
    const levels = tf.cast(x, 'float32');
    const scaled = tf.sub(tf.div(levels, Math.max(this.levels - 1, 1) / 2), 1);
    const row = tf.reshape(scaled, [x.shape[0] as number, sizeOf(x.shape.slice(1))]) as tf.Tensor2D;
    const context = withContext('VariationalDequantization', row, this.context, given);
    const epsilon = randomNormal(x.shape, { seed: deriveSeed(seed, 0) });
    const raw = this.noise.forward(epsilon, { seed: deriveSeed(seed, 1), context });
    const u = this.toUnit.forward(raw.value);
    const logNormal = tf.neg(sumEvent(tf.add(tf.mul(0.5, tf.square(epsilon)), HALF_LOG_TWO_PI)));
    const logNoise = tf.sub(logNormal, tf.add(raw.logDet, u.logDet)); // log q(u | x)
    return {
      value: tf.div(tf.add(levels, u.value), this.levels),
      logDet: tf.sub(-this.logCells(x), logNoise) as tf.Tensor1D,
    };
  }

  /** D log K */
  private logCells(points: tf.Tensor): number {
    return sizeOf(points.shape.slice(1)) * Math.log(this.levels);
  }
}
