import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../../tfjs/ops/defineOp';
import { sizeOf } from '../../tfjs/ops/tensorSpec';
import { elementwise } from '../kernels/elementwise';

/** `y = (x − mean) / √(variance + ε) · gamma + beta`, all statistics given. */
export const batchNormInference = /* @__PURE__ */ defineOp<
  'x' | 'gamma' | 'beta' | 'mean' | 'variance',
  'y',
  { epsilon: number }
>({
  name: 'batchNormInference',
  outputs: ({ x }) => ({ y: x }),
  compose({ x, gamma, beta, mean, variance }, { epsilon }) {
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const scale = gamma === undefined ? inverse : tf.mul(inverse, gamma);
    const y = tf.mul(tf.sub(x, mean), scale);
    return { y: beta === undefined ? y : tf.add(y, beta) };
  },
  webgpu: ({ inputs: { x, gamma, beta }, attributes: { epsilon } }) =>
    elementwise(sizeOf(x.shape), {
      each: `let c = i % params.columns;
    y[i] = (x[i] - mean[c]) * inverseSqrt(variance[c] + params.epsilon)${gamma ? ' * gamma[c]' : ''}${beta ? ' + beta[c]' : ''};`,
      reads: ['x', 'mean', 'variance', ...(gamma ? ['gamma'] : []), ...(beta ? ['beta'] : [])],
      writes: ['y'],
      integers: { columns: x.shape.at(-1) as number },
      floats: { epsilon },
    }),
});
