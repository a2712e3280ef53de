import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { columnsOf, type NormAttributes } from './affine';
import { batchNormTraining } from './batchNormTraining';
import { updateRunning } from './updateRunning';

interface Running {
  runningMean?: tf.Tensor | undefined;
  runningVariance?: tf.Tensor | undefined;
  momentum: number;
  unbiased: boolean;
}

/**
 * A batch norm by the batch's own statistics; the running ones, where there are any, are moved towards them in place.
 *
 * @param op - whom an error names.
 */
export function normalizeByBatch(
  op: string,
  inputs: Readonly<Partial<Record<'gamma' | 'beta' | 'residual', tf.Tensor>>> & { x: tf.Tensor },
  attributes: NormAttributes,
  { runningMean, runningVariance, momentum, unbiased }: Running,
): tf.Tensor {
  const { x } = inputs;
  for (const statistic of [runningMean, runningVariance]) {
    if (statistic === undefined || statistic instanceof tf.Variable) continue;
    complain(op, 'runningMean and runningVariance', 'variables when training', 'tensors');
  }
  const { y, mean, variance } = batchNormTraining(inputs, attributes);
  if (runningMean !== undefined && x.size > 0) {
    const rows = x.size / columnsOf(x);
    const correction = unbiased && rows > 1 ? rows / (rows - 1) : 1;
    updateRunning({ runningMean, runningVariance, mean, variance }, { momentum, correction });
  }
  tf.dispose([mean, variance]);
  return y;
}
