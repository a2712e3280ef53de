import type { CausalMask } from '@tenonjs/core-layers/ops';
import type * as tf from '@tensorflow/tfjs-core';

/** A convolution with a mask: what it sees and what it weighs it with. Those with mask `A` read the image itself. */
export interface MaskedLayer extends CausalMask {
  name: string;
  /** [height, width, inputs, outputs], height and width odd. */
  kernel: tf.Variable;
  /** [outputs] */
  bias: tf.Variable;
  /** What a context adds to the bias: [numbers, outputs]. */
  contextKernel?: tf.Variable | undefined;
}

/**
 * Where a network of masked convolutions is computed: on whole images at once, or along a row that is being drawn, with
 * what is known of the rows above. A network that is written for a canvas is written once for both.
 */
export interface Canvas {
  /** What the network reads, as it stands: [B, H, W, C], a row or a pixel of it. */
  readonly image: tf.Tensor4D;
  /** What rows above decide alone: made once a row. */
  rows(make: () => tf.Tensor4D[]): tf.Tensor4D[];
  /** A convolution of a vertical stack, within `rows`. */
  vertical(layer: MaskedLayer, x: tf.Tensor4D): tf.Tensor4D;
  /** A convolution that also sees what is left of the place. */
  raster(layer: MaskedLayer, x: tf.Tensor4D): tf.Tensor4D;
  /** What stands at this place, of what `rows` made or of numbers for each place, [1, H, W, n]. */
  here(x: tf.Tensor4D, of: 'rows' | 'places'): tf.Tensor4D;
}

/** A network of masked convolutions. */
export interface PixelNetwork {
  readonly layers: readonly MaskedLayer[];
  /** A bias for each place, [1, H, W, n], where there is one. */
  readonly places?: tf.Variable | undefined;
  /** The numbers for each place: [B, H, W, outputs]. */
  apply(canvas: Canvas): tf.Tensor4D;
}
