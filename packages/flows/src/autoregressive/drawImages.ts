import { deriveSeed, pause, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { PixelNetwork } from './canvas';
import type { PixelHead } from './pixelHead';
import type { PixelOrder } from './pixelOrder';
import { RowCanvas } from './rowCanvas';

/** A row that was drawn. */
export interface DrawnRow {
  /** Lines that are done, of how many: rows, or columns where drawing begins at the left or the right. */
  done: number;
  of: number;
  /** The images as they are by now, [n, height, width, channels] levels, with 0 for what is still to come. Freed afterwards. */
  images: tf.Tensor4D;
}

export interface DrawOptions {
  seed: Seed;
  /** Of a conditional model: [n, numbers], or [1, numbers] for all images. */
  context?: tf.Tensor;
  /** Hears of each row when it is done, and is waited for. */
  onRow?: (row: DrawnRow) => void | Promise<void>;
  /** Stops the drawing within a row. */
  signal?: AbortSignal;
}

interface Parts {
  network: PixelNetwork;
  head: PixelHead;
  order: PixelOrder;
  scale(levels: tf.Tensor4D): tf.Tensor4D;
}

/**
 * Draws images pixel by pixel, from the first that is not known.
 *
 * @param start - levels, as they are read: [n, H, W, C].
 * @param known - so many pixels of it are given.
 * @returns as images are.
 */
export async function drawImages(
  { network, head, order, scale }: Parts,
  start: tf.Tensor4D,
  known: number,
  context: tf.Tensor2D | undefined,
  { seed, onRow, signal }: Omit<DrawOptions, 'context'>,
): Promise<tf.Tensor4D> {
  const [n, H, W, C] = start.shape;
  const first = Math.floor(known / W);
  const asPixels = (levels: tf.Tensor2D) => scale(tf.reshape(levels, [n, 1, 1, C]));
  const scaled = scale(start);
  const along = new RowCanvas(network, scaled, first, context);
  scaled.dispose();
  // Levels of the rows that are done: [n, rows, W, C].
  let done = tf.tidy(() => tf.slice(start, [0, 0, 0, 0], [n, first, W, C]));
  let pixels: tf.Tensor2D[] = [];
  try {
    for (let row = first; row < H; row++) {
      tf.tidy(() =>
        along.begin(row, scale(row > 0 ? tf.slice(done, [0, row - 1, 0, 0], [n, 1, W, C]) : tf.zeros([n, 1, W, C]))),
      );
      for (let column = 0; column < W; column++) {
        signal?.throwIfAborted();
        const place = row * W + column;
        const isKnown = place < known;
        pixels.push(
          tf.tidy(() => {
            let pixel = isKnown
              ? tf.reshape(tf.slice(start, [0, row, column, 0], [n, 1, 1, C]), [n, C])
              : (tf.zeros([n, C]) as tf.Tensor2D);
            for (let channel = 0; channel < (isKnown ? 1 : head.groups); channel++) {
              along.moveTo(column, asPixels(pixel as tf.Tensor2D));
              const numbers = tf.reshape(network.apply(along), [n, head.outputs]) as tf.Tensor2D;
              if (!isKnown) pixel = head.draw(numbers, pixel as tf.Tensor2D, channel, deriveSeed(seed, place, channel));
            }
            along.settle(asPixels(pixel as tf.Tensor2D));
            return pixel as tf.Tensor2D;
          }),
        );
      }
      const longer = tf.tidy(() => tf.concat([done, tf.reshape(tf.stack(pixels, 1), [n, 1, W, C])], 1) as tf.Tensor4D);
      tf.dispose([done, pixels]);
      [done, pixels] = [longer, []];
      await tell(row, onRow);
      await pause();
    }
    return tf.tidy(() => tf.clone(order.write(done)));
  } finally {
    tf.dispose([done, pixels]);
    along.dispose();
  }

  async function tell(row: number, hear: DrawOptions['onRow']): Promise<void> {
    if (!hear) return;
    const images = tf.tidy(() =>
      order.write(
        tf.pad(done, [
          [0, 0],
          [0, H - row - 1],
          [0, 0],
          [0, 0],
        ]),
      ),
    );
    try {
      await hear({ done: row + 1, of: H, images });
    } finally {
      images.dispose();
    }
  }
}
