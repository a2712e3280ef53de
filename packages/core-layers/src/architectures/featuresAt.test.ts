import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { featuresAt, freeze, googLeNet, siamese, smallInception, smallResNet } from './index';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

describe('featuresAt', () => {
  const model = smallResNet({ seed: 1, width: 4 });
  const x = tf.randomUniform([2, 28, 28, 1], -1, 1, 'float32', 1);

  test('gives what layers compute, by their names and by those of their modules', async () => {
    const names = ['layer3', 'avgpool', 'layer1.0.conv1', 'fc'];
    const [stage, pooled, early, logits] = featuresAt(model, names).predict(x) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    expect(early.shape).toEqual([2, 28, 28, 4]);
    expect(await distance(pooled, tf.mean(stage, [1, 2]))).toBeLessThan(1e-6);
    const [kernel, bias] = model.getLayer('fc').getWeights() as [tf.Tensor2D, tf.Tensor];
    expect(await distance(logits, tf.add(tf.matMul(pooled as tf.Tensor2D, kernel), bias))).toBeLessThan(1e-6);
    expect(await distance(logits, model.predict(x) as tf.Tensor)).toBe(0);
  });

  test('a module ends where its branches meet', () => {
    const inception = smallInception({ kernelInitializer: 'zeros' });
    const [a, b] = featuresAt(inception, ['inception2a', 'inception2a.branch2']).outputs;
    expect(a?.shape).toEqual([null, 14, 14, 64]);
    expect(b?.shape).toEqual([null, 14, 14, 32]);
  });

  test('lists the names there are', () => {
    expect(() => featuresAt(model, ['layer9'])).toThrow(
      /^featuresAt: layerNames must be one of input, conv1, layer1, layer1\.0, layer1\.0\.conv1, .*, fc, got layer9$/,
    );
    expect(() => featuresAt(model, ['layer'])).toThrow(/got layer$/);
    expect(() => featuresAt(model, [])).toThrow('featuresAt: layerNames must be one name or more, got none');
  });

  test('takes a model within the model, alone or first in a sequence', async () => {
    const [base, given] = [
      smallResNet({ seed: 3, width: 4, includeTop: false, pooling: 'avg' }),
      tf.input({ shape: [28, 28, 1] }),
    ];
    const features = base.predict(x) as tf.Tensor;
    const head = tf.layers.dense({ units: 2, name: 'head' });
    const applied = tf.model({ inputs: given, outputs: head.apply(base.apply(given)) as tf.SymbolicTensor });
    const sequence = tf.sequential({ layers: [base, tf.layers.dense({ units: 2 })] });
    for (const whole of [applied, sequence]) {
      expect(await distance(featuresAt(whole, [base.name]).predict(x) as tf.Tensor, features)).toBe(0);
    }
  });

  test('does not mind what other models do with its layers', async () => {
    const elsewhere = tf.input({ shape: [28, 28, 1] });
    const shared = model.getLayer('conv1');
    tf.model({ inputs: elsewhere, outputs: shared.apply(elsewhere) as tf.SymbolicTensor });
    expect((featuresAt(model, ['conv1']).predict(x) as tf.Tensor).shape).toEqual([2, 28, 28, 4]);
  });

  test('refuses one layer by two names, and what is no list', () => {
    expect(() => featuresAt(model, ['layer1', 'layer1.0.conv2'])).toThrow(
      'featuresAt: layerNames must be of different layers, got [layer1,layer1.0.conv2]',
    );
    expect(() => featuresAt(model, 'layer1' as unknown as string[])).toThrow(
      'featuresAt: layerNames must be one name or more, got layer1',
    );
  });

  test('refuses what is used twice, for which of the two is meant', () => {
    const pair = siamese({ inputShape: [80, 80, 1], kernelInitializer: 'zeros' });
    expect(() => featuresAt(pair, ['embedding'])).toThrow(
      'featuresAt: layerNames must be of layers that are used once, got embedding, used 2 times',
    );
    pair.dispose();
  });
});

describe('freeze', () => {
  test('keeps every layer of a model within the model, its statistics too', async () => {
    const base = smallResNet({ seed: 3, width: 4, includeTop: false, pooling: 'avg' });
    const model = tf.sequential({ layers: [base, tf.layers.dense({ units: 2, name: 'head' })] });
    const x = tf.randomUniform([4, 28, 28, 1], 2, 3, 'float32', 1);
    const before = await base.predict(x, { batchSize: 4 });
    freeze(model, base.name);
    const y = base.apply(x, { training: true }) as tf.Tensor;
    expect(await distance(y, before as tf.Tensor)).toBe(0);
    expect(await distance(base.predict(x) as tf.Tensor, before as tf.Tensor)).toBe(0);
    expect(trainable(model)).toEqual(new Set(['head']));
  });

  test('stays within the model: what another one does before a shared layer goes on learning', () => {
    const head = tf.layers.dense({ units: 2, name: 'head' });
    const [one, other] = ['one', 'other'].map((name) => {
      const x = tf.input({ shape: [3] });
      const hidden = tf.layers.dense({ units: 3, name }).apply(x);
      return tf.model({ inputs: x, outputs: head.apply(hidden) as tf.SymbolicTensor });
    }) as [tf.LayersModel, tf.LayersModel];
    freeze(one, 'head');
    expect([trainable(one), trainable(other)]).toEqual([new Set(), new Set(['other'])]);
  });

  const trainable = (model: tf.LayersModel) =>
    new Set(model.trainableWeights.map(({ originalName }) => originalName.split(/[./]/)[0]));

  test('keeps a layer and all it is computed from', () => {
    const model = smallResNet({ kernelInitializer: 'zeros' });
    expect(trainable(freeze(model, 'layer2'))).toEqual(new Set(['layer3', 'fc']));
    expect(freeze(model)).toBe(model);
    expect(model.trainableWeights).toEqual([]);
  });

  test('goes back along every branch, and not beyond', () => {
    const model = googLeNet({ inputShape: [64, 64, 3], kernelInitializer: 'zeros', auxiliary: true });
    const left = trainable(freeze(model, 'inception4b'));
    expect(left).toEqual(
      new Set(['inception4c', 'inception4d', 'inception4e', 'inception5a', 'inception5b', 'fc', 'aux1', 'aux2']),
    );
    model.dispose();
  });

  test('frozen statistics are used in training, and stay', async () => {
    const model = freeze(smallResNet({ seed: 2, width: 4 }), 'layer1');
    const x = tf.randomUniform([4, 28, 28, 1], 2, 3, 'float32', 1);
    const means = (name: string) => model.getLayer(name).weights[3]?.read() as tf.Tensor;
    const [frozen, free] = [tf.clone(means('conv1')), tf.clone(means('layer2.0.conv1'))];
    const before = await Promise.all([frozen.data(), free.data()]);
    const early = featuresAt(model, ['layer1']);
    const y = model.apply(x, { training: true }) as tf.Tensor;
    expect(await means('conv1').data()).toEqual(before[0]);
    expect(await means('layer2.0.conv1').data()).not.toEqual(before[1]);
    expect(y.shape).toEqual([4, 10]);
    expect(await distance(early.apply(x, { training: true }) as tf.Tensor, early.predict(x) as tf.Tensor)).toBe(0);
  });

  test('lists the names there are', () => {
    expect(() => freeze(smallResNet({ kernelInitializer: 'zeros' }), 'layer7')).toThrow(
      /^freeze: until must be one of input, conv1, .*, got layer7$/,
    );
  });
});
