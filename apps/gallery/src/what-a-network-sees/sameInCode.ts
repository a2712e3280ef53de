import '@tensorflow/tfjs';
import { Conv2DNormActivation, Dense, GlobalAveragePooling2D, MaxPooling2D } from '@tenonjs/core-layers';
import { initDevice } from '@tenonjs/runtime';
import { gradCam, guidedBackprop, occlusionSensitivity, overlay, saliency, toRgba } from '@tenonjs/visualization';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

await initDevice(); // WebGPU, else WebAssembly, else plain JavaScript

// Any tf.LayersModel will do: a trained one is loaded by tf.loadLayersModel.
const model = tfl.sequential({
  layers: [
    new Conv2DNormActivation({ name: 'conv1', filters: 12, kernelSize: 5, seed: 1, inputShape: [64, 64, 3] }),
    new MaxPooling2D({ poolSize: 2 }),
    new Conv2DNormActivation({ name: 'conv2', filters: 24, seed: 2 }),
    new GlobalAveragePooling2D(),
    new Dense({ units: 8, seed: 3 }),
    tfl.layers.softmax(),
  ],
});
const image = tf.randomUniform([64, 64, 3], 0, 1, 'float32', 4) as tf.Tensor3D; // or tf.browser.fromPixels(canvas) / 255

const where = gradCam(model, image, { target: 3, layer: 'conv2' }); // [64, 64]
const pixels = saliency(model, image, { target: 3, smoothGrad: { seed: 5 } }); // [64, 64]
const lines = guidedBackprop(model, image, { target: { layer: 'conv2', channel: 7, at: 'max' } }); // [64, 64, 3]

const { score, label } = await occlusionSensitivity(model, image, {
  target: 3,
  window: 16,
  stride: 4,
  onProgress: ({ step, steps }) => console.log(`${step} of ${steps} places`),
});

const { width, height } = await toRgba(overlay(image, where, { colorMap: 'turbo' })); // what a canvas takes
console.log(pixels.shape, lines.shape, score.shape, label.shape, width, height);
