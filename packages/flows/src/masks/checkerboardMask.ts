import * as tf from '@tensorflow/tfjs-core';
import { part, unite } from '../ops/part';
import { checkImageShape, type ImageShape } from './imageShape';
import { type Mask, type MaskOptions, maskOf } from './mask';

/**
 * Keeps the pixels of one colour of a checkerboard: those with (row + column) even. All channels of a pixel stay
 * together.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, figure 3.
 *
 * @param options.shape - [height, width, channels], at least 2 × 2 pixels.
 * @throws RangeError when there is nothing to divide.
 */
export function checkerboardMask({ shape, ...options }: { shape: ImageShape } & MaskOptions): Mask {
  checkImageShape('checkerboardMask', shape, [2, 2, 1]);
  const [H, W, C] = shape;
  const [evenH, evenW] = [Math.ceil(H / 2), Math.ceil(W / 2)];
  const [oddH, oddW] = [H - evenH, W - evenW];
  // A colour is made of two grids of pixels: even rows with even columns and odd with odd; or even with odd and odd with even.
  const grids: Record<'ee' | 'oo' | 'eo' | 'oe', ImageShape> = {
    ee: [evenH, evenW, C],
    oo: [oddH, oddW, C],
    eo: [evenH, oddW, C],
    oe: [oddH, evenW, C],
  };
  const pixels = ([h, w, c]: ImageShape) => h * w * c;
  const flat = (grid: tf.Tensor) => tf.reshape(grid, [grid.shape[0] as number, -1]) as tf.Tensor2D;
  /** A colour [B, n] of two grids, and the grids of a colour. */
  const colourOf = (a: tf.Tensor, b: tf.Tensor) => unite(flat(a), flat(b), 1, flat(a).shape[1]) as tf.Tensor2D;
  const gridsOf = (colour: tf.Tensor2D, first: ImageShape, second: ImageShape) => {
    const [a, b] = part(colour, 1, pixels(first));
    return [tf.reshape(a, [-1, ...first]), tf.reshape(b, [-1, ...second])] as const;
  };

  return maskOf(
    shape,
    [pixels(grids.ee) + pixels(grids.oo), pixels(grids.eo) + pixels(grids.oe)],
    (points) => {
      const [evenRows, oddRows] = part(points, 1, 'alternating');
      const [ee, eo] = part(evenRows, 2, 'alternating');
      const [oe, oo] = part(oddRows, 2, 'alternating');
      return [colourOf(ee, oo), colourOf(eo, oe)];
    },
    (same, different) => {
      const [ee, oo] = gridsOf(same, grids.ee, grids.oo);
      const [eo, oe] = gridsOf(different, grids.eo, grids.oe);
      return unite(unite(ee, eo, 2, 'alternating'), unite(oe, oo, 2, 'alternating'), 1, 'alternating');
    },
    options,
  );
}
