import { readSafetensors, type SafetensorsArray, type SafetensorsEntry, writeSafetensors } from '@tenonjs/runtime';
import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/roundTrip.json';
import {
  loadStateDict,
  type StateDict,
  smallInception,
  smallResNet,
  smallVgg,
  stateDict,
} from '../architectures/index';
import { Conv2DNormActivation } from '../layers/conv2DNormActivation';
import { SqueezeExcite } from '../layers/squeezeExcite';
import { filled } from '../testing/architectures';
import { fill } from '../testing/fill';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** What PyTorch's `oracle.network` is. */
const network = () => smallResNet({ width: 4, classes: 3, kernelInitializer: 'zeros' });

/** Images that the oracle filled, from [B, C, H, W] to [B, H, W, C]. */
const images = (shape: number[]) =>
  tf.transpose(tf.tensor(fill('input', shape).data as Float32Array, shape), [0, 2, 3, 1]);

/** Whether two files are the same; not `toEqual`, which takes minutes to tell where thousands of numbers differ. */
const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** The same of a state dict: each key, in order, and its numbers. */
const fileOf = (tensors: StateDict) => writeSafetensors(tensors as Record<string, SafetensorsEntry>);

const gap = (a: tf.Tensor, b: number[]) => distance(a, tf.tensor(b, a.shape));

describe('from PyTorch and back', () => {
  test('a trained network computes the same, and its file is the same to the byte', async () => {
    const bytes = bytesOf(oracle.network.file);
    const { tensors, metadata } = readSafetensors(bytes);
    const model = network();
    loadStateDict(model, tensors, { source: 'torch' });
    expect(await gap(model.predict(images([2, 1, 28, 28])) as tf.Tensor, oracle.network.logits)).toBeLessThan(1e-5);
    const written = writeSafetensors(await stateDict(model, { target: 'torch', like: tensors }), metadata);
    expect(same(written, bytes)).toBe(true);
  });

  test('so do layers of every kind', async () => {
    const bytes = bytesOf(oracle.odd.file);
    const { tensors, metadata } = readSafetensors(bytes);
    const model = odd();
    loadStateDict(model, tensors, { source: 'torch' });
    const y = model.predict([images([1, 3, 6, 7]), tf.tensor2d(oracle.odd.words)]) as tf.Tensor;
    expect(await gap(y, oracle.odd.outputs)).toBeLessThan(1e-5);
    const written = writeSafetensors(await stateDict(model, { target: 'torch', like: tensors }), metadata);
    expect(same(written, bytes)).toBe(true);
  });

  test.each(Object.entries({ smallVgg, smallInception }))('%s keeps every number', async (_, make) => {
    const model = make({ kernelInitializer: 'zeros' });
    const tensors = filled(model);
    loadStateDict(model, tensors, { source: 'torch' });
    const again = await stateDict(model, { target: 'torch', like: tensors });
    expect(Object.keys(again)).toEqual(Object.keys(tensors));
    expect(same(fileOf(again), fileOf(tensors))).toBe(true);
  });

  test('counts of batches may be missing, and begin at 0', async () => {
    const model = network();
    const { tensors } = readSafetensors(bytesOf(oracle.network.file));
    const counted = Object.keys(tensors).filter((key) => key.endsWith('num_batches_tracked'));
    expect(counted.length).toBe(9);
    const without = Object.fromEntries(Object.entries(tensors).filter(([key]) => !counted.includes(key)));
    loadStateDict(model, without, { source: 'torch' });
    const written = await stateDict(model, { target: 'torch' });
    expect(Object.keys(written).sort()).toEqual(Object.keys(tensors).sort());
    for (const key of counted) expect(written[key]).toEqual({ shape: [], data: BigInt64Array.of(0n) });
  });

  test.each(['F16', 'BF16', 'F64'] as const)('numbers that are %s stay so', async (type) => {
    const { tensors } = readSafetensors(bytesOf(oracle.network.file));
    const stored = (data: SafetensorsArray) => (type === 'F64' ? Float64Array.from(data as Float32Array) : data);
    const halves = Object.entries(tensors).map(([key, { shape, data, dtype }]): [string, SafetensorsEntry] => [
      key,
      dtype === 'F32' ? { shape, data: stored(data), dtype: type } : { shape, data, dtype },
    ]);
    const bytes = writeSafetensors(Object.fromEntries(halves));
    const model = network();
    const { tensors: like } = readSafetensors(bytes);
    loadStateDict(model, like, { source: 'torch' });
    const written = await stateDict(model, { target: 'torch', like });
    expect(same(fileOf(written), bytes)).toBe(true);
    for (const [key, { data }] of Object.entries(written)) expect(data, key).not.toBe(like[key]?.data);
  });
});

