import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { patches } from './patches';
import { patchMlp } from './patchMlp';

describeOnEachBackend('patches', () => {
  test('are the squares around the places, with zeros beyond the edge', async () => {
    const images = randomNormal([2, 3, 4, 2], { seed: 1 }) as tf.Tensor4D;
    const seen = await patches(images, 3).data();
    const pixels = await images.data();
    let at = 0;
    for (let b = 0; b < 2; b++) {
      for (let row = 0; row < 3; row++) {
        for (let column = 0; column < 4; column++) {
          for (let place = 0; place < 9; place++) {
            const [r, c] = [row + Math.floor(place / 3) - 1, column + (place % 3) - 1];
            const isInside = r >= 0 && r < 3 && c >= 0 && c < 4;
            for (let channel = 0; channel < 2; channel++) {
              expect(seen[at++]).toBe(isInside ? pixels[((b * 3 + r) * 4 + c) * 2 + channel] : 0);
            }
          }
        }
      }
    }
  });

  test('have as gradient the sum over all squares that a pixel is in', async () => {
    const images = randomNormal([2, 5, 3, 2], { seed: 1 }) as tf.Tensor4D;
    const weights = randomNormal([2, 5, 3, 18], { seed: 2 });
    // ⟨patches(x), w⟩ is linear in x: its gradient g has ⟨g, y⟩ = ⟨patches(y), w⟩ for every y.
    const gradient = tf.grad((x) => tf.sum(tf.mul(patches(x as tf.Tensor4D, 3), weights)))(images);
    const y = randomNormal([2, 5, 3, 2], { seed: 3 }) as tf.Tensor4D;
    const [there, here] = [tf.sum(tf.mul(patches(y, 3), weights)), tf.sum(tf.mul(y, gradient))];
    expect(await distance(there, here)).toBeLessThan(1e-4);
    expect(await leaked(() => patches(images, 3))).toBe(0);
  });

  test('of one pixel are the pixels', async () => {
    const images = randomNormal([2, 3, 3, 2], { seed: 1 }) as tf.Tensor4D;
    expect(await distance(patches(images, 1), images)).toBe(0);
  });
});

describeOnEachBackend('a perceptron on patches', () => {
  const options = { planes: 2, shape: [4, 6, 1], outputs: { planes: 3, channels: 2 }, hidden: [5], seed: 1 } as const;

  test('starts at zero, and makes the numbers asked for', async () => {
    const network = patchMlp(options);
    const out = network.apply(randomNormal([3, 48], { seed: 2 }) as tf.Tensor2D);
    expect(out.shape).toEqual([3, 144]);
    expect(await distance(out, tf.zeros([3, 144]))).toBe(0);
  });

  test('sees what is near, in all planes, and is the same everywhere but for its last bias', async () => {
    const network = patchMlp(options);
    const { kernel1, bias1 } = network.variables;
    kernel1?.assign(randomNormal(kernel1.shape, { seed: 3 }));
    const spot = (row: number, column: number) => {
      const pixel = Float32Array.from({ length: 48 }, (_, i) => (i === 24 + row * 6 + column ? 1 : 0)); // of the second plane
      return tf.reshape(network.apply(tf.tensor2d(pixel, [1, 48])), [3, 4, 6, 2]);
    };
    const [here, there] = [spot(1, 1), spot(2, 3)];
    const square = (of: tf.Tensor, row: number, column: number) => tf.slice(of, [0, row, column, 0], [3, 3, 3, 2]);
    expect(await distance(square(here, 0, 0), square(there, 1, 2))).toBeLessThan(1e-6);
    const moved = (await here.data()).filter((value) => value !== 0).length;
    expect(moved).toBeGreaterThan(9);
    expect(moved).toBeLessThanOrEqual(9 * 3 * 2);

    bias1?.assign(tf.range(0, 144));
    const all = network.apply(tf.zeros([1, 48]) as tf.Tensor2D);
    expect(await distance(all, tf.reshape(tf.range(0, 144), [1, 144]))).toBe(0);
  });

  test('refuses what makes no sense', () => {
    expect(() => patchMlp({ ...options, side: 2 })).toThrow('patchMlp: side must be odd, got 2');
    expect(() => patchMlp({ ...options, hidden: [0] })).toThrow(
      'patchMlp: every size must be a positive integer, got 0',
    );
  });
});
