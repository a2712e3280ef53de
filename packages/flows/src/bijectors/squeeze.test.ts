import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Squeeze } from './squeeze';

describeOnEachBackend('squeeze', () => {
  test('makes one pixel of each block of four, and blocks of pixels', async () => {
    const squeeze = new Squeeze({ shape: [2, 4, 2] });
    expect(squeeze.latentShape).toEqual([1, 2, 8]);
    const image = tf.reshape(tf.range(0, 16), [1, 2, 4, 2]);
    const { value, logDet } = squeeze.inverse(image);
    expect(value.shape).toEqual([1, 1, 2, 8]);
    expect([...(await value.data())]).toEqual([0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15]);
    expect([...(await logDet.data())]).toEqual([0]);
    expect(await distance(squeeze.forward(value).value, image)).toBe(0);
  });

  test('refuses odd sides and other shapes', () => {
    expect(() => new Squeeze({ shape: [3, 4, 1] })).toThrow(
      'Squeeze: shape must have even height and width, got [3, 4, 1]',
    );
    expect(() => new Squeeze({ shape: [2, 2, 1] }).inverse(tf.zeros([1, 1, 1, 4]))).toThrow(
      'Squeeze.inverse: points must be [batch, 2, 2, 1], got [1, 1, 1, 4]',
    );
  });
});
