import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Mixture } from './mixture';
import { Uniform } from './uniform';

const read = async (tensor: tf.Tensor): Promise<number[]> => [...(await tensor.data())];

describeOnEachBackend('the end of a support', () => {
  test('the box is closed, and a point with one element outside is impossible', async () => {
    const box = new Uniform({ low: [-1, 0], high: [1, 4] });
    const points = tf.tensor2d([
      [-1, 0],
      [1, 4],
      [0, 4.0001],
      [-1.0001, 2],
      [3e38, 2],
      [0, -Infinity],
    ]);
    const logProb = await read(box.logProb(points));
    expect(logProb.slice(0, 2)).toEqual([expect.closeTo(-Math.log(8), 5), expect.closeTo(-Math.log(8), 5)]);
    expect(logProb.slice(2)).toEqual([-Infinity, -Infinity, -Infinity, -Infinity]);
  });

  test('outside, the gradients are 0 and not NaN', async () => {
    const [low, high] = [tf.scalar(0), tf.scalar(2)];
    const f = (...[x, a, b]: tf.Tensor[]) => new Uniform({ low: a, high: b }).logProb(x as tf.Tensor);
    const gradients = tf.grads(f)([tf.tensor1d([-1, 5]), low, high], tf.ones([2]));
    expect((await Promise.all(gradients.map(read))).flat().map(Math.abs)).toEqual([0, 0, 0, 0]);
    const inside = tf.grads(f)([tf.tensor1d([1, 5]), low, high], tf.ones([2]));
    expect((await Promise.all(inside.map(read))).flat()).toEqual([0, 0, 0.5, -0.5]);
  });

  test('no draw is outside, even where its addition rounds up', async () => {
    const narrow = new Uniform({ low: 1, high: 2 });
    const logProb = await read(narrow.logProb(narrow.sample(20_000, { seed: 4 })));
    expect(logProb.every((value) => value === 0)).toBe(true);
  });

  test('a mixture counts only the components that reach a point', async () => {
    const steps = new Mixture({
      weights: [0.5, 0.5],
      components: [new Uniform(), new Uniform({ low: 0.5, high: 2.5 })],
    });
    const x = tf.tensor1d([0.25, 0.75, 2, 3]);
    const logProb = await read(steps.logProb(x));
    const expected = [0.5, 0.75, 0.25].map((density) => expect.closeTo(Math.log(density), 5));
    expect(logProb).toEqual([...expected, -Infinity]);
    expect(await read(tf.grad((points) => steps.logProb(points))(x, tf.ones([4])))).toEqual([0, 0, 0, 0]);
  });

  test('a point that a mixture cannot reach leaves the gradients of its parameters 0', async () => {
    const f = (logits: tf.Tensor, low: tf.Tensor, high: tf.Tensor) => {
      const boxes = [new Uniform({ low, high: 1 }), new Uniform({ low: -2, high })];
      return new Mixture({ logits, components: boxes }).logProb(tf.tensor1d([9]));
    };
    const gradients = tf.grads(f)([tf.tensor1d([0, 1]), tf.scalar(0), tf.scalar(3)], tf.ones([1]));
    expect((await Promise.all(gradients.map(read))).flat().map(Math.abs)).toEqual([0, 0, 0, 0]);
  });
});