describe('what does not fit', () => {
  const good = filled(network());

  test('is told all at once, and nothing changes', async () => {
    const model = network();
    const { 'conv1.weight': _, ...others } = good;
    const tensors = {
      ...others,
      'fc.weight': { shape: [12, 3], data: new Float32Array(36) },
      'bn1.weight': { shape: [4], data: new Int32Array(4) },
      'bn1.bias': { shape: [4], data: new Float32Array(3) },
      'bn1.running_mean': { shape: [4], data: new Float32Array(5) },
      'fc.bias': tf.zeros([3]) as unknown as SafetensorsEntry,
      'head.bias': { shape: [3], data: new Float32Array(3) },
    };
    let message = '';
    try {
      loadStateDict(model, tensors, { source: 'torch' });
    } catch (error) {
      message = (error as RangeError).message;
    }
    expect(message).toBe(
      'loadStateDict: tensors must be those of smallResNet; conv1.weight [4,1,3,3] is missing; ' +
        'head.bias [3] is unexpected; bn1.weight must hold floats; bn1.bias must have 4 numbers, got 3; ' +
        'bn1.running_mean must have 4 numbers, got 5; fc.weight must be [3,16], got [12,3]; ' +
        'fc.bias must be { shape, data }',
    );
    for (const weight of model.weights) {
      const first = /gamma|variance/.test(weight.name) ? 1 : 0;
      expect([...(await weight.read().data())].every((value) => value === first)).toBe(true);
    }
  });

  test('may be ignored, module by module', async () => {
    const model = network();
    const { 'fc.bias': _, ...others } = good;
    const tensors = { ...others, 'aux1.fc.weight': { shape: [1], data: new Float32Array(1) } };
    expect(() => loadStateDict(model, tensors, { source: 'torch', ignore: ['fc'] })).toThrow('aux1.fc.weight');
    expect(() => loadStateDict(model, tensors, { source: 'torch', ignore: 'fc' as unknown as string[] })).toThrow(
      'loadStateDict: ignore must be a list of modules, got fc',
    );
    loadStateDict(model, tensors, { source: 'torch', ignore: ['fc.bias', 'fc.weight', 'aux1.fc.weight'] });
    loadStateDict(model, tensors, { source: 'torch', ignore: ['fc', 'aux1'] });
    expect(await model.getLayer('fc').weights[0]?.read().data()).toEqual(new Float32Array(48));
    const written = await stateDict(model, { target: 'torch' });
    expect(written['layer3.0.conv1.weight']).toEqual(good['layer3.0.conv1.weight']);
  });

  test('a name that only begins like a module’s is not of it', () => {
    const tensors = { ...good, 'fc2.bias': { shape: [1], data: new Float32Array(1) } };
    expect(() => loadStateDict(network(), tensors, { source: 'torch', ignore: ['fc'] })).toThrow('fc2.bias');
  });

  test('sources and targets there are', async () => {
    expect(() => loadStateDict(network(), good, { source: 'jax' as 'torch' })).toThrow(
      'loadStateDict: source must be torch, got jax',
    );
    await expect(stateDict(network(), { target: 'jax' as 'torch' })).rejects.toThrow(
      'stateDict: target must be torch, got jax',
    );
  });
});

test('loading and writing leave nothing behind', async () => {
  const model = network();
  const tensors = filled(model);
  const before = tf.memory().numTensors;
  loadStateDict(model, tensors, { source: 'torch' });
  await stateDict(model, { target: 'torch' });
  expect(tf.memory().numTensors).toBe(before);
});

/** The oracle's `Odd`, of layers of tfjs and of this package. */
function odd(): tf.LayersModel {
  const image = tf.input({ shape: [6, 7, 3] });
  const words = tf.input({ shape: [9] });
  const through = (x: tf.SymbolicTensor, ...layers: tf.layers.Layer[]) =>
    layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, x);
  const seen = through(
    image,
    tf.layers.depthwiseConv2d({ name: 'depthwise', kernelSize: 3, depthMultiplier: 2 }),
    new Conv2DNormActivation({
      name: 'grouped',
      filters: 4,
      kernelSize: [1, 3],
      padding: 0,
      groups: 2,
      normalization: 'none',
      activation: 'linear',
    }),
    tf.layers.conv2dTranspose({ name: 'transposed', filters: 5, kernelSize: [3, 2], strides: 2 }),
    tf.layers.batchNormalization({ name: 'norm', epsilon: 1e-5 }),
    new SqueezeExcite({ name: 'se', ratio: 2.5 }),
    tf.layers.flatten({ name: 'flatten' }),
    tf.layers.dropout({ name: 'dropout', rate: 0.5 }),
    tf.layers.dense({ name: 'dense', units: 4 }),
  );
  const read = through(
    words,
    tf.layers.embedding({ name: 'words', inputDim: 11, outputDim: 4 }),
    tf.layers.conv1d({ name: 'line', filters: 2, kernelSize: 3 }),
    tf.layers.flatten({ name: 'lines' }),
    tf.layers.dense({ name: 'tail', units: 3 }),
  );
  return tf.model({
    inputs: [image, words],
    outputs: tf.layers.concatenate().apply([seen, read]) as tf.SymbolicTensor,
  });
}
