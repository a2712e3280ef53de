import { countDispatches, initDevice } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../testing/architectures';
import { alexNet, googLeNet, resNet18, resNet50, siamese, smallInception, smallResNet, smallVgg, vgg16 } from './index';

const names = Object.keys(registry);
const small = { smallResNet, smallVgg, smallInception };

describe('options', () => {
  test.each(names)('%s refuses what it does not know', (name) => {
    const make = registry[name] as (options: object) => tf.LayersModel;
    expect(() => make({ clases: 5 })).toThrow(
      new RegExp(`^${name}: options must be some of inputShape, .*, got clases$`),
    );
    expect(() => make({ inputShape: [28, 28] })).toThrow(`${name}: inputShape must be [height, width, channels]`);
    expect(() => make({ inputShape: [0, 28, 3] })).toThrow(`${name}: inputShape must be [height, width, channels]`);
    expect(() => make({ seed: -1 })).toThrow(`${name}: seed must be an integer in [0, 2^53), got -1`);
    expect(() => make({ includeTop: 1 })).toThrow(`${name}: includeTop must be true or false, got 1`);
    expect(tf.memory().numTensors).toBe(0);
  });

  test.each(names.filter((name) => name !== 'siamese'))('%s refuses what does not go together', (name) => {
    const make = registry[name] as (options: object) => tf.LayersModel;
    expect(() => make({ classes: 2.5 })).toThrow(`${name}: classes must be an integer ≥ 1, got 2.5`);
    expect(() => make({ pooling: 'avg' })).toThrow(`${name}: pooling must be left out, or includeTop false`);
    expect(() => make({ pooling: 'mean', includeTop: false })).toThrow(`${name}: pooling must be avg or max, got mean`);
    expect(() => make({ classes: 5, includeTop: false })).toThrow(`${name}: classes must be left out without the top`);
  });

  test('of one network are refused by others', () => {
    expect(() => resNet18({ variant: 'paper' as 'torchvision' })).toThrow(
      'resNet18: variant must be torchvision, got paper',
    );
    expect(() => resNet50({ variant: 'keras' as 'paper' })).toThrow('must be torchvision or paper, got keras');
    expect(() => alexNet({ groups: 2 })).toThrow('alexNet: groups must be left out, or variant paper, got 2');
    expect(() => alexNet({ variant: 'paper', groups: 3 as 2 })).toThrow('alexNet: groups must be 1 or 2, got 3');
    expect(() => googLeNet({ auxiliary: true, includeTop: false })).toThrow('auxiliary must be false without the top');
    expect(() => smallResNet({ width: 0 })).toThrow('smallResNet: width must be an integer ≥ 1, got 0');
    expect(() => siamese({ classes: 2 } as object)).toThrow('siamese: options must be some of inputShape, includeTop');
  });

  test('an image that is too small is told with the layer that has nothing left', () => {
    const kernelInitializer = 'zeros';
    expect(() => alexNet({ inputShape: [20, 20, 3], kernelInitializer })).toThrow(
      'alexNet: inputShape must be larger: nothing is left of it at features.5, got [20,20,3]',
    );
    expect(tf.memory().numTensors).toBe(0);
  });
});

