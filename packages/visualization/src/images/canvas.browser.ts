import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { drawOnCanvas } from './drawOnCanvas';

test('a canvas takes the size and the pixels of an image', async () => {
  const canvas = document.createElement('canvas');
  await drawOnCanvas(
    canvas,
    tf.tensor3d([
      [
        [1, 0, 0],
        [0, 1, 0.2],
      ],
    ]),
  );
  expect([canvas.width, canvas.height]).toEqual([2, 1]);
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, 2, 1).data ?? [];
  expect([...pixels]).toEqual([255, 0, 0, 255, 0, 255, 51, 255]);
  const other = document.createElement('canvas');
  other.getContext('webgl');
  await expect(drawOnCanvas(other, tf.zeros([1, 1]))).rejects.toThrow(/must have a 2d context/);
});
