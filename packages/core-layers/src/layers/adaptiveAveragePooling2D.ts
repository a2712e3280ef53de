import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { checkPair } from '../checkInputs';
import { adaptiveAveragePool2d } from '../ops/adaptiveAveragePool2d';
import type { Pair } from '../ops/window';
import { registerAs } from '../registerAs';
import { only, onlyShape, TenonLayer } from './layer';
import type { LayerArgs } from './saved';

export interface AdaptiveAveragePooling2DArgs extends LayerArgs {
  /** Rows and columns that come out. */
  outputSize: Pair;
}

/**
 * Images of any size to one of a given size: see {@link adaptiveAveragePool2d}.
 *
 * @throws TypeError when a size is no positive integer.
 *
 * @example
 * const y = new AdaptiveAveragePooling2D({ outputSize: 7 }).apply(x);
 */
export class AdaptiveAveragePooling2D extends TenonLayer<{ outputSize: Pair }> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>AdaptiveAveragePooling2D');

  constructor(args: AdaptiveAveragePooling2DArgs) {
    checkPair('AdaptiveAveragePooling2D', 'outputSize', args.outputSize);
    super(args, { outputSize: args.outputSize });
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => adaptiveAveragePool2d(only(inputs), this.options.outputSize));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch = null, , , channels = null] = onlyShape(inputShape);
    return [batch, ...checkPair(this.title, 'outputSize', this.options.outputSize), channels];
  }
}
