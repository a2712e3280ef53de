import type * as tf from '@tensorflow/tfjs-core';

interface HasRate {
  learningRate: number;
  setLearningRate?(value: number): void;
}

/** What an optimizer's learning rate is now: of ours and of those of tfjs. */
export const learningRateOf = (optimizer: tf.Optimizer): number => (optimizer as unknown as HasRate).learningRate;

/** tfjs's SGD keeps its rate in a tensor, behind a setter; all others keep it in a field. */
export function setLearningRate(optimizer: tf.Optimizer, value: number): void {
  const settable = optimizer as unknown as HasRate;
  if (settable.setLearningRate) settable.setLearningRate(value);
  else settable.learningRate = value;
}
