import '@tensorflow/tfjs';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import convolutions from '../../../../tools/oracles/convolutions.json' with { type: 'json' };
import oracle from '../../../../tools/oracles/fusedOps.json' with { type: 'json' };
import { batchNorm } from './batchNorm';
import { biasActivation } from './biasActivation';
import { type Conv2dOptions, conv2d } from './conv2d';
import { groupNorm } from './groupNorm';
import { layerNorm } from './layerNorm';
import { logSoftmax } from './logSoftmax';
import { sigmoidCrossEntropy } from './sigmoidCrossEntropy';
import { softmaxCrossEntropy } from './softmaxCrossEntropy';

type Inputs = Record<string, tf.Tensor>;
type Given = Record<'x' | 'bias' | 'gamma' | 'beta' | 'logits' | 'labels', tf.Tensor>;

/** The ops as PyTorch's cases name them. */
const ops: Record<string, (inputs: Given, options: object, rest: Inputs) => tf.Tensor> = {
  biasActivation: ({ x, bias }, options) => biasActivation(x, bias, options),
  layerNorm: ({ x, gamma, beta }) => layerNorm(x, gamma, beta),
  groupNorm: ({ x, gamma, beta }, options) => groupNorm(x, gamma, beta, options as { groups: number }),
  batchNorm: ({ x, gamma, beta }, options, { runningMean, runningVariance }) =>
    batchNorm(x, gamma, beta, { ...options, ...(runningMean && runningVariance && { runningMean, runningVariance }) }),
  conv2d: ({ x }, options, { kernel, bias, gamma, beta, residual, runningMean, runningVariance }) =>
    conv2d(x, kernel as tf.Tensor, {
      ...(options as Conv2dOptions),
      ...{ bias, residual },
      ...(runningMean && runningVariance && { norm: { gamma, beta, runningMean, runningVariance } }),
    }),
  softmaxCrossEntropy: ({ logits, labels }, options) => softmaxCrossEntropy(logits, labels, options),
  sigmoidCrossEntropy: ({ logits, labels }, options) => sigmoidCrossEntropy(logits, labels, options),
  logSoftmax: ({ x }) => logSoftmax(x),
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
  after: Record<string, Saved>;
}

async function expectValues(tensor: tf.Tensor, { shape, values }: Saved, what: string) {
  expect(tensor.shape, what).toEqual(shape);
  const got = await tensor.data();
  for (const [i, value] of values.entries()) {
    expect(Math.abs((got[i] as number) - value), `${what} ${i}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  }
}

describeOnEachBackend('the ops are PyTorch’s', () => {
  const cases = [...oracle.cases, ...convolutions.cases] as unknown as Case[];
  test.each(cases.map((one) => [one.op, JSON.stringify(one.options), one] as const))('%s %s', async (op, _, one) => {
    const inputs = Object.fromEntries(
      Object.entries(one.inputs).map(([name, { shape, values }]) => {
        const integer = op === 'softmaxCrossEntropy' && name === 'labels' && shape.length === 1;
        const tensor = tf.tensor(values, shape, integer ? 'int32' : 'float32');
        return [name, name.startsWith('running') ? tf.tidy(() => tf.variable(tensor)) : tensor];
      }),
    );
    const names = Object.keys(one.gradients);
    const call = (xs: tf.Tensor[]) => {
      const all = { ...inputs, ...Object.fromEntries(names.map((name, i) => [name, xs[i] as tf.Tensor])) };
      return (ops[op] as NonNullable<(typeof ops)[string]>)(all as unknown as Given, one.options, all);
    };
    const weights = tf.tensor(
      one.output.values.map((_, i) => 1 + i / 10),
      one.output.shape,
    );
    const xs = names.map((name) => inputs[name] as tf.Tensor);
    const { value, grads } = tf.valueAndGrads((...xs) => call(xs))(xs, weights);
    await expectValues(value, one.output, 'output');
    for (const [i, name] of names.entries())
      await expectValues(grads[i] as tf.Tensor, one.gradients[name] as Saved, name);
    for (const [name, after] of Object.entries(one.after)) await expectValues(inputs[name] as tf.Tensor, after, name);
  });
});
