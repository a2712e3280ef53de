import { resNet18, smallResNet } from '@tenonjs/core-layers/architectures';
import { capture, createRandom } from '@tenonjs/runtime';
import { softmaxCrossEntropy } from '@tenonjs/runtime/ops';
import { adam } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Step } from '../runtime/step.ts';
import { onDevice, stepOf } from '../runtime/tensorStep.ts';
import { plainResNet18, plainSmallResNet } from './plainResNets.ts';

/** What is measured: ResNet-18 of one image of 224 × 224, and a training step of a small residual network. */
export type StepName = 'resNet18' | 'smallResNet';

const BATCH = 32;
const LEARNING_RATE = 1e-3;

/** Numbers whose place is the device: its first op would else work on the host's. */
function input(shape: number[]): tf.Tensor {
  const random = createRandom(1);
  return onDevice(
    Float32Array.from({ length: shape.reduce((size, n) => size * n) }, () => random.normal()),
    shape,
  );
}

const classOf = (i: number) => (7 * i) % 10;

/** The steps with core-layers, runtime and training: what a user of Tenon runs. */
export function tenonStep(name: StepName): Step {
  if (name === 'resNet18') {
    const model = resNet18();
    const x = input([1, 224, 224, 3]);
    return stepOf(() => model.predict(x) as tf.Tensor);
  }
  const model = smallResNet();
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = adam({ learningRate: LEARNING_RATE });
  const labels = tf.tensor(
    Array.from({ length: BATCH }, (_, i) => classOf(i)),
    [BATCH],
    'int32',
  );
  const step = capture((x: tf.Tensor, y: tf.Tensor) => {
    const loss = () => softmaxCrossEntropy(model.apply(x, { training: true }) as tf.Tensor, y) as tf.Scalar;
    const { value, grads } = tf.variableGrads(loss, weights);
    optimizer.applyGradients(grads);
    return value as tf.Tensor;
  });
  const x = input([BATCH, 28, 28, 1]);
  return stepOf(() => step(x, labels));
}

/** The same with tf.layers and tf.train as they are. */
export function plainStep(name: StepName): Step {
  if (name === 'resNet18') {
    const model = plainResNet18();
    const x = input([1, 224, 224, 3]);
    return stepOf(() => model.predict(x) as tf.Tensor);
  }
  const model = plainSmallResNet();
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = tf.train.adam(LEARNING_RATE);
  const x = input([BATCH, 28, 28, 1]);
  const y = tf.oneHot(
    tf.tensor(
      Array.from({ length: BATCH }, (_, i) => classOf(i)),
      [BATCH],
      'int32',
    ),
    10,
  );
  return stepOf(() => {
    const loss = () => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
    return optimizer.minimize(loss, true, weights) as tf.Tensor;
  });
}
