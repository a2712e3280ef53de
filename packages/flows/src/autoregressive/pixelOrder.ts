import * as tf from '@tensorflow/tfjs-core';

/** A side of an image. */
export type Side = 'top' | 'bottom' | 'left' | 'right';

/**
 * The order in which pixels are drawn: from a side on, line by line. Networks know rows from the top alone; images are turned
 * so that the side comes to lie there, and back.
 */
export interface PixelOrder {
  /** Images as they are → as they are read, [B, H, W, C] or [B, W, H, C]. */
  read(x: tf.Tensor4D): tf.Tensor4D;
  /** And back. */
  write(x: tf.Tensor4D): tf.Tensor4D;
  /** The same for a table of H rows of W. */
  readTable<T>(table: readonly (readonly T[])[]): T[][];
}

const transposed = <T>(table: readonly (readonly T[])[]): T[][] =>
  Array.from({ length: (table[0] as readonly T[]).length }, (_, c) => table.map((row) => row[c] as T));

const exchanged = (x: tf.Tensor4D): tf.Tensor4D => tf.transpose(x, [0, 2, 1, 3]);
const reversed = (x: tf.Tensor4D): tf.Tensor4D => tf.reverse(x, 1);

export const pixelOrders: Record<Side, PixelOrder> = {
  top: { read: (x) => x, write: (x) => x, readTable: (table) => table.map((row) => [...row]) },
  bottom: { read: reversed, write: reversed, readTable: (table) => table.map((row) => [...row]).reverse() },
  left: { read: exchanged, write: exchanged, readTable: transposed },
  right: {
    read: (x) => reversed(exchanged(x)),
    write: (x) => exchanged(reversed(x)),
    readTable: (table) => transposed(table).reverse(),
  },
};
