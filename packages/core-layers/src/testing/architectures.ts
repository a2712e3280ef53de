import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import type oracle from '../../../../tools/oracles/architectures.json';
import {
  alexNet,
  googLeNet,
  inceptionV3,
  loadStateDict,
  resNet18,
  resNet34,
  resNet50,
  resNet101,
  resNet152,
  type StateDict,
  siamese,
  smallInception,
  smallResNet,
  smallVgg,
  vgg16,
  vgg19,
  zfNet,
} from '../architectures/index';
import { slotsOf } from '../stateDict/slots';
import { fill } from './fill';

/** A network that PyTorch has run, and what came out. */
type Case = (typeof oracle)[number];

type Architecture = (options?: object) => LayersModel;

/** Every architecture, once: the contract is for all of them. */
export const registry: Readonly<Record<string, Architecture>> = {
  smallResNet,
  smallVgg,
  smallInception,
  resNet18,
  resNet34,
  resNet50,
  resNet101,
  resNet152,
  googLeNet,
  inceptionV3,
  alexNet,
  zfNet,
  vgg16,
  vgg19,
  siamese,
};

/** What is built of it here. */
const build = ({ name, options }: Case): LayersModel =>
  (registry[name] as Architecture)({ ...options, kernelInitializer: 'zeros' });

/** How many parameters are trained, and how many there are with running statistics. */
export function parametersOf(model: LayersModel): { trainable: number; total: number } {
  const sum = (weights: LayersModel['weights']) =>
    weights.reduce((total, { shape }) => total + tf.util.sizeFromShape(shape as number[]), 0);
  return { trainable: sum(model.trainableWeights), total: sum(model.weights) };
}

/** All weights of a model by the formula. */
export function filled(model: LayersModel): StateDict {
  const { slots, counters } = slotsOf(model);
  const entries = [...slots, ...counters.map((key) => ({ key, shape: [] }))];
  return Object.fromEntries(entries.map(({ key, shape }) => [key, fill(key, shape)]));
}

/** The images that PyTorch was given, put from [B, C, H, W] to [B, H, W, C]. */
function images({ batch, options }: Case): tf.Tensor {
  const [height, width, channels] = options.inputShape as [number, number, number];
  const shape = [batch, channels, height, width];
  return tf.tidy(() => tf.transpose(tf.tensor(fill('input', shape).data as Float32Array, shape), [0, 2, 3, 1]));
}

const titleOf = ({ name, options }: Case): string => `${name} ${JSON.stringify(options)}`;

/** Each network with PyTorch's weights gives PyTorch's logits, those of the auxiliary heads too. */
export function logitsContract(cases: readonly Case[]): void {
  test.each(cases.map((entry) => [titleOf(entry), entry] as const))('%s', async (_, entry) => {
    const model = build(entry);
    expect(parametersOf(model)).toEqual({ trainable: entry.trainable, total: entry.total });
    loadStateDict(model, filled(model), { source: 'torch' });
    const x = images(entry);
    const inputs = model.inputs.length === 1 ? x : tf.split(x, model.inputs.length);
    const before = tf.memory().numTensors;
    const outputs = [model.predict(inputs)].flat() as tf.Tensor[];
    expect(tf.memory().numTensors - before).toBe(outputs.length);
    expect(outputs.length).toBe(entry.outputs.length);
    for (const [i, expected] of entry.outputs.entries()) {
      const logits = await (outputs[i] as tf.Tensor).data<'float32'>();
      expect(logits.length).toBe(expected.length);
      const size = Math.max(...expected.map(Math.abs));
      const gap = Math.max(...expected.map((value, j) => Math.abs(value - (logits[j] as number))));
      expect(gap / size).toBeLessThan(1e-4);
    }
    tf.dispose([outputs, inputs, x]);
    model.dispose();
  });
}
