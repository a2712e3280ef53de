import * as tf from '@tensorflow/tfjs-core';
import type { Loss } from '../trainable';
import type { Stepper } from './stepper';

/** One op after another; the loss is read before its gradients are applied, so that a bad one does no harm. */
export function eagerStepper<B>(variables: readonly tf.Variable[], optimizer: tf.Optimizer, loss: Loss<B>): Stepper<B> {
  return {
    ahead: 0,
    async take(batch, at) {
      const { value, grads } = tf.variableGrads(() => loss(batch, at), [...variables]);
      try {
        const [number] = (await value.data()) as Float32Array;
        if (Number.isFinite(number)) optimizer.applyGradients(grads);
        return number as number;
      } finally {
        tf.dispose([value, grads]);
      }
    },
    async evaluate(batch, at) {
      const value = tf.tidy(() => loss(batch, at));
      try {
        return (await value.data())[0] as number;
      } finally {
        value.dispose();
      }
    },
    dispose: () => {},
  };
}
