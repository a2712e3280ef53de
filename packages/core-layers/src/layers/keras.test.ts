import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  Activation,
  AveragePooling2D,
  BatchNormalization,
  Conv1DTranspose,
  Conv2DNormActivation,
  Dense,
  Dropout,
  Embedding,
  GlobalAveragePooling2D,
  GlobalMaxPooling2D,
  LayerNormalization,
  MaxPooling2D,
  SpectralNormalization,
  WeightNormalization,
} from '../index';

type Layer = InstanceType<typeof tf.layers.Layer>;

const numbers = (...shape: number[]) => tf.randomNormal(shape, 0, 1, 'float32', 7);
const one = (layer: Layer, x: tf.Tensor | tf.Tensor[], kwargs?: object) => layer.apply(x, kwargs) as tf.Tensor;

/** Layers of tfjs, and those of this package that have their names. */
const pairs: readonly (readonly [string, Layer, Layer, tf.Tensor])[] = [
  [
    'Dense',
    tf.layers.dense({ units: 3, activation: 'relu' }),
    new Dense({ units: 3, activation: 'relu' }),
    numbers(4, 5),
  ],
  ['BatchNormalization', tf.layers.batchNormalization(), new BatchNormalization(), numbers(4, 3, 2)],
  ['LayerNormalization', tf.layers.layerNormalization(), new LayerNormalization(), numbers(4, 3)],
  [
    'MaxPooling2D',
    tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    new MaxPooling2D({ poolSize: 3, strides: 2, padding: 'same' }),
    numbers(2, 6, 5, 2),
  ],
  [
    'AveragePooling2D',
    tf.layers.averagePooling2d({ poolSize: [2, 3], strides: [2, 1], padding: 'same' }),
    new AveragePooling2D({ poolSize: [2, 3], strides: [2, 1], padding: 'same' }),
    numbers(2, 5, 4, 2),
  ],
  ['GlobalAveragePooling2D', tf.layers.globalAveragePooling2d({}), new GlobalAveragePooling2D(), numbers(2, 3, 4, 2)],
  ['GlobalMaxPooling2D', tf.layers.globalMaxPooling2d({}), new GlobalMaxPooling2D(), numbers(2, 3, 4, 2)],
  [
    'Embedding',
    tf.layers.embedding({ inputDim: 5, outputDim: 2 }),
    new Embedding({ inputDim: 5, outputDim: 2 }),
    tf.tensor2d([[0, 4, 2]], [1, 3], 'int32'),
  ],
];

test.each(pairs)('%s gives what tfjs’s own gives, and learns what it learns', async (_, theirs, ours, x) => {
  tf.dispose([one(theirs, x), one(ours, x)]);
  expect(ours.weights.map(({ shape }) => shape)).toEqual(theirs.weights.map(({ shape }) => shape));
  ours.setWeights(theirs.getWeights());
  for (const training of [true, true, false]) {
    const [a, b] = [one(theirs, x, { training }), one(ours, x, { training })];
    expect(ours.computeOutputShape(x.shape)).toEqual(a.shape);
    expect(await distance(a, b)).toBeLessThan(1e-5);
  }
  for (const [i, weights] of theirs.getWeights().entries()) {
    expect(await distance(weights, ours.getWeights()[i] as tf.Tensor)).toBeLessThan(1e-5);
  }
});

test('Conv2DNormActivation is a convolution, a batch norm, a sum and an activation', async () => {
  const x = numbers(2, 5, 6, 3);
  const residual = numbers(2, 3, 3, 4);
  const convolution = tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', useBias: false });
  const norm = tf.layers.batchNormalization({ momentum: 0.8, epsilon: 1e-5 });
  const ours = new Conv2DNormActivation({ filters: 4, strides: 2, momentum: 0.8, unbiased: false });
  const theirs = (kwargs: object) => tf.relu(tf.add(one(norm, one(convolution, x), kwargs), residual));
  tf.dispose([theirs({}), one(ours, [x, residual])]);
  convolution.setWeights(ours.getWeights().slice(0, 1));
  const gamma = tf.tensor1d([0.5, 1, 1.5, 2]);
  for (const layer of [norm, ours]) layer.weights.find(({ name }) => name.includes('gamma'))?.write(gamma);
  for (const training of [true, true, false]) {
    expect(await distance(theirs({ training }), one(ours, [x, residual], { training }))).toBeLessThan(1e-5);
  }
  for (const [i, weights] of norm.getWeights().entries()) {
    expect(await distance(weights, ours.getWeights()[i + 1] as tf.Tensor), `weights ${i}`).toBeLessThan(1e-5);
  }
});

test.each([4, 5])(
  'Conv1DTranspose of size %i is tfjs’s transposed convolution of images one place high',
  async (size) => {
    const x = numbers(2, 5, 3);
    const ours = new Conv1DTranspose({ filters: 4, kernelSize: size, strides: 2, padding: 'same', seed: 1 });
    const y = one(ours, x);
    const kernel = tf.reshape(ours.getWeights()[0] as tf.Tensor, [1, size, 4, 3]) as tf.Tensor4D;
    const image = tf.reshape(x, [2, 1, 5, 3]) as tf.Tensor4D;
    const expected = tf.conv2dTranspose(image, kernel, [2, 1, 10, 4], [1, 2], 'same');
    expect(await distance(y, tf.reshape(expected, [2, 10, 4]))).toBeLessThan(1e-5);
  },
);

