import '@tensorflow/tfjs';
import { digits } from '@tenonjs/datasets';
import { realNvp } from '@tenonjs/flows';
import { initDevice } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs-core';

await initDevice(); // WebGPU, else WebAssembly, else plain JavaScript

const { images } = digits(9000, { seed: 1 }); // drawn ones; readIdx reads MNIST's files
const startFrom = tf.slice(images, 0, 500);
const flow = realNvp({ shape: [28, 28, 1], layers: 12, hidden: [48, 48], alpha: 1e-3, startFrom, seed: 2 });
await fit(flow, { x: images }, { optimizer: adam({ learningRate: 4e-3 }), epochs: 6, batchSize: 128, seed: 3 });

const [a, b] = tf.unstack(tf.slice(images, 0, 2)) as [tf.Tensor, tf.Tensor];
const way = flow.interpolate(a, b, 11); // straight in latent space: [11, 28, 28, 1], 0 … 255
const nats = flow.logProb(way); // [11]
console.log(way.shape, await nats.data());
