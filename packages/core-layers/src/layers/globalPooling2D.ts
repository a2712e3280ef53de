import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { globalAveragePool2d, globalMaxPool2d } from '../ops/globalPool2d';
import { registerAs } from '../registerAs';
import { only, onlyShape, TenonLayer } from './layer';
import type { LayerArgs } from './saved';

export interface GlobalPooling2DArgs extends LayerArgs {
  /** Whether the places stay, as 1 × 1. Default false. */
  keepDims?: boolean;
}

abstract class GlobalPooling2D extends TenonLayer<{ keepDims: boolean }> {
  constructor(args: GlobalPooling2DArgs = {}) {
    super(args, { keepDims: args.keepDims ?? false });
  }

  protected override get rank(): number {
    return 4;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch = null, , , channels = null] = onlyShape(inputShape);
    return this.options.keepDims ? [batch, 1, 1, channels] : [batch, channels];
  }
}

/**
 * The mean of each channel over all places, [batch, height, width, channels] → [batch, channels].
 *
 * Reference: Lin, Chen, Yan, "Network in network", 2013.
 */
export class GlobalAveragePooling2D extends GlobalPooling2D {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>GlobalAveragePooling2D');

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => globalAveragePool2d(only(inputs), this.options));
  }
}

/** The largest number of each channel over all places, [batch, height, width, channels] → [batch, channels]. */
export class GlobalMaxPooling2D extends GlobalPooling2D {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>GlobalMaxPooling2D');

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => globalMaxPool2d(only(inputs), this.options));
  }
}
