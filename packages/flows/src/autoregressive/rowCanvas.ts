import { seenKernel, tapsSeen } from '@tenonjs/core-layers/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { Canvas, MaskedLayer, PixelNetwork } from './canvas';
import { contextBias, ImageCanvas } from './imageCanvas';

/** What a layer needs of the places before the one that is drawn. */
interface Past {
  /** The taps that are on whole rows: of a vertical layer all, of another those on the rows above. */
  above: tf.Tensor4D | undefined;
  /** The taps on the row itself, as a matrix: [columns · inputs, outputs]. */
  along: tf.Tensor2D | undefined;
  /** With what a context adds: [B or 1, 1, 1, outputs]. */
  bias: tf.Tensor4D;
  /** What it was given in the rows above that it sees: [B, rows, W, inputs]. */
  rows: tf.Tensor4D | undefined;
  /** What it was given in this row so far, from the left: [B, 1, 1, inputs] each. */
  row: tf.Tensor4D[];
  /** What the rows above add up to, for all of the row: [B, 1, W, outputs]. */
  sums: tf.Tensor4D | undefined;
}

const middleOf = ({ kernel }: MaskedLayer) => ((kernel.shape[0] as number) - 1) / 2;
const centreOf = ({ kernel }: MaskedLayer) => ((kernel.shape[1] as number) - 1) / 2;

/**
 * A row that is drawn place by place. Each layer keeps what it was given in the rows above that it sees, and in the row so
 * far: so a new row costs a vertical layer one row, and a new place costs every other layer one place.
 */
export class RowCanvas implements Canvas {
  image: tf.Tensor4D;
  private readonly pasts = new Map<MaskedLayer, Past>();
  /** What `rows` made of this row. */
  private made: tf.Tensor4D[] = [];
  private isMaking = false;
  private above: tf.Tensor4D | undefined;
  private row: number;
  private column = 0;

  /**
   * @param image - [B, H, W, C] as the network reads it; the rows before the first one that is drawn are done.
   * @param first - the row that is begun first.
   */
  constructor(network: PixelNetwork, image: tf.Tensor4D, first: number, context?: tf.Tensor2D) {
    this.image = image;
    this.row = first;
    tf.tidy(() => {
      const given = new Map<MaskedLayer, tf.Tensor4D>();
      if (first > 0) network.apply(new ImageCanvas(image, context, (layer, x) => given.set(layer, x)));
      for (const layer of network.layers) this.pasts.set(layer, pastOf(layer, image, first, given.get(layer), context));
    });
  }

  /** Goes to the next row; what was drawn of the one above is [B, 1, W, C]. */
  begin(row: number, above: tf.Tensor4D): void {
    this.row = row;
    this.above = exchange(this.above, above);
    tf.dispose(this.made);
    this.made = [];
    tf.tidy(() => {
      for (const [layer, past] of this.pasts) {
        if (layer.vertical) continue;
        if (past.rows && past.row.length > 0) {
          const all = tf.concat([past.rows, tf.concat(past.row, 2)], 1);
          past.rows = exchange(past.rows, lastRows(all, past.rows.shape[1]));
        }
        tf.dispose(past.row);
        past.row = [];
        if (past.rows && past.above) past.sums = exchange(past.sums, overRows(past.rows, past.above, layer));
      }
    });
  }

  /** Goes to a place of the row, whose pixel is known so far as [B, 1, 1, C]. */
  moveTo(column: number, pixel: tf.Tensor4D): void {
    [this.column, this.image] = [column, pixel];
  }

  /** Says what the pixel at this place became in the end. */
  settle(pixel: tf.Tensor4D): void {
    for (const [layer, past] of this.pasts) {
      if (layer.mask === 'A' && !layer.vertical) this.note(past, pixel);
    }
  }

  rows(make: () => tf.Tensor4D[]): tf.Tensor4D[] {
    if (this.made.length > 0) return this.made;
    const pixel = this.image;
    [this.image, this.isMaking] = [this.above as tf.Tensor4D, true];
    this.made = make().map((tensor) => tf.keep(tf.clone(tensor)));
    [this.image, this.isMaking] = [pixel, false];
    return this.made;
  }

  vertical(layer: MaskedLayer, x: tf.Tensor4D): tf.Tensor4D {
    const past = this.pasts.get(layer) as Past;
    if (!past.above) return tf.add(past.bias, tf.zeros([x.shape[0], 1, x.shape[2], 1]));
    const seen = past.rows ? (tf.concat([past.rows, x], 1) as tf.Tensor4D) : x;
    if (past.rows) past.rows = exchange(past.rows, lastRows(seen, past.rows.shape[1]));
    return tf.add(overRows(seen, past.above, layer), past.bias);
  }

