import * as tf from '@tensorflow/tfjs-core';
import type { TensorSpec } from '../../tfjs/ops/tensorSpec';
import type { Activation } from '../activations/names';

/** A norm over the columns, and the activation that follows it: `f(normal · gamma + beta + residual)`. */
export interface NormAttributes {
  epsilon: number;
  activation: Activation;
  /** See biasActivation. */
  alpha: number;
}

/** The size of the last dimension. */
export const columnsOf = ({ shape }: { shape: readonly number[] }): number => shape.at(-1) as number;

/** One number for each column. */
export const perColumn = (x: TensorSpec): TensorSpec => ({ shape: [columnsOf(x)], dtype: 'float32' });

type Given<T> = Readonly<Partial<Record<'gamma' | 'beta' | 'residual', T | undefined>>>;

/** `normal · gamma + beta + residual`, of what is given. */
export function scaled(normal: tf.Tensor, { gamma, beta, residual }: Given<tf.Tensor>): tf.Tensor {
  let z = normal;
  if (gamma !== undefined) z = tf.mul(z, gamma);
  if (beta !== undefined) z = tf.add(z, beta);
  return residual === undefined ? z : tf.add(z, tf.reshape(residual, z.shape));
}

/** The same in WGSL, of number i in column c. */
export const scaledCode = (normal: string, { gamma, beta, residual }: Given<TensorSpec>): string =>
  `${normal}${gamma ? ' * gamma[c]' : ''}${beta ? ' + beta[c]' : ''}${residual ? ' + residual[i]' : ''}`;

/** Those of the names that are given. */
export const namesOf = (given: Readonly<Partial<Record<string, unknown>>>, ...names: string[]): string[] =>
  names.filter((name) => given[name] !== undefined);
