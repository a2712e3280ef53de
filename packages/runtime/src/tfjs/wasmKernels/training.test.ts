import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';

/** Plain tfjs programs train on wasm as they do on cpu, and leave nothing behind. */

const STEPS = 10;

let wasm: Device;
beforeAll(async () => {
  wasm = await initDevice({ prefer: ['wasm'] });
});
afterAll(() => wasm.dispose());

const normal = (shape: number[], seed: number, deviation = 1) => tf.randomNormal(shape, 0, deviation, 'float32', seed);
const variable = (shape: number[], seed: number, deviation: number) =>
  tf.tidy(() => tf.variable(normal(shape, seed, deviation)));

type Program = { loss: () => tf.Scalar; variables: tf.Variable[] };

/** The losses of a program's first steps, and the tensors that steps after the first leave. */
async function train(backend: 'cpu' | 'wasm', make: () => Program, optimizer: () => tf.Optimizer) {
  await tf.setBackend(backend);
  try {
    const { loss, variables } = make();
    const adam = optimizer();
    const losses: number[] = [];
    let before = tf.memory();
    for (let step = 0; step < STEPS; step++) {
      const value = adam.minimize(loss, true, variables) as tf.Scalar;
      losses.push(value.dataSync()[0] as number);
      value.dispose();
      if (step === 0) before = tf.memory();
    }
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    adam.dispose();
    return {
      losses,
      left: [numTensors - before.numTensors, numDataBuffers - before.numDataBuffers, numBytes - before.numBytes],
    };
  } finally {
    await tf.setBackend('wasm');
  }
}

async function expectToTrain(
  make: () => Program,
  optimizer = () => tf.train.adam(0.01) as tf.Optimizer,
): Promise<void> {
  const cpu = await train('cpu', make, optimizer);
  const ours = await train('wasm', make, optimizer);
  ours.losses.forEach((loss, step) => {
    expect(Math.abs(loss / (cpu.losses[step] as number) - 1)).toBeLessThan(1e-4);
  });
  expect(ours.losses.at(-1)).toBeLessThan(0.9 * (ours.losses[0] as number));
  expect(ours.left).toEqual([0, 0, 0]);
}

test('a CNN with batch norm, a depthwise convolution and both pools', () =>
  expectToTrain(() => {
    const x = normal([6, 10, 10, 2], 1) as tf.Tensor4D;
    const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], 'int32'), 3);
    const [first, depthwise, last] = [
      variable([3, 3, 2, 5], 2, 0.3),
      variable([3, 3, 5, 2], 3, 0.3),
      variable([90, 3], 4, 0.1),
    ];
    const [scale, offset, bias] = [variable([5], 5, 1), variable([5], 6, 0), variable([3], 7, 0)];
    const loss = () => {
      const h = tf.conv2d(x, first as unknown as tf.Tensor4D, 1, 'same');
      const { mean, variance } = tf.moments(h, [0, 1, 2]);
      const rows = [mean, variance, offset, scale] as unknown as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
      const pooled = tf.maxPool(tf.relu(tf.batchNorm(h, ...rows, 1e-3)) as tf.Tensor4D, 2, 2, 'same');
      const deep = tf.depthwiseConv2d(pooled, depthwise as unknown as tf.Tensor4D, 1, 'same');
      const flat = tf.reshape(tf.avgPool(tf.elu(deep), 3, 2, 'same'), [6, 90]);
      return tf.losses.softmaxCrossEntropy(labels, tf.add(tf.matMul(flat, last), bias)) as tf.Scalar;
    };
    return { loss, variables: [first, depthwise, last, scale, offset, bias] };
  }));

test('an embedding with a dense layer', () =>
  expectToTrain(() => {
    const words = tf.tensor2d(
      [
        [0, 5, 3],
        [5, 5, 1],
        [2, 6, 4],
        [6, 0, 0],
      ],
      [4, 3],
      'int32',
    );
    const target = normal([4, 2], 1);
    const [table, weights] = [variable([7, 6], 2, 1), variable([18, 2], 3, 0.2)];
    const loss = () => {
      const looked = tf.reshape(tf.gather(table as unknown as tf.Tensor2D, words), [4, 18]);
      return tf.losses.meanSquaredError(target, tf.matMul(looked, weights)) as tf.Scalar;
    };
    return { loss, variables: [table, weights] };
  }));

test('attention over a batch of sequences, with layer norm of plain ops and momentum', () =>
  expectToTrain(
    () => {
      const [x, target] = [normal([3, 5, 8], 1), normal([3, 5, 8], 2)];
      const [query, key, value] = [3, 4, 5].map((seed) => variable([8, 8], seed, 0.4)) as [
        tf.Variable,
        tf.Variable,
        tf.Variable,
      ];
      const loss = () => {
        const flat = tf.reshape(x, [15, 8]);
        const project = (weights: tf.Variable) => tf.reshape(tf.matMul(flat, weights), [3, 5, 8]);
        const scores = tf.softmax(tf.mul(tf.matMul(project(query), project(key), false, true), 8 ** -0.5));
        const mixed = tf.add(tf.matMul(scores, project(value)), x);
        const { mean, variance } = tf.moments(mixed, -1, true);
        const unit = tf.mul(tf.sub(mixed, mean), tf.rsqrt(tf.add(variance, 1e-5)));
        return tf.losses.meanSquaredError(target, unit) as tf.Scalar;
      };
      return { loss, variables: [query, key, value] };
    },
    () => tf.train.momentum(0.5, 0.9),
  ));

test('a model of tf.layers, compiled and fitted', async () => {
  const fit = async (backend: 'cpu' | 'wasm') => {
    await tf.setBackend(backend);
    try {
      const seeded = (seed: number) => tf.initializers.glorotNormal({ seed });
      const model = tf.sequential({
        layers: [
          tf.layers.conv2d({
            filters: 4,
            kernelSize: 3,
            activation: 'relu',
            inputShape: [8, 8, 1],
            kernelInitializer: seeded(1),
          }),
          tf.layers.batchNormalization(),
          tf.layers.separableConv2d({
            filters: 5,
            kernelSize: 3,
            depthwiseInitializer: seeded(2),
            pointwiseInitializer: seeded(3),
          }),
          tf.layers.globalAveragePooling2d({}),
          tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: seeded(4) }),
        ],
      });
      model.compile({ optimizer: tf.train.adam(0.02), loss: 'sparseCategoricalCrossentropy' });
      const x = normal([12, 8, 8, 1], 7);
      const y = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
      const { history } = await model.fit(x, y, { epochs: 5, batchSize: 12, shuffle: false, verbose: 0 });
      return (history.loss ?? []) as number[];
    } finally {
      await tf.setBackend('wasm');
    }
  };
  const [cpu, ours] = [await fit('cpu'), await fit('wasm')];
  ours.forEach((loss, epoch) => {
    expect(Math.abs(loss / (cpu[epoch] as number) - 1)).toBeLessThan(1e-3);
  });
  expect(ours.at(-1)).toBeLessThan(ours[0] as number);
});
