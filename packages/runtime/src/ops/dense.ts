import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import { gradientDepth } from '../tfjs/ops/gradient';
import { activationNames, defaultAlpha } from './activations/names';
import { activationCode } from './activations/wgsl';
import { type BiasActivationOptions, biasActivation } from './biasActivation';
import { checkFloat, checkName, checkNumber, checkShape, complain } from './check';
import { convolutionPass } from './convolution/gpuKernels';

/**
 * A dense layer: `y = f(x · kernel + bias)`, one dispatch on WebGPU; with its gradients five.
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
  const { activation = 'linear', alpha = defaultAlpha(activation) } = options;
  checkName('dense', 'activation', activation, activationNames);
  checkNumber('dense', 'alpha', alpha);
  checkShape('dense', 'bias', bias, [outputs as number]);
  return tf.tidy(() => {
    const rows = x.rank === 2 ? x : tf.reshape(x, [-1, inputs as number]);
    // Its gradient needs what stands before the activation.
    const y =
      gradientDepth() > 0
        ? biasActivation(tf.matMul(rows, kernel), bias, { activation, alpha })
        : fusedDense({ x: rows, kernel, bias }, { activation, alpha }).y;
    return x.rank === 2 ? y : tf.reshape(y, [...x.shape.slice(0, -1), outputs as number]);
  });
}

/** x [rows, inputs] · kernel [inputs, outputs], and what follows: on WebGPU a convolution of images of one pixel. */
const fusedDense = /* @__PURE__ */ defineOp<'x' | 'kernel' | 'bias', 'y', Required<BiasActivationOptions>>({
  name: 'dense',
  outputs: ({ x, kernel }) => ({ y: { shape: [x.shape[0] as number, kernel.shape[1] as number], dtype: 'float32' } }),
  compose: ({ x, kernel, bias }, options) => ({ y: biasActivation(tf.matMul(x, kernel), bias, options) }),
  webgpu({ inputs: { x, kernel, bias }, attributes: { activation, alpha } }) {
    const [batch, inChannels] = x.shape as [number, number];
    const outChannels = kernel.shape[1] as number;
    if (batch * inChannels * outChannels === 0) return undefined;
    const geometry = { ...onePixel, batch, inChannels, outChannels };
    return convolutionPass(geometry, {
      functions: activationCode(activation),
      result: `activate(value${bias ? ' + bias[c]' : ''})`,
      reads: bias ? ['bias'] : [],
      floats: { alpha },
    });
  },
});

const onePixel = {
  ...{ inHeight: 1, inWidth: 1, outHeight: 1, outWidth: 1, filterHeight: 1, filterWidth: 1, groups: 1 },
  ...{ strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1, padTop: 0, padLeft: 0 },
};
