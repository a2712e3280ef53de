import '@tensorflow/tfjs';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/losses.json' with { type: 'json' };
import { callLoss } from '../testing/losses';

interface Saved {
  shape: number[];
  dtype: string;
  values: number[];
}
interface Case {
  loss: string;
  options: object;
  inputs: Record<string, Saved>;
  output: Saved;
  gradients: Record<string, Saved>;
}

/** To 10⁻⁶ of the largest that it could be, which far out is the value itself. */
async function expectValues(tensor: tf.Tensor, { shape, values }: Saved, what: string) {
  expect(tensor.shape, what).toEqual(shape);
  const got = await tensor.data();
  for (const [i, value] of values.entries()) {
    const gap = Math.abs((got[i] as number) - value) / Math.max(1, Math.abs(value));
    expect(gap, `${what} ${i}: ${got[i]}, not ${value}`).toBeLessThan(1e-6);
  }
}

describeOnEachBackend('the losses are PyTorch’s', (backend) => {
  const all = oracle.cases as unknown as Case[];
  // How losses are reduced is not a matter of kernels, and a software GPU is slow.
  const cases = backend === 'webgpu' ? all.filter(({ options }) => !/sum|weighted/.test(JSON.stringify(options))) : all;
  const named = cases.map((one) => {
    const weighted = 'sampleWeight' in one.inputs ? ', weighted' : '';
    return [`${one.loss} ${JSON.stringify(one.options)}${weighted}`, one] as const;
  });
  test.each(named)('%s', async (_, { loss, options, inputs, output, gradients }) => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, dtype, values }]) => [
        name,
        tf.tensor(values, shape, dtype as 'float32'),
      ]),
    );
    const names = Object.keys(gradients);
    const { sampleWeight } = tensors;
    const call = (xs: tf.Tensor[]) => {
      const given = { ...tensors, ...Object.fromEntries(names.map((name, i) => [name, xs[i] as tf.Tensor])) };
      return callLoss(loss, given, { ...options, ...(sampleWeight && { sampleWeight }) });
    };
    const weights = tf.tensor(
      output.values.map((_, i) => 1 + i / 10),
      output.shape,
    );
    const xs = names.map((name) => tensors[name] as tf.Tensor);
    const { value, grads } = tf.valueAndGrads((...xs) => call(xs))(xs, weights);
    await expectValues(value, output, 'loss');
    for (const [i, name] of names.entries()) {
      await expectValues(grads[i] as tf.Tensor, gradients[name] as Saved, `gradient of ${name}`);
    }
    tf.dispose([tensors, weights, value, grads]);
  });
});
