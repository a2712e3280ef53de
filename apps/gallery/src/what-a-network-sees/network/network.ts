import { Conv2DNormActivation, Dense, GlobalAveragePooling2D, MaxPooling2D } from '@tenonjs/core-layers';
import { deriveSeed, readSafetensors } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { SIDE } from '../shapes/backdrop.ts';
import { shapeNames } from '../shapes/outlines.ts';
import { convolutions } from './layers.ts';

/**
 * The network of this page, untrained: convolutions with batch norm and ReLU, max pooling, and then what class activation
 * maps ask for: an average over all places and one dense layer. It gives probabilities of the shapes.
 */
export function shapeNetwork(seed: number): Sequential {
  const seeing = convolutions.flatMap(({ name, filters, kernelSize, pooled }, i) => [
    new Conv2DNormActivation({
      name,
      filters,
      kernelSize,
      seed: deriveSeed(seed, i),
      ...(i === 0 && { inputShape: [SIDE, SIDE, 3] }),
    }),
    ...(pooled ? [new MaxPooling2D({ name: `pool${i + 1}`, poolSize: 2 })] : []),
  ]);
  return sequential({
    layers: [
      ...seeing,
      new GlobalAveragePooling2D({ name: 'average' }),
      new Dense({ name: 'scores', units: shapeNames.length, seed: deriveSeed(seed, convolutions.length) }),
      layers.softmax({ name: 'probabilities' }),
    ],
  });
}

/** Gives a network the weights of a file, by their names. */
export function loadWeights(model: LayersModel, bytes: Uint8Array): void {
  const { tensors } = readSafetensors(bytes, 'shapes.safetensors');
  tf.tidy(() => {
    const found = model.weights.map(({ originalName, shape }) => {
      const entry = tensors[originalName];
      if (entry === undefined) throw new RangeError(`loadWeights: the file must have ${originalName}`);
      return tf.tensor(entry.data as Float32Array, shape as number[]);
    });
    model.setWeights(found);
  });
}
