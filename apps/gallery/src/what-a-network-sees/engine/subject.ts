import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, model as modelOf, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { LayerName } from '../network/layers';
import { SIDE } from '../shapes/backdrop.ts';

/** What is looked at, and what is asked. */
export interface Subject {
  model: LayersModel;
  /** Shape [64, 64, 3], numbers in [0, 1]. */
  pixels: Float32Array;
  /** The same larger, where there is more of it. */
  large?: Picture;
  /** The class that is explained. */
  target: number;
  layer: LayerName;
  /** The channel of that layer which answers most, at its best place. */
  channel: number;
  seed: number;
}

/** Shape [side, side, 3], numbers in [0, 1]. */
export interface Picture {
  pixels: Float32Array;
  side: number;
}

export const imageOf = (pixels: Float32Array, side = SIDE): tf.Tensor3D => tf.tensor3d(pixels, [side, side, 3]);

/** What the network says of an image of its size, [64, 64, 3]: the probability of each shape. */
export async function judge(model: LayersModel, image: tf.Tensor): Promise<number[]> {
  const output = tf.tidy(() => model.predict(tf.expandDims(image)) as tf.Tensor);
  try {
    return [...(await output.data())];
  } finally {
    output.dispose();
  }
}

/** The channel of a layer that answers most to an image at its best place. */
export async function strongestChannel(model: LayersModel, image: tf.Tensor, layer: LayerName): Promise<number> {
  const chosen = tf.tidy(() => {
    const upToLayer = modelOf({ inputs: model.inputs, outputs: model.getLayer(layer).output as SymbolicTensor });
    return tf.argMax(tf.max(upToLayer.predict(tf.expandDims(image)) as tf.Tensor, [0, 1, 2]));
  });
  try {
    return (await chosen.data())[0] as number;
  } finally {
    chosen.dispose();
  }
}

/** The place of the largest number. */
export const likeliest = (probabilities: readonly number[]): number =>
  probabilities.indexOf(Math.max(...probabilities));
