import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { checkImageShape, type ImageShape } from '../masks/imageShape';
import { checkPoints, constantPerPoint } from '../shapes';

/**
 * Squeeze: each block of 2 × 2 pixels of the data becomes one latent pixel with four times the channels, so that what
 * was near stays near and a network sees further. The volume stays as it is.
 *
 *     inverse: [H, W, C] → [H/2, W/2, 4C],   log |det J| = 0
 *
 * The channels of a latent pixel are those of the block's upper left, upper right, lower left and lower right pixel.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, §3.6.
 *
 * @param options.shape - [height, width, channels] of the data; height and width are even.
 * @throws RangeError when the shape is another.
 *
 * @example
 * const { value } = new Squeeze({ shape: [28, 28, 1] }).inverse(images); // [batch, 14, 14, 4]
 */
export class Squeeze implements Bijector {
  readonly variables: Variables = {};
  /** Of the latent points: [height / 2, width / 2, 4 · channels]. */
  readonly latentShape: ImageShape;
  private readonly shape: ImageShape;

  constructor({ shape }: { shape: ImageShape }) {
    checkImageShape('Squeeze', shape, [2, 2, 1]);
    const [H, W, C] = shape;
    if (H % 2 !== 0 || W % 2 !== 0) {
      throw new RangeError(`Squeeze: shape must have even height and width, got [${shape.join(', ')}]`);
    }
    this.shape = shape;
    this.latentShape = [H / 2, W / 2, 4 * C];
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Squeeze.forward', z, this.latentShape);
    const [, w] = this.latentShape;
    const C = this.shape[2];
    return this.reorder(z, [w, 2, 2 * C], this.shape);
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Squeeze.inverse', x, this.shape);
    const [, w] = this.latentShape;
    const C = this.shape[2];
    return this.reorder(x, [2, w, 2 * C], this.latentShape);
  }

  /** Exchanges the middle axes of all pairs of rows: [B h, n, m, 2 C] → [B h, m, n, 2 C]. */
  private reorder(points: tf.Tensor, rows: number[], to: ImageShape): Mapped {
    const swapped = tf.transpose(tf.reshape(points, [-1, ...rows]), [0, 2, 1, 3]);
    return { value: tf.reshape(swapped, [-1, ...to]), logDet: constantPerPoint(points, 0) };
  }
}
