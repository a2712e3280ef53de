import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type Batch, CLASSES, oneHot, type Problem } from './problems.ts';
import type { Step } from './step.ts';

export type Weights = Record<string, tf.Variable>;

/** The variables of a problem's parameters, and the running statistics that batch norms want. */
export function weightsOf({ parameters }: Problem): { weights: Weights; trainable: tf.Variable[] } {
  const weights: Weights = {};
  for (const { name, shape, values } of parameters) weights[name] = variable(values, shape);
  const trainable = Object.values(weights);
  for (const { name, shape, values } of parameters) {
    if (!name.endsWith('/gamma')) continue;
    const of = name.slice(0, -'/gamma'.length);
    weights[`${of}/mean`] = variable(new Float32Array(values.length), shape, false);
    weights[`${of}/variance`] = variable(values, shape, false);
  }
  return { weights, trainable };
}

/** A problem's batches as tensors that lie on the device. */
export const tensorsOf = ({ batches, batchSize, inputShape }: Problem): { x: tf.Tensor; y: tf.Tensor }[] =>
  batches.map(({ x, labels }: Batch) => ({
    x: onDevice(x, [batchSize, ...inputShape]),
    y: onDevice(oneHot(labels), [batchSize, CLASSES]),
  }));

/** A function of tensors as a step: what it leaves besides its result is disposed. */
export function stepOf(fn: () => tf.Tensor): Step {
  let result: tf.Tensor | undefined;
  return {
    send() {
      result?.dispose();
      result = tf.tidy(fn);
    },
    finish: idle,
    async value() {
      return ((await (result as tf.Tensor).data()) as Float32Array)[0] as number;
    },
  };
}

/** Sends what waits to be sent, and waits until it is computed. Reading a tensor would leave a copy of it on the host. */
async function idle(): Promise<void> {
  if (tf.getBackend() !== 'webgpu') return;
  const backend = tf.backend() as WebGPUBackend;
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  await backend.queue.onSubmittedWorkDone();
}

/** Numbers whose place is the device: a small sum would else be worked out on the host. */
export function onDevice(values: Float32Array, shape: number[]): tf.Tensor {
  const tensor = tf.tensor(values, shape);
  const backend = tf.backend() as { uploadToGPU?: (id: object) => void };
  backend.uploadToGPU?.(tensor.dataId);
  return tensor;
}

export const variable = (values: Float32Array, shape: number[], trainable = true): tf.Variable =>
  tf.tidy(() => tf.variable(tf.tensor(values, shape), trainable));
