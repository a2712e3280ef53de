import { capture } from '@tenonjs/runtime';
import { batchNorm, biasActivation, dense, layerNorm, softmaxCrossEntropy } from '@tenonjs/runtime/ops';
import { adam } from '@tenonjs/training';
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

/** The steps with the ops and optimizers of Tenon. */
export function tenonStep(name: StepName, { captured }: { captured: boolean }): Step {
  const once: Once = captured ? capture : (fn) => fn;
  if (name === 'mlp') return training(mlpProblem(), mlp, once);
  if (name === 'cnn') return training(cnnProblem(), cnn, once);
  if (name === 'smallCnn') return training(smallCnnProblem(), cnn, once);
  if (name === 'layerNorm') return layerNormStep(false, once);
  if (name === 'layerNormGradient') return layerNormStep(true, once);
  if (name === 'adam') return adamStep(once);
  const edge = edgeOf(name);
  const a = onDevice(numbers(edge * edge, 1), [edge, edge]);
  const b = onDevice(numbers(edge * edge, 2), [edge, edge]);
  return stepOf(() => tf.matMul(a, b));
}

/** What becomes of a function that is to be called again and again. */
type Once = <Inputs extends tf.Tensor[]>(fn: (...inputs: Inputs) => tf.Tensor) => (...inputs: Inputs) => tf.Tensor;
type Network = (x: tf.Tensor, weights: Weights) => tf.Tensor;

const mlp: Network = (x, weights) =>
  [0, 1, 2].reduce(
    (h, i) =>
      dense(h, weights[`dense${i}/kernel`] as tf.Variable, weights[`dense${i}/bias`], {
        activation: i < 2 ? 'relu' : 'linear',
      }),
    x,
  );

const cnn: Network = (x, weights) => {
  let h = x as tf.Tensor4D;
  for (const i of [0, 1]) {
    const part = (what: string) => weights[`conv${i}/${what}`] as tf.Variable;
    const kernel = part('kernel') as tf.Tensor as tf.Tensor4D;
    const sums = biasActivation(tf.conv2d(h, kernel, 1, 'same'), part('bias'));
    const normalized = batchNorm(sums, part('gamma'), part('beta'), {
      runningMean: part('mean'),
      runningVariance: part('variance'),
      momentum: 1 - BATCH_NORM.momentum,
      epsilon: BATCH_NORM.epsilon,
    });
    const activated = biasActivation(normalized, undefined, { activation: 'relu' });
    h = tf.maxPool(activated as tf.Tensor4D, 2, 2, 'valid');
  }
  return dense(tf.reshape(h, [h.shape[0], -1]), weights['dense/kernel'] as tf.Variable, weights['dense/bias']);
};

/** What `fit` does in a step. */
function training(problem: Problem, network: Network, once: Once): Step {
  const { weights, trainable } = weightsOf(problem);
  const batches = tensorsOf(problem);
  const optimizer = adam({ learningRate: LEARNING_RATE });
  const step = once((x: tf.Tensor, y: tf.Tensor) => {
    const loss = () => softmaxCrossEntropy(network(x, weights), y) as tf.Scalar;
    const { value, grads } = tf.variableGrads(loss, trainable);
    optimizer.applyGradients(grads);
    return value;
  });
  let count = 0;
  return stepOf(() => {
    const { x, y } = batches[count++ % batches.length] as (typeof batches)[number];
    return step(x, y);
  });
}

function layerNormStep(gradient: boolean, once: Once): Step {
  const { rows, columns, epsilon } = LAYER_NORM;
  const x = onDevice(numbers(rows * columns, 1), [rows, columns]);
  const gamma = onDevice(numbers(columns, 2), [columns]);
  const beta = onDevice(numbers(columns, 3), [columns]);
  const norm = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => layerNorm(x, gamma, beta, { epsilon });
  const forward = once(norm);
  if (!gradient) return stepOf(() => forward(x, gamma, beta));
  const dy = onDevice(numbers(rows * columns, 4), [rows, columns]);
  const backward = once(
    (x, gamma, beta, dy: tf.Tensor) => tf.grads(norm)([x, gamma, beta] as tf.Tensor[], dy)[0] as tf.Tensor,
  );
  return stepOf(() => backward(x, gamma, beta, dy));
}

function adamStep(once: Once): Step {
  const size = ADAM_SHAPE[0] * ADAM_SHAPE[1];
  const weights = variable(numbers(size, 1), ADAM_SHAPE);
  const gradient = onDevice(numbers(size, 2), ADAM_SHAPE);
  const optimizer = adam({ learningRate: LEARNING_RATE });
  const step = once((gradient: tf.Tensor) => {
    optimizer.applyGradients({ [weights.name]: gradient });
    return tf.clone(weights);
  });
  return stepOf(() => step(gradient));
}
