import { capture, deriveSeed, deviceSeed, overwrite, type Seed } from '@tenonjs/runtime';
import { softmaxCrossEntropy } from '@tenonjs/runtime/ops';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  BatchNormalization,
  Conv2DNormActivation,
  Dense,
  DropBlock,
  Dropout,
  GlobalAveragePooling2D,
  MaxPooling2D,
  residualBlock,
  type TrainableModel,
  trainableModel,
} from './index';

const crossEntropy = (labels: tf.Tensor, logits: tf.Tensor) => softmaxCrossEntropy(logits, labels);

/** One of everything that a captured step could stumble over; the same weights each time. */
function network() {
  const x = tf.input({ shape: [6, 6, 2] });
  const stem = new Conv2DNormActivation({ filters: 4, padding: 1, seed: 1, name: 'stem' }).apply(
    x,
  ) as tf.SymbolicTensor;
  const block = residualBlock(stem, { filters: 4, name: 'block', seed: 2, dropRate: 0.3, squeezeExcite: { ratio: 2 } });
  const pooled = new MaxPooling2D({ poolSize: 3, strides: 2, padding: 1 }).apply(block) as tf.SymbolicTensor;
  const dropped = new DropBlock({ rate: 0.2, blockSize: 2, name: 'dropBlock' }).apply(pooled) as tf.SymbolicTensor;
  const features = new GlobalAveragePooling2D().apply(dropped) as tf.SymbolicTensor;
  const normal = new BatchNormalization({ momentum: 0.9 }).apply(features) as tf.SymbolicTensor;
  const one = new Dropout({ rate: 0.5, name: 'one' }).apply(normal) as tf.SymbolicTensor;
  const logits = new Dense({ units: 3, seed: 3, kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }) }).apply(one);
  return tf.model({ inputs: x, outputs: logits as tf.SymbolicTensor });
}

const batch = () => ({
  x: tf.randomNormal([4, 6, 6, 2], 0, 1, 'float32', 5),
  y: tf.tensor1d([0, 1, 2, 1], 'int32'),
});

/** A step of gradient descent, in place. */
function descend({ trainableVariables, loss }: TrainableModel, given: ReturnType<typeof batch>, seed: Seed): tf.Tensor {
  const { value, grads } = tf.variableGrads(() => loss(given, { seed }), trainableVariables);
  for (const variable of trainableVariables) {
    overwrite(variable, tf.sub(variable, tf.mul(0.1, grads[variable.name] as tf.Tensor)) as tf.Tensor);
  }
  return value;
}

