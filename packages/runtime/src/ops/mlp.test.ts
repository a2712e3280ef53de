import '@tensorflow/tfjs';
import { countDispatches } from '@tenonjs/runtime';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { dense } from './dense';
import { softmaxCrossEntropy } from './softmaxCrossEntropy';

const sizes = [32, 64, 64, 10];

/** Loss and gradients of a perceptron of three layers, kernels and biases in turn. */
function lossAndGradients(x: tf.Tensor, labels: tf.Tensor, parameters: tf.Variable[], fused: boolean) {
  const layer = (x: tf.Tensor, k: number) => {
    const [kernel, bias] = parameters.slice(2 * k) as [tf.Variable, tf.Variable];
    if (fused) return dense(x, kernel, bias, { activation: k < 2 ? 'relu' : 'linear' });
    const z = tf.add(tf.matMul(x, kernel), bias);
    return k < 2 ? tf.relu(z) : z;
  };
  return tf.variableGrads(() => {
    const logits = [0, 1, 2].reduce(layer, x);
    if (fused) return softmaxCrossEntropy(logits, labels) as tf.Scalar;
    const target = tf.cast(tf.oneHot(labels as tf.Tensor1D, 10), 'float32');
    return tf.neg(tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(logits)), 1)));
  }, parameters);
}

describeOnEachBackend('a perceptron of fused ops', (backend) => {
  test('has the loss and the gradients of the plain one', async () => {
    const x = tf.randomNormal([64, 32], 0, 1, 'float32', 1);
    const labels = tf.tidy(() => tf.cast(tf.floor(tf.randomUniform([64], 0, 10, 'float32', 2)), 'int32'));
    const parameters = [0, 1, 2].flatMap((k) => [
      tf.tidy(() => tf.variable(tf.randomNormal(sizes.slice(k, k + 2), 0, 0.2, 'float32', k + 3))),
      tf.tidy(() => tf.variable(tf.randomNormal([sizes[k + 1] as number], 0, 0.2, 'float32', k + 6))),
    ]);
    const [fused, plain] = [true, false].map((how) => lossAndGradients(x, labels, parameters, how)) as [
      ReturnType<typeof lossAndGradients>,
      ReturnType<typeof lossAndGradients>,
    ];
    expect((await fused.value.data())[0]).toBeCloseTo((await plain.value.data())[0] as number, 5);
    for (const { name } of parameters) {
      const [a, b] = [fused.grads[name] as tf.Tensor, plain.grads[name] as tf.Tensor];
      const gap = tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))));
      expect((await gap.data())[0]).toBeLessThan(1e-5);
      gap.dispose();
    }
    if (backend === 'webgpu') {
      // An optimizer in place adds one for each of the six variables.
      const { dispatches } = await countDispatches(() => lossAndGradients(x, labels, parameters, true));
      expect(dispatches).toBeLessThanOrEqual(24);
      expect(dispatches).toBe(16);
    }
    tf.dispose([x, labels, parameters, fused, plain]);
  });
});
