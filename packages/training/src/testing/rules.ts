import type * as tf from '@tensorflow/tfjs-core';
import { adagrad } from '../optimizers/adagrad';
import { adam } from '../optimizers/adam';
import { adamW } from '../optimizers/adamW';
import type { InPlaceOptimizer, OptimizerOptions } from '../optimizers/inPlaceOptimizer';
import { lion } from '../optimizers/lion';
import { rmsProp } from '../optimizers/rmsProp';
import { sgd } from '../optimizers/sgd';

/** Every optimizer by its name. */
const makers: Record<string, (options: OptimizerOptions) => InPlaceOptimizer> = {
  adagrad,
  adam,
  adamW,
  lion,
  rmsProp,
  sgd,
};

/** Every rule with every slot it can have, and the dispatches of a step of two variables. */
export const variants: { name: string; optimizer: string; options: Record<string, unknown>; dispatches: number }[] = [
  ['sgd', {}],
  ['sgd', { momentum: 0.9, weightDecay: 0.1 }],
  ['sgd', { momentum: 0.9, nesterov: true }],
  ['sgd', { momentum: 0.9, dampening: 0.5 }],
  ['rmsProp', { weightDecay: 0.1 }],
  ['rmsProp', { momentum: 0.9 }],
  ['rmsProp', { centered: true }],
  ['rmsProp', { centered: true, momentum: 0.9 }],
  ['adagrad', { initialSum: 0.1 }],
  ['adam', { weightDecay: 0.1 }],
  ['adam', { amsgrad: true, beta2: 0.5, clipValue: 0.5 }],
  ['adamW', {}],
  ['adamW', { amsgrad: true, beta2: 0.5, clipNorm: 7 }],
  ['lion', { weightDecay: 0.1 }],
].map(([optimizer, options]) => ({
  name: `${optimizer} ${JSON.stringify(options)}`,
  optimizer: optimizer as string,
  options: { learningRate: 0.25, ...(options as object) },
  dispatches: 2 + ('clipNorm' in (options as object) ? 3 : 0),
}));

export const make = ({ optimizer, options }: { optimizer: string; options: object }): InPlaceOptimizer =>
  (makers[optimizer] as (options: object) => InPlaceOptimizer)(options);

export const numbersOf = async (tensors: readonly tf.Tensor[]): Promise<number[]> =>
  (await Promise.all(tensors.map((tensor) => tensor.data()))).flatMap((values) => [...values]);
