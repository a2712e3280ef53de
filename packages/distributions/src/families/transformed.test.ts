import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Normal } from './normal';
import { TransformedDistribution } from './transformed';

/** x = exp(z), for one number. */
const exp = {
  forward: (z: tf.Tensor) => ({ value: tf.exp(z), logDet: tf.clone(z) as tf.Tensor1D }),
  inverse: (x: tf.Tensor) => ({ value: tf.log(x), logDet: tf.neg(tf.log(x)) as tf.Tensor1D }),
};

describeOnEachBackend('a transformed distribution', () => {
  test('exp of a normal law is the log-normal one', async () => {
    const base = new Normal({ mean: 0.5, std: 0.8 });
    const law = new TransformedDistribution({ base, bijector: exp });
    const x = tf.tensor1d([0.1, 1, 2.5, 40]);
    // scipy.stats.lognorm(0.8, scale=exp(0.5)).logpdf(x)
    const expected = tf.tensor1d([-4.52952489, -0.89110748, -1.74747476, -12.32916832]);
    expect(await distance(law.logProb(x), expected)).toBeLessThan(2e-5);
    expect(await distance(law.entropy({ samples: 40_000 }), tf.scalar(1.69579498))).toBeLessThan(0.02);
    expect(await distance(law.mean, tf.scalar(Math.exp(0.82)))).toBeLessThan(0.12);
    const variance = (Math.exp(0.64) - 1) * Math.exp(1.64);
    expect(Math.abs(((await law.variance.data())[0] as number) / variance - 1)).toBeLessThan(0.2);
    const draws = law.sample(2000, { seed: 1 });
    expect((await tf.min(draws).data())[0]).toBeGreaterThan(0);
    const share = tf.mean(tf.cast(tf.less(draws, Math.exp(0.5)), 'float32'));
    expect(await distance(share, tf.scalar(0.5))).toBeLessThan(0.05);
  });

  test('gradients reach the base, and nothing is left behind', async () => {
    const base = new Normal();
    const law = new TransformedDistribution({ base, bijector: exp, samples: 10 });
    const slope = tf.grad((mean: tf.Tensor) =>
      new TransformedDistribution({ base: new Normal({ mean }), bijector: exp }).logProb(tf.tensor1d([2])),
    )(tf.scalar(0));
    expect(await distance(slope, tf.scalar(Math.LN2))).toBeLessThan(1e-5);
    const x = tf.tensor1d([1]);
    expect(
      await leaked(() => [law.sample(3, { seed: 1 }), law.logProb(x), law.entropy(), law.mean, law.variance]),
    ).toBe(0);
  });
});
