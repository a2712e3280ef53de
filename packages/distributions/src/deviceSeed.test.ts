import { deviceSeed } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { type Distribution, Logistic, Mixture, MultivariateNormal, Normal, Uniform } from './index';

const families: Record<string, () => Distribution> = {
  Normal: () => new Normal({ shape: [3] }),
  Uniform: () => new Uniform({ shape: [3] }),
  Logistic: () => new Logistic({ shape: [3] }),
  MultivariateNormal: () =>
    new MultivariateNormal({
      covariance: [
        [2, 0.8],
        [0.8, 1],
      ],
    }),
  Mixture: () => new Mixture({ weights: [0.3, 0.7], components: [new Normal({ mean: -2 }), new Normal({ mean: 2 })] }),
};

describeOnEachBackend('a seed on the device', () => {
  test.each(Object.entries(families))('draws what its number does, %s', async (_, make) => {
    const law = make();
    const seed = deviceSeed(7);
    const [byNumber, byKey] = [law.sample(50, { seed: 7 }), law.sample(50, { seed })];
    expect(await distance(byNumber, byKey)).toBe(0);
    expect(await leaked(() => law.sample(5, { seed }))).toBe(0);
    tf.dispose([seed, byNumber, byKey]);
    law.dispose();
  });
});
