import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Mixture } from './mixture';
import { Normal } from './normal';

test('components occur as often as they weigh', async () => {
  const weights = [0.1, 0.6, 0.3];
  const components = [0, 100, 200].map((mean) => new Normal({ mean }));
  const draws = [...(await new Mixture({ weights, components }).sample(10_000, { seed: 1 }).data())];
  weights.forEach((weight, k) => {
    const share = draws.filter((value) => Math.round(value / 100) === k).length / draws.length;
    expect(Math.abs(share - weight)).toBeLessThan(5 * Math.sqrt((weight * (1 - weight)) / draws.length));
  });
});

test('a draw beyond weights that sum to a little less than 1 is of the last component', async () => {
  const components = [new Normal({ mean: 100 }), new Normal({ mean: 100 })];
  const draws = new Mixture({ weights: [0.5, 0.499991], components }).sample(400_000, { seed: 1 });
  expect((await tf.min(draws).data())[0]).toBeGreaterThan(90);
});

describeOnEachBackend('a mixture that learns', () => {
  test('gradient descent on logits and means finds the law of its data', async () => {
    const law = new Mixture({ weights: [0.25, 0.75], components: [new Normal({ mean: -3 }), new Normal({ mean: 2 })] });
    const data = law.sample(200, { seed: 1 });
    const [logits, left, right] = [tf.variable(tf.zeros([2])), tf.variable(tf.scalar(-1)), tf.variable(tf.scalar(1))];
    const model = new Mixture({ logits, components: [new Normal({ mean: left }), new Normal({ mean: right })] });
    const optimizer = tf.train.adam(0.2);
    for (let step = 0; step < 40; step++) {
      optimizer.minimize(() => tf.neg(tf.mean(model.logProb(data))) as tf.Scalar);
    }
    const [share] = await tf.softmax(logits).data();
    expect(Math.abs((share as number) - 0.25)).toBeLessThan(0.08);
    expect(Math.abs(((await left.data())[0] as number) + 3)).toBeLessThan(0.4);
    expect(Math.abs(((await right.data())[0] as number) - 2)).toBeLessThan(0.3);
  });
});
