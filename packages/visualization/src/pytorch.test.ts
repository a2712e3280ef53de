import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../tools/oracles/visualization.json' with { type: 'json' };
import { deconvnet } from './attribution/deconvnet';
import { guidedBackprop } from './attribution/guidedBackprop';
import { integratedGradients } from './attribution/integratedGradients';
import { saliency } from './attribution/saliency';
import { gradCam } from './cam/gradCam';
import { gradCamPlusPlus } from './cam/gradCamPlusPlus';

/** The network of tools/oracles/visualization.py; `fused` has its activations inside of layers where it can. */
function network(fused: boolean): tf.LayersModel {
  const activation = fused ? 'relu' : 'linear';
  const conv = (name: string, own: 'relu' | 'linear') =>
    tf.layers.conv2d({ name, filters: 4, kernelSize: 3, padding: 'same', activation: own });
  const relu = (x: unknown) => (fused ? x : tf.layers.reLU().apply(x as tf.SymbolicTensor)) as tf.SymbolicTensor;
  const input = tf.input({ shape: [8, 8, 3] });
  const first = relu(conv('conv1', activation).apply(input));
  const pooled = tf.layers.maxPooling2d({ poolSize: 2 }).apply(first) as tf.SymbolicTensor;
  const inner = conv('conv3', 'linear').apply(relu(conv('conv2', activation).apply(pooled))) as tf.SymbolicTensor;
  const sum = tf.layers.add().apply([inner, pooled]) as tf.SymbolicTensor;
  const maps = tf.layers.activation({ name: 'maps', activation: 'relu' }).apply(sum) as tf.SymbolicTensor;
  const flat = tf.layers.flatten().apply(maps) as tf.SymbolicTensor;
  const output = tf.layers.dense({ name: 'dense', units: 3, activation: 'softmax' }).apply(flat) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  for (const [name, { kernel, bias }] of Object.entries(oracle.weights)) {
    const layer = model.getLayer(name);
    const shape = layer.getWeights()[0]?.shape as number[];
    tf.tidy(() => layer.setWeights([tf.tensor(kernel, shape), tf.tensor1d(bias)]));
  }
  return model;
}

const methods = {
  gradient: (model: tf.LayersModel, x: tf.Tensor, target: number[]) => saliency(model, x, { target, signed: true }),
  guidedBackprop: (model: tf.LayersModel, x: tf.Tensor, target: number[]) => guidedBackprop(model, x, { target }),
  deconvnet: (model: tf.LayersModel, x: tf.Tensor, target: number[]) => deconvnet(model, x, { target }),
  integratedGradients: (model: tf.LayersModel, x: tf.Tensor, target: number[]) =>
    integratedGradients(model, x, { target }),
  gradCam: (model: tf.LayersModel, x: tf.Tensor, target: number[]) => gradCam(model, x, { target, resize: false }),
  gradCamPlusPlus: (model: tf.LayersModel, x: tf.Tensor, target: number[]) =>
    gradCamPlusPlus(model, x, { target, resize: false }),
};

describeOnEachBackend('attributions of PyTorch', () => {
  test.each(
    (Object.keys(methods) as (keyof typeof methods)[]).flatMap((name) => [
      [name, true] as const,
      [name, false] as const,
    ]),
  )('%s, activations inside of layers: %s', async (name, fused) => {
    const model = network(fused);
    const image = tf.tensor4d(oracle.image, [2, 8, 8, 3]);
    const found = methods[name](model, image, oracle.targets);
    const expected = tf.tensor(oracle[name], found.shape);
    expect(await distance(found, expected)).toBeLessThan(1e-5);
    expect(Math.max(...oracle[name].map(Math.abs))).toBeGreaterThan(0.1);
    tf.dispose([image, found, expected]);
    model.dispose();
  });
});
