import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../../tfjs/ops/defineOp';
import { sizeOf } from '../../tfjs/ops/tensorSpec';
import { elementwise } from '../kernels/elementwise';

type Names = 'runningMean' | 'runningVariance' | 'mean' | 'variance';

/** Moves running statistics towards a batch's, in place. */
export const updateRunning = /* @__PURE__ */ defineOp<Names, never, { momentum: number; correction: number }>({
  name: 'updateRunning',
  writes: ['runningMean', 'runningVariance'],
  outputs: () => ({}),
  compose: ({ runningMean, runningVariance, mean, variance }, { momentum, correction }) => ({
    runningMean: tf.add(tf.mul(runningMean, 1 - momentum), tf.mul(mean, momentum)),
    runningVariance: tf.add(tf.mul(runningVariance, 1 - momentum), tf.mul(variance, momentum * correction)),
  }),
  webgpu: ({ inputs: { mean }, attributes: { momentum, correction } }) =>
    elementwise(sizeOf(mean.shape), {
      each: `runningMean[i] += params.momentum * (mean[i] - runningMean[i]);
    runningVariance[i] += params.momentum * (params.correction * variance[i] - runningVariance[i]);`,
      reads: ['mean', 'variance'],
      writes: ['runningMean', 'runningVariance'],
      floats: { momentum, correction },
    }),
});