test.each([
  ['BatchNormalization', () => new BatchNormalization()],
  ['Conv2DNormActivation', () => new Conv2DNormActivation({ filters: 2, seed: 1 })],
] as const)('a frozen %s uses its running statistics, and does not move them', async (_, make) => {
  const x = numbers(2, 3, 3, 2);
  const layer: Layer = make();
  tf.dispose(one(layer, x, { training: true }));
  layer.trainable = false;
  const before = layer.getWeights().map((weights) => tf.clone(weights));
  expect(await distance(one(layer, x, { training: true }), one(layer, x, {}))).toBe(0);
  for (const [i, weights] of layer.getWeights().entries()) {
    expect(await distance(weights, before[i] as tf.Tensor)).toBe(0);
  }
});

test('two layers draw different numbers from one seed', async () => {
  const x = tf.ones([4, 50]);
  const [a, b] = [new Dropout({ rate: 0.5, name: 'a' }), new Dropout({ rate: 0.5, name: 'b' })];
  const drawn = (layer: Layer) => one(layer, x, { training: true, seed: 1 });
  expect(await distance(drawn(a), drawn(b))).toBe(2);
  expect(await distance(drawn(a), drawn(new Dropout({ rate: 0.5, seed: 3 })))).toBe(2);
  const [c, d] = [new Dropout({ rate: 0.5, seed: 3 }), new Dropout({ rate: 0.5, seed: 3 })];
  expect(await distance(drawn(c), drawn(d))).toBe(0);
});

test('Embedding begins with rows of length 1, whatever their number', async () => {
  const layer = new Embedding({ inputDim: 400, outputDim: 16, seed: 1 });
  layer.build([null, 3]);
  const squares = tf.mean(tf.sum(tf.square(layer.getWeights()[0] as tf.Tensor), 1));
  expect((await squares.data())[0]).toBeCloseTo(1, 1);
});

test('Embedding masks index 0 where it stands for nothing', async () => {
  const indices = tf.tensor2d([[0, 3, 0]], [1, 3], 'int32');
  const mask = new Embedding({ inputDim: 4, outputDim: 2, maskZero: true }).computeMask(indices);
  expect([...(await mask.data())]).toEqual([0, 1, 0]);
  expect(new Embedding({ inputDim: 4, outputDim: 2 }).computeMask(indices)).toBeNull();
});

test('what works on each step of a sequence by itself hands masks on', async () => {
  const steps = [
    new Embedding({ inputDim: 4, outputDim: 3, maskZero: true, inputShape: [null] }),
    new LayerNormalization(),
    new BatchNormalization(),
    new Dense({ units: 3 }),
    new Activation({ activation: 'gelu' }),
    new Dropout({ rate: 0.5 }),
    tf.layers.simpleRNN({ units: 2 }),
  ];
  const model = tf.sequential({ layers: steps });
  const last = (...indices: number[]) =>
    model.predict(tf.tensor2d([indices], [1, indices.length], 'int32')) as tf.Tensor;
  expect(await distance(last(1, 3), last(1, 3, 0, 0))).toBeLessThan(1e-6);
  expect(await distance(last(1, 3), last(1, 3, 2, 2))).toBeGreaterThan(0.01);
});

test('SpectralNormalization brings the largest singular value to 1, and trains what is below it', async () => {
  const layer = new SpectralNormalization({
    layer: new Dense({ units: 4, useBias: false, seed: 1 }),
    powerIterations: 3,
  });
  const x = tf.eye(4);
  for (let i = 0; i < 20; i++) tf.dispose(one(layer, x, { training: true }));
  const kernel = one(layer, x);
  let u: tf.Tensor2D = tf.ones([4, 1]);
  for (let i = 0; i < 50; i++) {
    const next = tf.matMul(kernel as tf.Tensor2D, tf.matMul(kernel as tf.Tensor2D, u), true);
    u = tf.div(next, tf.norm(next));
  }
  expect((await tf.norm(tf.matMul(kernel as tf.Tensor2D, u)).data())[0]).toBeCloseTo(1, 4);
  expect(layer.trainableWeights).toHaveLength(1);
  layer.trainable = false;
  expect([layer.trainableWeights.length, layer.nonTrainableWeights.length]).toEqual([0, 2]);
});

test('WeightNormalization begins with the layer’s own kernel, and its length is g', async () => {
  const inner = new Dense({ units: 3, useBias: false, seed: 1 });
  const layer = new WeightNormalization({ layer: inner });
  const kernel = one(layer, tf.eye(5));
  expect(await distance(kernel, inner.getWeights()[0] as tf.Tensor)).toBeLessThan(1e-6);
  layer.weights[1]?.write(tf.tensor1d([1, 2, 3]));
  const lengths = tf.norm(one(layer, tf.eye(5)), 2, 0);
  expect(await distance(lengths, tf.tensor1d([1, 2, 3]))).toBeLessThan(1e-5);
});

test('layers of tfjs keep their names in files', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] }), new Dense({ units: 1 })] });
  const again = await tf.models.modelFromJSON(JSON.parse(JSON.stringify(model.toJSON(null, false))));
  expect(again.layers.map((layer) => layer.getClassName())).toEqual(['Dense', 'Tenon>Dense']);
  expect(again.layers[0]).not.toBeInstanceOf(Dense);
  expect(again.layers[1]).toBeInstanceOf(Dense);
});
