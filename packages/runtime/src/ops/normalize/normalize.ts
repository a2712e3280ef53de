import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../../tfjs/ops/defineOp';
import { sizeOf, type TensorSpec } from '../../tfjs/ops/tensorSpec';
import { layerNormGradientInSimd, layerNormInSimd } from '../../tfjs/wasmKernels/fusedOps';
import { normalizeGradientPasses, normalizePass } from './gpuKernels';
import { normalizeGradientOnHost, normalizeOnHost } from './hostKernels';
import { type NormalizeAttributes, shapeOf, standardized } from './segments';

/** gamma and beta as [groups, width]. */
const perChannel = (x: tf.Tensor, { groups, width }: NormalizeAttributes) => tf.reshape(x, [groups, width]);

/** `y = (x − mean) / √(variance + ε) · gamma + beta`, statistics over each segment: the kernel of all such norms. */
export const normalize = /* @__PURE__ */ defineOp<'x' | 'gamma' | 'beta', 'y', NormalizeAttributes>({
  name: 'normalize',
  outputs: ({ x }) => ({ y: x }),
  compose({ x, gamma, beta }, attributes) {
    if (x.size === 0) return { y: x };
    let y = standardized(x, attributes).normal;
    if (gamma !== undefined) y = tf.mul(y, perChannel(gamma, attributes));
    if (beta !== undefined) y = tf.add(y, perChannel(beta, attributes));
    return { y: tf.reshape(y, x.shape) };
  },
  webgpu: ({ inputs: { x, gamma, beta }, attributes }) =>
    sizeOf(x.shape) === 0 ? undefined : normalizePass(attributes, gamma !== undefined, beta !== undefined),
  cpu: normalizeOnHost,
  wasm: (call) => layerNormInSimd(call) || normalizeOnHost(call),
  grad: {
    saves: ['x', 'gamma', 'beta'],
    of({ y: dy }, { x, gamma, beta }, attributes) {
      const { dx, dGamma, dBeta } = normalizeGradient({ x, gamma, dy }, { ...attributes, beta: beta?.shape });
      return { x: () => dx, gamma: () => dGamma, beta: () => dBeta };
    },
  },
});

/** Whether there was a beta is told by its shape: its numbers do not matter here. */
interface GradientAttributes extends NormalizeAttributes {
  beta?: number[] | undefined;
}

const normalizeGradient = /* @__PURE__ */ defineOp<'x' | 'gamma' | 'dy', 'dx' | 'dGamma' | 'dBeta', GradientAttributes>(
  {
    name: 'normalizeGrad',
    outputs: ({ x, gamma }, { beta }) => {
      const outputs: Record<string, TensorSpec> = { dx: x };
      if (gamma) outputs.dGamma = gamma;
      if (beta) outputs.dBeta = { shape: beta, dtype: 'float32' };
      return outputs;
    },
    compose({ x, gamma, dy }, attributes) {
      const { centered, beta } = attributes;
      const results: Record<string, tf.Tensor> = {};
      if (x.size === 0) {
        results.dx = x;
        if (gamma !== undefined) results.dGamma = tf.zerosLike(gamma);
        if (beta !== undefined) results.dBeta = tf.zeros(beta);
        return results;
      }
      const { normal, inverse } = standardized(x, attributes);
      const d = tf.reshape(dy, shapeOf(attributes));
      const scaled = gamma === undefined ? d : tf.mul(d, perChannel(gamma, attributes));
      const along = tf.mul(normal, tf.mean(tf.mul(scaled, normal), [1, 3], true));
      const across = centered ? tf.sub(scaled, tf.mean(scaled, [1, 3], true)) : scaled;
      results.dx = tf.reshape(tf.mul(inverse, tf.sub(across, along)), x.shape);
      if (gamma !== undefined) results.dGamma = tf.reshape(tf.sum(tf.mul(d, normal), [0, 1]), gamma.shape);
      if (beta !== undefined) results.dBeta = tf.reshape(tf.sum(d, [0, 1]), beta);
      return results;
    },
    webgpu: ({ inputs: { x, gamma }, attributes }) =>
      sizeOf(x.shape) === 0
        ? undefined
        : normalizeGradientPasses(attributes, gamma !== undefined, attributes.beta !== undefined),
    cpu: normalizeGradientOnHost,
    wasm: (call) => layerNormGradientInSimd(call) || normalizeGradientOnHost(call),
  },
);
