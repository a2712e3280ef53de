import * as tf from '@tensorflow/tfjs-core';
import { type BiasActivationOptions, biasActivation } from './biasActivation';
import { checkFloat, complain } from './check';

/**
 * A dense layer: `y = f(x · kernel + bias)`, two dispatches on WebGPU, three for its gradients.
 *
 * @param x - float32, shape [..., inputs].
 * @param kernel - shape [inputs, outputs].
 * @param bias - shape [outputs]; none adds nothing.
 * @param options.activation - see {@link biasActivation}; default `linear`.
 * @returns shape [..., outputs].
 * @throws TypeError when shapes do not fit.
 *
 * @example
 * const hidden = dense(x, kernel, bias, { activation: 'relu' });
 */
export function dense(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias?: tf.Tensor,
  options: BiasActivationOptions = {},
): tf.Tensor {
  checkFloat('dense', 'x', x, 1);
  checkFloat('dense', 'kernel', kernel);
  const [inputs, outputs] = kernel.shape;
  if (kernel.rank !== 2 || inputs !== x.shape.at(-1)) {
    complain('dense', 'kernel', `of shape [${x.shape.at(-1)}, outputs]`, `[${kernel.shape}]`);
  }
  return tf.tidy(() => {
    const rows = x.rank === 2 ? x : tf.reshape(x, [-1, inputs as number]);
    const y = biasActivation(tf.matMul(rows, kernel), bias, options);
    return x.rank === 2 ? y : tf.reshape(y, [...x.shape.slice(0, -1), outputs as number]);
  });
}