describe('what no parameter count tells', () => {
  const make = (name: string, options: object) =>
    registry[name]?.({ kernelInitializer: 'zeros', ...options }) as tf.LayersModel;
  const inputShape = [96, 96, 3];

  test.each<[string, object, Record<string, number>]>([
    ['alexNet', {}, { 'classifier.0': 0.5, 'classifier.3': 0.5 }],
    ['alexNet', { variant: 'paper' }, { drop6: 0.5, drop7: 0.5 }],
    ['zfNet', {}, { drop6: 0.5, drop7: 0.5 }],
    ['vgg16', {}, { 'classifier.2': 0.5, 'classifier.5': 0.5 }],
    ['googLeNet', { auxiliary: true }, { dropout: 0.2, 'aux1.dropout': 0.7, 'aux2.dropout': 0.7 }],
    ['googLeNet', { variant: 'paper' }, { dropout: 0.4 }],
    ['inceptionV3', {}, { dropout: 0.5 }],
    ['resNet18', {}, {}],
  ])('%s %o leaves out as many numbers as the original', (name, options, rates) => {
    const model = make(name, { inputShape, ...options });
    const dropouts = model.layers.filter((layer) => layer.getClassName() === 'Tenon>Dropout');
    expect(Object.fromEntries(dropouts.map((layer) => [layer.name, layer.getConfig().rate]))).toEqual(rates);
    model.dispose();
  });

  const torch = { momentum: 0.9, unbiased: true };
  const keras = { momentum: 0.99, unbiased: false };
  test.each<[string, object, object]>([
    ['resNet18', {}, { ...torch, epsilon: 1e-5, scale: true, useBias: false }],
    ['resNet50', { variant: 'paper' }, { ...keras, epsilon: 1.001e-5, scale: true, useBias: true }],
    ['googLeNet', {}, { ...torch, epsilon: 1e-3, scale: true, useBias: false }],
    ['inceptionV3', {}, { ...torch, epsilon: 1e-3, scale: true, useBias: false }],
    ['inceptionV3', { variant: 'paper' }, { ...keras, epsilon: 1e-3, scale: false, useBias: false }],
    ['smallVgg', { inputShape: [28, 28, 1] }, { ...torch, epsilon: 1e-5, scale: true, useBias: true }],
  ])('%s %o normalizes as the original', (name, options, statistics) => {
    const model = make(name, { inputShape, ...options });
    const layers = model.layers.filter((layer) => layer.getConfig().normalization === 'batch');
    expect(layers.length).toBeGreaterThan(5);
    for (const layer of layers) expect(layer.getConfig(), layer.name).toMatchObject(statistics);
    model.dispose();
  });

  test('the means of inceptionV3 count zeros around the image in torchvision alone', () => {
    for (const variant of ['torchvision', 'paper'] as const) {
      const model = make('inceptionV3', { inputShape, variant });
      const pools = model.layers.filter((layer) => layer.getClassName() === 'Tenon>AveragePooling2D');
      const counted = pools.map((layer) => layer.getConfig().countIncludePad);
      expect(counted).toEqual(Array(9).fill(variant === 'torchvision'));
      model.dispose();
    }
  });

  test('the blocks of resNet50 have their strides where the variant has them', () => {
    for (const [variant, strides] of [
      ['torchvision', [1, 2]],
      ['paper', [2, 1]],
    ] as const) {
      const model = make('resNet50', { inputShape, variant });
      const of = (part: string) => model.getLayer(`layer2.0.${part}`).getConfig().strides;
      expect([of('conv1'), of('conv2')]).toEqual(strides);
      model.dispose();
    }
  });
});

