import * as tf from '@tensorflow/tfjs';
import {
  BATCH_NORM,
  cnnProblem,
  LEARNING_RATE,
  mlpProblem,
  numbers,
  type Problem,
  smallCnnProblem,
} from './problems.ts';
import { ADAM_SHAPE, edgeOf, LAYER_NORM, type Step, type StepName } from './step.ts';
import { onDevice, stepOf, tensorsOf, variable, type Weights, weightsOf } from './tensorStep.ts';

/** The steps as a user of tfjs alone writes them: `tf.losses`, `tf.train.adam`, running statistics assigned. */
export function plainStep(name: StepName): Step {
  if (name === 'mlp') return training(mlpProblem(), mlp);
  if (name === 'cnn') return training(cnnProblem(), cnn);
  if (name === 'smallCnn') return training(smallCnnProblem(), cnn);
  if (name === 'layerNorm') return layerNormStep(false);
  if (name === 'layerNormGradient') return layerNormStep(true);
  if (name === 'adam') return adamStep();
  const edge = edgeOf(name);
  const a = onDevice(numbers(edge * edge, 1), [edge, edge]);
  const b = onDevice(numbers(edge * edge, 2), [edge, edge]);
  return stepOf(() => tf.matMul(a, b));
}

type Network = (x: tf.Tensor, weights: Weights) => tf.Tensor;

const mlp: Network = (x, weights) => {
  let h = x as tf.Tensor2D;
  for (const i of [0, 1, 2]) {
    const sum = tf.add(
      tf.matMul(h, weights[`dense${i}/kernel`] as tf.Tensor2D),
      weights[`dense${i}/bias`] as tf.Tensor,
    );
    h = (i < 2 ? tf.relu(sum) : sum) as tf.Tensor2D;
  }
  return h;
};

const cnn: Network = (x, weights) => {
  let h = x as tf.Tensor4D;
  for (const i of [0, 1]) {
    const part = (what: string) => weights[`conv${i}/${what}`] as tf.Variable;
    const kernel = part('kernel') as tf.Tensor as tf.Tensor4D;
    h = tf.add(tf.conv2d(h, kernel, 1, 'same'), part('bias'));
    const { mean, variance } = tf.moments(h, [0, 1, 2]);
    for (const [running, batch] of [
      [part('mean'), mean],
      [part('variance'), variance],
    ] as const) {
      running.assign(tf.add(tf.mul(running, BATCH_NORM.momentum), tf.mul(batch, 1 - BATCH_NORM.momentum)));
    }
    const normalized = tf.batchNorm(
      h,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      part('beta') as tf.Tensor as tf.Tensor1D,
      part('gamma') as tf.Tensor as tf.Tensor1D,
      BATCH_NORM.epsilon,
    );
    h = tf.maxPool(tf.relu(normalized) as tf.Tensor4D, 2, 2, 'valid');
  }
  const flat = tf.reshape(h, [h.shape[0], -1]) as tf.Tensor2D;
  return tf.add(
    tf.matMul(flat, weights['dense/kernel'] as tf.Tensor as tf.Tensor2D),
    weights['dense/bias'] as tf.Tensor,
  );
};

function training(problem: Problem, network: Network): Step {
  const { weights, trainable } = weightsOf(problem);
  const batches = tensorsOf(problem);
  const optimizer = tf.train.adam(LEARNING_RATE);
  let count = 0;
  return stepOf(() => {
    const { x, y } = batches[count++ % batches.length] as (typeof batches)[number];
    return optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(y, network(x, weights)) as tf.Scalar,
      true,
      trainable,
    ) as tf.Tensor;
  });
}

function layerNormStep(gradient: boolean): Step {
  const { rows, columns, epsilon } = LAYER_NORM;
  const x = onDevice(numbers(rows * columns, 1), [rows, columns]);
  const gamma = onDevice(numbers(columns, 2), [columns]);
  const beta = onDevice(numbers(columns, 3), [columns]);
  const layerNorm = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon))), gamma), beta);
  };
  if (!gradient) return stepOf(() => layerNorm(x, gamma, beta));
  const dy = onDevice(numbers(rows * columns, 4), [rows, columns]);
  return stepOf(() => tf.grads(layerNorm)([x, gamma, beta], dy)[0] as tf.Tensor);
}

function adamStep(): Step {
  const size = ADAM_SHAPE[0] * ADAM_SHAPE[1];
  const weights = variable(numbers(size, 1), ADAM_SHAPE);
  const gradient = onDevice(numbers(size, 2), ADAM_SHAPE);
  const optimizer = tf.train.adam(LEARNING_RATE);
  return stepOf(() => {
    optimizer.applyGradients([{ name: weights.name, tensor: gradient }]);
    return tf.clone(weights);
  });
}