  raster(layer: MaskedLayer, x: tf.Tensor4D): tf.Tensor4D {
    const past = this.pasts.get(layer) as Past;
    this.note(past, x);
    const sums = past.sums ? tf.add(past.bias, this.here(past.sums, 'rows')) : past.bias;
    if (!past.along) return tf.add(sums, tf.zeros([x.shape[0], 1, 1, 1]));
    const seen = (past.along.shape[0] as number) / x.shape[3]; // columns, from the leftmost
    const first = this.column - centreOf(layer);
    const columns = Array.from({ length: seen }, (_, i) => past.row[first + i] ?? tf.zerosLike(x));
    const features = tf.reshape(tf.concat(columns, 2), [x.shape[0], -1]) as tf.Tensor2D;
    return tf.add(tf.reshape(tf.matMul(features, past.along), [x.shape[0], 1, 1, -1]), sums);
  }

  here(x: tf.Tensor4D, of: 'rows' | 'places'): tf.Tensor4D {
    const row = of === 'rows' ? 0 : this.row;
    if (this.isMaking) return tf.slice(x, [0, row, 0, 0], [-1, 1, -1, -1]);
    return tf.slice(x, [0, row, this.column, 0], [-1, 1, 1, -1]);
  }

  dispose(): void {
    tf.dispose(this.made);
    this.above?.dispose();
    for (const { above, along, bias, rows, row, sums } of this.pasts.values()) {
      for (const tensor of [above, along, bias, rows, sums, ...row]) tensor?.dispose();
    }
  }

  private note(past: Past, x: tf.Tensor4D): void {
    past.row[this.column] = exchange(past.row[this.column], x);
  }
}

/** What is kept of a layer at the beginning, kept. */
function pastOf(
  layer: MaskedLayer,
  image: tf.Tensor4D,
  first: number,
  given: tf.Tensor4D | undefined,
  context: tf.Tensor2D | undefined,
): Past {
  const { kernel, bias, mask, vertical = false } = layer;
  const shape = kernel.shape as [number, number, number, number];
  const [B, , W] = image.shape;
  const taps = tapsSeen(shape, layer);
  const middle = middleOf(layer);
  const lastAbove = Math.min(taps?.rows[1] ?? -1, vertical ? middle : middle - 1);
  const firstAbove = taps?.rows[0] ?? 0;
  const isAbove = lastAbove >= firstAbove;
  const isAlong = !vertical && taps?.rows[1] === middle;
  const lastColumn = mask === 'A' && (layer.groups ?? 1) === 1 ? centreOf(layer) - 1 : centreOf(layer);
  const along =
    isAlong && lastColumn >= 0
      ? seenKernel(kernel, layer, { rows: [middle, middle], columns: [0, lastColumn] })
      : undefined;
  // A vertical layer is given the last of its rows when it is called; one with mask A that is the row above.
  const ownRow = vertical ? 1 : 0;
  const rows = isAbove ? lastAbove - firstAbove + 1 - ownRow : 0;
  const until = first - (vertical && mask === 'A' ? 1 : 0);
  const added = contextBias(layer, context);
  const flat = tf.reshape(bias, [1, 1, 1, -1]);
  return {
    above: isAbove
      ? kept(seenKernel(kernel, layer, { rows: [firstAbove, lastAbove], columns: [0, shape[1] - 1] }))
      : undefined,
    along: along && kept(tf.reshape(along, [-1, shape[3]]) as tf.Tensor2D),
    bias: kept((added ? tf.add(flat, added) : tf.clone(flat)) as tf.Tensor4D),
    rows: rows > 0 ? kept(rowsBefore(until, rows, given ?? tf.zeros([B, 0, W, shape[2]]))) : undefined,
    row: [],
    sums: undefined,
  };
}

/** So many rows of images before one; zeros where there are none. */
function rowsBefore(row: number, count: number, x: tf.Tensor4D): tf.Tensor4D {
  const [B, , W, C] = x.shape;
  const there = Math.max(0, Math.min(row, count));
  if (there === 0) return tf.zeros([B, count, W, C]);
  const rows = tf.slice(x, [0, row - there, 0, 0], [B, there, W, C]);
  return there === count ? rows : tf.concat([tf.zeros([B, count - there, W, C]) as tf.Tensor4D, rows], 1);
}

const lastRows = (x: tf.Tensor4D, count: number): tf.Tensor4D =>
  tf.slice(x, [0, x.shape[1] - count, 0, 0], [-1, count, -1, -1]);

/** A convolution of as many rows as the kernel has: one row. */
const overRows = (x: tf.Tensor4D, kernel: tf.Tensor4D, layer: MaskedLayer): tf.Tensor4D => {
  const side = centreOf(layer);
  return tf.conv2d(x, kernel, 1, [
    [0, 0],
    [0, 0],
    [side, side],
    [0, 0],
  ]);
};

const kept = <T extends tf.Tensor>(tensor: T): T => tf.keep(tf.clone(tensor)) as T;

/** Keeps a tensor beyond the scope that it was made in, in the place of another. */
function exchange(old: tf.Tensor4D | undefined, tensor: tf.Tensor4D): tf.Tensor4D {
  const next = kept(tensor);
  old?.dispose();
  return next;
}
