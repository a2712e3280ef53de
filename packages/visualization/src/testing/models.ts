import { deriveSeed, randomNormal, randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';

/** Gives a model weights that are the same in every run, and statistics of batch norm that are none of its start. */
export function seeded<M extends tf.LayersModel>(model: M, seed = 1): M {
  tf.tidy(() => {
    const weights = model.getWeights().map((weight, i) => {
      const own = deriveSeed(seed, i);
      if (model.weights[i]?.originalName.includes('variance'))
        return randomUniform(weight.shape, { seed: own, low: 0.5 });
      const inputs = weight.rank > 1 ? weight.size / (weight.shape.at(-1) as number) : 25;
      return randomNormal(weight.shape, { seed: own, std: 1.5 / Math.sqrt(inputs) });
    });
    model.setWeights(weights);
  });
  return model;
}

const conv = (name: string, filters: number, more: Partial<Parameters<typeof tf.layers.conv2d>[0]> = {}) =>
  tf.layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', activation: 'relu', ...more });

/** Convolutions, a pooling, global average pooling, a dense layer with its softmax inside: [8, 8, 2] → 3 classes. */
export const plainCnn = (): tf.LayersModel =>
  seeded(
    tf.sequential({
      layers: [
        conv('conv1', 4, { inputShape: [8, 8, 2] }),
        tf.layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
        conv('conv2', 6),
        tf.layers.globalAveragePooling2d({ name: 'gap' }),
        tf.layers.dense({ name: 'scores', units: 3, activation: 'softmax' }),
      ],
    }),
  );

/** Activations as layers of their own, batch norm, an addition, a branch with a concatenation, dropout, a flattening. */
export function branchedCnn(): tf.LayersModel {
  const input = tf.input({ shape: [8, 8, 2] });
  const add = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
    layer.apply(inputs.length === 1 ? (inputs[0] as tf.SymbolicTensor) : inputs) as tf.SymbolicTensor;
  const stem = add(conv('stem', 4, { activation: 'linear' }), input);
  const norm = add(tf.layers.batchNormalization({ name: 'norm' }), stem);
  const rectified = add(tf.layers.activation({ name: 'relu', activation: 'relu' }), norm);
  const inner = add(conv('inner', 4, { activation: 'linear' }), rectified);
  const sum = add(tf.layers.add({ name: 'sum' }), inner, rectified);
  const out = add(tf.layers.reLU({ name: 'out' }), sum);
  const narrow = add(conv('narrow', 2, { kernelSize: 1 }), out);
  const pooled = add(tf.layers.maxPooling2d({ name: 'wide', poolSize: 3, strides: 1, padding: 'same' }), out);
  const both = add(tf.layers.concatenate({ name: 'both' }), narrow, pooled);
  const small = add(tf.layers.averagePooling2d({ name: 'small', poolSize: 2 }), both);
  const flat = add(tf.layers.flatten({ name: 'flat' }), add(tf.layers.dropout({ name: 'drop', rate: 0.5 }), small));
  const scores = add(tf.layers.dense({ name: 'scores', units: 3 }), flat);
  return seeded(tf.model({ inputs: input, outputs: add(tf.layers.softmax({ name: 'softmax' }), scores) }));
}

/** A model inside of a model, as transfer learning makes them. */
export function nestedCnn(): tf.LayersModel {
  const base = tf.sequential({
    name: 'base',
    layers: [conv('conv1', 4, { inputShape: [8, 8, 2] }), tf.layers.maxPooling2d({ name: 'pool1', poolSize: 2 })],
  });
  const input = tf.input({ shape: [8, 8, 2] });
  const again = conv('again', 4);
  const features = base.apply(input) as tf.SymbolicTensor;
  const twice = again.apply(again.apply(features)) as tf.SymbolicTensor;
  const pooled = tf.layers.globalAveragePooling2d({ name: 'gap' }).apply(twice);
  const head = tf.sequential({
    name: 'head',
    layers: [tf.layers.dense({ name: 'scores', units: 3, activation: 'softmax', inputShape: [4] })],
  });
  return seeded(tf.model({ inputs: input, outputs: head.apply(pooled) as tf.SymbolicTensor }));
}

export const models: Readonly<Record<string, () => tf.LayersModel>> = { plainCnn, branchedCnn, nestedCnn };

/** Images [n, 8, 8, 2] with numbers in [0, 1). */
export const images = (n: number, seed = 5): tf.Tensor4D => randomUniform([n, 8, 8, 2], { seed }) as tf.Tensor4D;
