import * as tf from '@tensorflow/tfjs-core';
import { checkInteger, checkNumber, checkRank } from '../check';
import { sharesOf } from '../images/shares';

export interface GridOptions {
  /** Images in a row. Default: as many as make the grid a square. */
  columns?: number;
  /** Pixels between images. Default: 1. */
  gap?: number;
  /** The number that fills gaps and places left over. Default: 1. */
  background?: number;
}

/**
 * Images side by side, row by row, with gaps between them.
 *
 * @param images - shape [N, H, W, C]; int32 are taken for bytes and come out in [0, 1].
 * @returns shape [rows · (H + gap) − gap, columns · (W + gap) − gap, C].
 * @throws TypeError when images or an option are none.
 *
 * @example
 * const sheet = grid(digits, { columns: 10 });
 */
export function grid(images: tf.Tensor, { columns, gap = 1, background = 1 }: GridOptions = {}): tf.Tensor3D {
  checkRank('grid', 'images', images, { 4: '[N, H, W, C]' });
  const [N, H, W, C] = images.shape as [number, number, number, number];
  checkInteger('grid', 'the number of images', N, 1);
  const across = columns ?? Math.ceil(Math.sqrt(N));
  checkInteger('grid', 'columns', across, 1);
  checkInteger('grid', 'gap', gap, 0);
  checkNumber('grid', 'background', background);
  const rows = Math.ceil(N / across);
  return tf.tidy(() => {
    const missing = rows * across - N;
    const padded = tf.pad(
      sharesOf(images),
      [
        [0, missing],
        [0, gap],
        [0, gap],
        [0, 0],
      ],
      background,
    );
    const cells = tf.reshape(padded, [rows, across, H + gap, W + gap, C]);
    const sheet = tf.reshape(tf.transpose(cells, [0, 2, 1, 3, 4]), [rows * (H + gap), across * (W + gap), C]);
    return tf.slice(sheet, [0, 0, 0], [rows * (H + gap) - gap, across * (W + gap) - gap, C]) as tf.Tensor3D;
  });
}