describeOnEachBackend('a trainable model', (backend) => {
  test('has the losses and weights of its steps when they are captured', async () => {
    const [plain, captured] = [network(), network()];
    const [byHand, recorded] = [plain, captured].map((model) => trainableModel(model, crossEntropy));
    const given = batch();
    const step = capture(({ x, y, key }: ReturnType<typeof batch> & { key: tf.Tensor }) =>
      descend(recorded as TrainableModel, { x: x as tf.Tensor4D, y }, { key: key as tf.Tensor1D }),
    );
    const losses: number[] = [];
    for (let i = 0; i < 5; i++) {
      const seed = deviceSeed(deriveSeed(9, i));
      const [a, b] = [tf.tidy(() => descend(byHand as TrainableModel, given, seed)), step({ ...given, ...seed })];
      expect(await distance(a, b)).toBeLessThan(1e-5);
      losses.push((await a.data())[0] as number);
      tf.dispose([a, b, seed]);
    }
    if (backend === 'webgpu') expect(step.recordings).toBe(1);
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
    for (const [i, weight] of plain.weights.entries()) {
      expect(await distance(weight.read(), captured.weights[i]?.read() as tf.Tensor), weight.name).toBeLessThan(1e-4);
    }
    step.dispose();
    plain.dispose();
    captured.dispose();
    tf.dispose(given);
  });

  test('repeats with a seed and draws anew with another, and draws nothing when nothing is learnt', async () => {
    const model = network();
    const { loss } = trainableModel(model, crossEntropy);
    const given = batch();
    const value = async (step: Parameters<typeof loss>[1]) => (await loss(given, step).data())[0] as number;
    const first = await value({ seed: 1 });
    const still = await value({ training: false });
    expect(await value({ seed: 1 })).toBeCloseTo(first, 5);
    expect(await value({ seed: 2 })).not.toBeCloseTo(first, 3);
    expect(await value({})).not.toBeCloseTo(await value({}), 3); // layers that count their calls
    const later = await value({ training: false });
    expect(later).not.toBe(still); // the running statistics have moved
    expect(await value({ training: false })).toBe(later);
    model.dispose();
    tf.dispose(given);
  });

  test('leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    const model = network();
    const trainable = trainableModel(model, crossEntropy);
    const given = batch();
    expect(await leaked(() => tf.tidy(() => descend(trainable, given, 3)))).toBe(0);
    expect(await leaked(() => trainable.loss(given, { training: false }))).toBe(0);
    model.dispose();
    tf.dispose(given);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('weighs its outputs, and adds what its layers are regularized by when something is learnt', async () => {
  const x = tf.input({ shape: [2] });
  const kernelRegularizer = tf.regularizers.l2({ l2: 0.5 });
  const [main, auxiliary] = [
    new Dense({ units: 1, kernelInitializer: 'ones', kernelRegularizer }).apply(x) as tf.SymbolicTensor,
    new Dense({ units: 1, kernelInitializer: 'zeros' }).apply(x) as tf.SymbolicTensor,
  ];
  const model = tf.model({ inputs: x, outputs: [main, auxiliary] });
  const mean = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.mean(tf.sub(yPred, yTrue));
  const { loss } = trainableModel(model, mean, { lossWeights: [1, 0.3] });
  const [given, y] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[1]])];
  const value = async (y: tf.Tensor | tf.Tensor[], training: boolean) =>
    (await loss({ x: given, y }, { training }).data())[0];
  expect(await value(y, false)).toBeCloseTo(2 - 0.3, 5);
  expect(await value(y, true)).toBeCloseTo(2 - 0.3 + 0.5 * 2, 5);
  expect(await value([y, tf.zeros([1, 1])], false)).toBeCloseTo(2, 5);
});

test('learns nothing in layers that are not trainable', () => {
  const model = network();
  const { trainableVariables } = trainableModel(model, crossEntropy);
  for (const layer of model.layers.slice(0, -1)) layer.trainable = false;
  expect(trainableVariables).toHaveLength(model.weights.filter(({ name }) => !name.includes('moving')).length);
  const names = trainableModel(model, crossEntropy).trainableVariables.map(({ name }) => name);
  expect(names.map((name) => name.replace(/_\d+$/, '').split('/').at(-1))).toEqual(['kernel', 'bias']);
  model.dispose();
});

test('refuses what does not fit', () => {
  const model = tf.sequential({ layers: [new Dense({ units: 2, inputShape: [3] })] });
  const { loss } = trainableModel(model, (_, yPred) => yPred);
  expect(() => trainableModel(model, [])).toThrow('trainableModel: loss must be one, or 1 of them, got 0');
  expect(() => trainableModel(model, crossEntropy, { lossWeights: [1, 2] })).toThrow(
    'trainableModel: lossWeights must be 1 finite numbers, got [1,2]',
  );
  expect(() => trainableModel(model, crossEntropy, { lossWeights: [Number.NaN] })).toThrow('got [NaN]');
  expect(() => trainableModel(model, 'mse' as unknown as typeof crossEntropy)).toThrow(
    'trainableModel: loss must be a function (yTrue, yPred) => scalar, or one for each output, got mse',
  );
  expect(() => loss({ x: tf.zeros([1, 3]) })).toThrow('trainableModel: y must be given with each batch, got none');
  expect(() => loss({ x: tf.zeros([1, 3]), y: [] })).toThrow('trainableModel: y must be one tensor, or 1, got 0');
  expect(() => loss({ x: tf.zeros([1, 3]), y: tf.zeros([1]) })).toThrow(
    'trainableModel: loss must be a scalar, got shape [1,2]',
  );
});
