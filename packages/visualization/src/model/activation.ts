import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { kindOf } from './kind';

type Layer = tfl.layers.Layer;

/** Layers with an `activation` that is not what they end in. */
const INSIDE = ['SqueezeExcite'];

/** The name of the activation that a layer ends in: 'relu' and so on, or 'linear'. */
export function activationOf(layer: Layer): string {
  const kind = kindOf(layer);
  const { activation, maxValue } = layer.getConfig();
  if (kind === 'ReLU') return maxValue == null ? 'relu' : 'cappedRelu';
  if (kind === 'Softmax') return 'softmax';
  return typeof activation === 'string' && !INSIDE.includes(kind) ? activation : 'linear';
}

/** The largest value of a ReLU that has one. */
export function capOf(layer: Layer, activation: string): number | undefined {
  if (activation === 'relu6') return 6;
  return activation === 'cappedRelu' ? (layer.getConfig().maxValue as number) : undefined;
}

/** What layers of tf.layers keep as their activation, when there is none. */
const linear = { apply: (x: tf.Tensor) => x, getClassName: () => 'linear' };

/**
 * What a layer computes before its activation. The layer itself is left as it is: a view of it is called, which shares
 * all but the activation.
 *
 * @throws TypeError when the layer keeps its activation where it cannot be taken off.
 */
export function callWithoutActivation(
  layer: Layer,
  inputs: tf.Tensor[],
  callArgs: Readonly<Record<string, unknown>>,
): tf.Tensor | tf.Tensor[] {
  if (['ReLU', 'Softmax'].includes(kindOf(layer))) return tf.clone(inputs[0] as tf.Tensor);
  const view: Layer = Object.create(layer, withoutActivation(layer));
  return view.call(inputs, callArgs);
}

/** As tf.layers keep it, `activation`; as core-layers do, `options.activation`. */
function withoutActivation(layer: Layer): PropertyDescriptorMap {
  const { activation, options } = layer as unknown as { activation?: object; options?: { activation?: string } };
  if (typeof activation === 'object') return { activation: { value: linear } };
  if (options?.activation !== undefined) return { options: { value: { ...options, activation: 'linear' } } };
  throw new TypeError(
    `visualization: ${layer.name} must keep its activation as layers of tf.layers do, got none there; ` +
      'give the activation a layer of its own',
  );
}
