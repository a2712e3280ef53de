import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { registerAs } from '../registerAs';
import { onlyShape, TenonLayer } from './layer';
import type { LayerArgs } from './saved';

/**
 * How far two inputs are apart, number by number: `|a − b|`.
 *
 * @throws TypeError when there are not two inputs of one shape.
 *
 * @example
 * const distances = new AbsoluteDifference().apply([a, b]);
 */
export class AbsoluteDifference extends TenonLayer {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>AbsoluteDifference');

  constructor(args: LayerArgs = {}) {
    super(args, {});
  }

  override build(inputShape: Shape | Shape[]): void {
    const shapes = inputShape as Shape[];
    if (shapes.length !== 2 || String(shapes[0]) !== String(shapes[1])) {
      complain(this.title, 'inputs', 'two of one shape', JSON.stringify(inputShape));
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [a, b] = inputs as [tf.Tensor, tf.Tensor];
    return tf.tidy(() => tf.abs(tf.sub(a, b)));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return onlyShape(inputShape);
  }
}
