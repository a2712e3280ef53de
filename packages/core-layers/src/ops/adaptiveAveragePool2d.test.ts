import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { adaptiveAveragePool2d } from './adaptiveAveragePool2d';

describeOnEachBackend('adaptiveAveragePool2d', () => {
  test.each([
    [
      [1, 7, 5, 2],
      [3, 2],
    ],
    [
      [2, 2, 3, 1],
      [7, 7],
    ],
    [
      [1, 4, 6, 3],
      [4, 1],
    ],
  ] as const)(
    'of %j to %j: the means of PyTorch’s windows',
    async ([batch, height, width, channels], [rows, columns]) => {
      const x = tf.randomNormal([batch, height, width, channels], 0, 1, 'float32', 1);
      const at = await x.array();
      const y = await adaptiveAveragePool2d(x, [rows, columns]).array();
      const seen = (i: number, windows: number, length: number) => {
        const [start, end] = [Math.floor((i * length) / windows), Math.ceil(((i + 1) * length) / windows)];
        return Array.from({ length: end - start }, (_, k) => start + k);
      };
      for (let b = 0; b < batch; b++) {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            for (let c = 0; c < channels; c++) {
              const places = seen(i, rows, height).flatMap((p) => seen(j, columns, width).map((q) => [p, q] as const));
              const numbers = places.map(([p, q]) => (at as number[][][][])[b]?.[p]?.[q]?.[c] as number);
              const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
              expect((y as number[][][][])[b]?.[i]?.[j]?.[c]).toBeCloseTo(mean, 5);
            }
          }
        }
      }
    },
  );

  test('of no images makes none', async () => {
    const y = adaptiveAveragePool2d(tf.zeros([0, 4, 5, 2]), [2, 3]);
    expect([y.shape, [...(await y.data())]]).toEqual([[0, 2, 3, 2], []]);
  });

  test('refuses what is no image', () => {
    expect(() => adaptiveAveragePool2d(tf.zeros([2, 3]), 2)).toThrow('adaptiveAveragePool2d: x must be float32 of 4');
  });
});
