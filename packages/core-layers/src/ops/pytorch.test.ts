import '@tensorflow/tfjs';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/coreLayers.json' with { type: 'json' };
import { convTranspose1d } from './convTranspose1d';
import { instanceNorm } from './instanceNorm';
import { localResponseNorm } from './localResponseNorm';
import { averagePool2d, maxPool2d } from './pool2d';
import { spectralNorm } from './spectralNorm';
import { squeezeExcite } from './squeezeExcite';
import { weightNorm } from './weightNorm';

type Inputs = Record<'x' | 'gamma' | 'beta' | 'direction' | 'length' | 'kernel' | 'bias', tf.Tensor>;

/** The ops as PyTorch's cases name them. */
const ops: Record<string, (inputs: Inputs, options: object) => tf.Tensor> = {
  localResponseNorm: ({ x }, options) => localResponseNorm(x, options),
  instanceNorm: ({ x, gamma, beta }) => instanceNorm(x, gamma, beta),
  weightNorm: ({ direction, length }) => weightNorm(direction, length),
  maxPool2d: ({ x }, options) => maxPool2d(x, options),
  averagePool2d: ({ x }, options) => averagePool2d(x, options),
  convTranspose1d: ({ x, kernel, bias }, options) => convTranspose1d(x, kernel, { ...options, bias }),
};

interface Saved {
  shape: number[];
  values: number[];
}
interface Case {
  op: string;
  options: object;
  inputs: Record<string, Saved>;
  output: Saved;
  gradients: Record<string, Saved>;
}

async function expectValues(tensor: tf.Tensor, { shape, values }: Saved, what: string) {
  expect(tensor.shape, what).toEqual(shape);
  const got = await tensor.data();
  const scale = Math.max(1, ...values.map(Math.abs));
  const gaps = values.map((value, i) => Math.abs((got[i] as number) - value));
  expect(Math.max(...gaps), what).toBeLessThan(1e-5 * scale);
}

describeOnEachBackend('the ops of this package are PyTorch’s', () => {
  const cases = oracle.cases as unknown as Case[];
  test.each(cases.map((one) => [one.op, JSON.stringify(one.options), one] as const))('%s %s', async (op, _, one) => {
    const names = Object.keys(one.inputs);
    const xs = names.map((name) => tf.tensor(one.inputs[name]?.values as number[], one.inputs[name]?.shape));
    const call = (xs: tf.Tensor[]) =>
      (ops[op] as NonNullable<(typeof ops)[string]>)(
        Object.fromEntries(names.map((name, i) => [name, xs[i]])) as unknown as Inputs,
        one.options,
      );
    const weights = tf.tensor(
      one.output.values.map((_, i) => 1 + i / 10),
      one.output.shape,
    );
    const { value, grads } = tf.valueAndGrads((...xs) => call(xs))(xs, weights);
    await expectValues(value, one.output, 'output');
    for (const [i, name] of names.entries())
      await expectValues(grads[i] as tf.Tensor, one.gradients[name] as Saved, `gradient of ${name}`);
    tf.dispose([xs, weights, value, grads]);
  });

  test('spectralNorm comes to the largest singular value, and its vector stays', async () => {
    const { kernel: saved, largest } = oracle.spectral;
    const kernel = tf.tensor(saved.values, saved.shape);
    const { value, vector } = spectralNorm(kernel, tf.ones([5]), { iterations: 60 });
    const sigma = tf.div(tf.norm(kernel), tf.norm(value));
    expect((await sigma.data())[0]).toBeCloseTo(largest, 4);
    const again = spectralNorm(kernel, vector, { iterations: 0 });
    const gap = await tf.max(tf.abs(tf.sub(again.value, value))).data();
    expect(gap[0]).toBeLessThan(1e-5);
    const weigh = tf.randomNormal(saved.shape, 0, 1, 'float32', 1);
    const along = tf.grad((w) => tf.sum(tf.mul(weigh, spectralNorm(w, vector, { iterations: 1 }).value)))(kernel);
    const h = 1e-2;
    const at = (sign: number) => {
      const moved = tf.add(kernel, tf.mul(sign * h, weigh));
      return tf.sum(tf.mul(weigh, spectralNorm(moved, vector, { iterations: 60 }).value));
    };
    const slope = (await tf.div(tf.sub(at(1), at(-1)), 2 * h).data())[0] as number;
    expect((await tf.sum(tf.mul(along, weigh)).data())[0]).toBeCloseTo(slope, 1);
  });
});

test('spectralNorm refuses what does not fit', () => {
  expect(() => spectralNorm(tf.zeros([3]), tf.zeros([3]))).toThrow(
    'spectralNorm: kernel must be of shape [..., outputs]',
  );
  expect(() => spectralNorm(tf.zeros([2, 3]), tf.zeros([2]))).toThrow(
    'spectralNorm: vector must be of shape [3], got [2]',
  );
});

test('squeezeExcite refuses weights of other channels', () => {
  const [x, reduce] = [tf.zeros([1, 2, 2, 3]), tf.zeros([3, 1])];
  expect(() => squeezeExcite(x, { reduce, expand: tf.zeros([1, 4]) })).toThrow(
    'squeezeExcite: expand must be of shape [R, 3], as x has channels, got [1,4]',
  );
});
