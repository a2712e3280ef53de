import '@tensorflow/tfjs';
import { composeOnly } from '@tenonjs/runtime';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { activationNames } from './activations/names';
import { biasActivation } from './biasActivation';

/** Where z is far out, on each side: value and slope. */
const limits = {
  linear: { below: [-1e4, 1], above: [1e4, 1] },
  relu: { below: [0, 0], above: [1e4, 1] },
  leakyRelu: { below: [-100, 0.01], above: [1e4, 1] },
  elu: { below: [-1, 0], above: [1e4, 1] },
  selu: { below: [-1.758099, 0], above: [10507.01, 1.050701] },
  gelu: { below: [0, 0], above: [1e4, 1] },
  geluTanh: { below: [0, 0], above: [1e4, 1] },
  silu: { below: [0, 0], above: [1e4, 1] },
  mish: { below: [0, 0], above: [1e4, 1] },
  tanh: { below: [-1, 0], above: [1, 0] },
  sigmoid: { below: [0, 0], above: [1, 0] },
  softplus: { below: [0, 0], above: [1e4, 1] },
} as const;

describeOnEachBackend('biasActivation far out', () => {
  test.each(activationNames.flatMap((name) => [[name, 'kernel'] as const, [name, 'composition'] as const]))(
    '%s is at its limits, by the %s',
    async (activation, how) => {
      const within = how === 'kernel' ? <T>(fn: () => T) => fn() : composeOnly;
      const x = tf.tensor([-1e4, 1e4]);
      const { value, grad } = within(() => tf.valueAndGrad((x) => biasActivation(x, undefined, { activation }))(x));
      const [values, slopes] = [await value.data(), await grad.data()];
      const { below, above } = limits[activation];
      for (const [i, [limit, slope]] of [below, above].entries()) {
        expect((values[i] as number) / 1e4).toBeCloseTo(limit / 1e4, 6);
        expect(slopes[i]).toBeCloseTo(slope, 5);
      }
    },
  );

  test('what is small keeps its digits', async () => {
    const x = tf.tensor([1e-4, -1e-4]);
    for (const activation of ['tanh', 'elu', 'selu', 'leakyRelu'] as const) {
      const [above, below] = await biasActivation(x, undefined, { activation }).data();
      const scale = activation === 'selu' ? 1.0507 : 1;
      expect((above as number) / 1e-4 / scale).toBeCloseTo(1, 4);
      expect((below as number) / -1e-4 / scale).toBeCloseTo(
        { tanh: 1, elu: 0.99995, selu: 1.67316, leakyRelu: 0.01 }[activation],
        4,
      );
    }
    const [tiny] = await biasActivation(tf.tensor([-20]), undefined, { activation: 'softplus' }).data();
    expect((tiny as number) / Math.exp(-20)).toBeCloseTo(1, 4);
  });
});
