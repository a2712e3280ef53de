import '@tensorflow/tfjs';
import { digits } from '@tenonjs/datasets';
import { pixelCnn } from '@tenonjs/flows';
import { initDevice } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs-core';

await initDevice(); // WebGPU, else WebAssembly, else plain JavaScript

const { images } = digits(9000, { seed: 1 }); // drawn ones; readIdx reads MNIST's files
const x = tf.floor(tf.div(images, 32)); // eight levels
const model = pixelCnn({
  shape: [28, 28, 1],
  levels: 8,
  filters: 24,
  layers: 1,
  hidden: 32,
  places: true,
  from: 'top',
  seed: 2,
});
await fit(model, { x }, { optimizer: adam({ learningRate: 4e-3 }), epochs: 1, batchSize: 32, seed: 3 });

const digit = tf.slice(x, 0, 1);
const eightTimes = tf.tile(digit, [8, 1, 1, 1]);
const answers = await model.complete(eightTimes, 'top', { seed: 4 }); // [8, 28, 28, 1]
console.log(answers.shape, await model.logProb(answers).data()); // nats