describe('without the top', () => {
  const shape = { inputShape: [64, 64, 3] as const, includeTop: false, kernelInitializer: 'zeros' as const };
  test.each([
    [vgg16, [2, 2, 512]],
    [resNet18, [2, 2, 512]],
    [resNet50, [2, 2, 2048]],
    [googLeNet, [2, 2, 1024]],
  ] as const)('features come out, pooled or not', (make, features) => {
    for (const [options, expected] of [
      [shape, features],
      [{ ...shape, pooling: 'avg' as const }, features.slice(2)],
      [{ ...shape, pooling: 'max' as const }, features.slice(2)],
    ] as const) {
      const model = make(options);
      expect(model.outputs.map(({ shape }) => shape)).toEqual([[null, ...expected]]);
      model.dispose();
    }
  });

  test('pooling is the mean or the largest of the features', async () => {
    const options = { includeTop: false, seed: 1 };
    const x = tf.randomUniform([2, 28, 28, 1], 0, 1, 'float32', 1);
    const [whole, avg, max] = ([undefined, 'avg', 'max'] as const).map(
      (pooling) => smallResNet({ ...options, ...(pooling && { pooling }) }).predict(x) as tf.Tensor,
    ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    expect(await distance(avg, tf.mean(whole, [1, 2]))).toBeLessThan(1e-5);
    expect(await distance(max, tf.max(whole, [1, 2]))).toBe(0);
  });

  test('a siamese network embeds one image', () => {
    expect(siamese({ includeTop: false, kernelInitializer: 'zeros' }).outputs[0]?.shape).toEqual([null, 4096]);
  });

  test('a siamese network weighs how far the embeddings of any twin are apart', async () => {
    const twin = smallResNet({ includeTop: false, pooling: 'avg', seed: 1 });
    const model = siamese({ twin, seed: 1 });
    const [a, b] = [1, 2].map((seed) => tf.randomUniform([3, 28, 28, 1], 0, 1, 'float32', seed)) as [
      tf.Tensor,
      tf.Tensor,
    ];
    const [kernel, bias] = model.getLayer('fc').getWeights() as [tf.Tensor, tf.Tensor];
    const apart = tf.abs(tf.sub(twin.predict(a) as tf.Tensor, twin.predict(b) as tf.Tensor));
    const expected = tf.add(tf.matMul(apart as tf.Tensor2D, kernel as tf.Tensor2D), bias);
    expect(await distance(model.predict([a, b]) as tf.Tensor, expected)).toBeLessThan(1e-6);
    expect(await distance(model.predict([a, a]) as tf.Tensor, tf.add(tf.zeros([3, 1]), bias))).toBeLessThan(1e-6);
  });

  test('a siamese network refuses what is no twin', () => {
    const twin = smallResNet({ includeTop: false });
    expect(() => siamese({ twin })).toThrow('siamese: twin must be a model that gives [batch, D], got');
    expect(() => siamese({ twin, includeTop: false })).toThrow('siamese: includeTop must be true');
    expect(() => siamese({ twin, inputShape: [28, 28, 1] })).toThrow(
      "siamese: inputShape must be left out: it is the twin's",
    );
    expect(() => siamese({ twin: siamese({ twin: smallResNet({ includeTop: false, pooling: 'avg' }) }) })).toThrow(
      'siamese: twin must be a model of one input and one output, got 2 and 1',
    );
  });
});

describe('first weights', () => {
  const kernels = (model: tf.LayersModel) =>
    Promise.all(model.weights.filter(({ name }) => name.includes('kernel')).map((weight) => weight.read().data()));

  test('are those of the seed, and no two layers begin alike', async () => {
    const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => kernels(smallResNet({ seed, blocks: 2 }))));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(new Set(a?.map((kernel) => kernel[0])).size).toBe(a?.length);
  });

  test('keep the size of what goes through: He’s for convolutions', async () => {
    const model = smallVgg({ seed: 3 });
    const kernel = model.getLayer('features.10').weights[0]?.read() as tf.Tensor; // [3, 3, 64, 64]
    const [std] = await tf.sqrt(tf.moments(kernel).variance).data();
    expect(std).toBeCloseTo(Math.sqrt(2 / 576), 3);
  });

  test('the layer that makes the logits begins as Glorot has it', async () => {
    const [kernel] = smallVgg({ seed: 3, classes: 100 }).getLayer('classifier.3').getWeights(); // [256, 100]
    const [largest] = await tf.max(tf.abs(kernel as tf.Tensor)).data();
    const limit = Math.sqrt(6 / (256 + 100));
    expect(largest).toBeLessThan(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
  });
});

describe('on wasm', () => {
  beforeAll(() => initDevice({ prefer: ['wasm'] }).then(() => undefined));

  test.each(Object.entries(small))('every weight of %s is learnt', async (_, make) => {
    const model = make({ seed: 1, classes: 3 });
    const x = tf.randomUniform([4, 28, 28, 1], -1, 1, 'float32', 2);
    const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0], 'int32'), 3);
    const loss = () =>
      tf.losses.softmaxCrossEntropy(labels, model.apply(x, { training: true, seed: 3 }) as tf.Tensor) as tf.Scalar;
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(loss, variables);
    // A bias before a batch normalization is taken away by it.
    const idle = variables.filter(({ name }) => /features.*\/bias/.test(name));
    for (const variable of variables.filter((variable) => !idle.includes(variable))) {
      const [largest] = await tf.max(tf.abs(grads[variable.name] as tf.Tensor)).data();
      expect(largest, variable.name).toBeGreaterThan(1e-6);
    }
  });

  test.each([...Object.keys(small), 'siamese'])('%s is saved and loaded', async (name) => {
    const options = name === 'siamese' ? { inputShape: [80, 80, 1] } : { seed: 4 };
    const model = registry[name]?.(options) as tf.LayersModel;
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const again = await tf.loadLayersModel(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
    const inputs = model.inputs.map(({ shape }, i) =>
      tf.randomUniform([1, ...(shape.slice(1) as number[])], -1, 1, 'float32', i),
    );
    expect(await distance(again.predict(inputs) as tf.Tensor, model.predict(inputs) as tf.Tensor)).toBe(0);
    expect(again.layers.map((layer) => layer.name)).toEqual(model.layers.map((layer) => layer.name));
  });
});

describeOnEachBackend('a residual network', (backend) => {
  test.runIf(backend === 'webgpu')('is about one dispatch for each convolution', async () => {
    const model = smallResNet({ seed: 1 });
    const x = tf.zeros([1, 28, 28, 1]);
    const { dispatches } = await countDispatches(() => model.predict(x) as tf.Tensor);
    expect(dispatches).toBe(12); // 9 convolutions, 2 for the mean over all places, 1 for the last layer
  });
});
