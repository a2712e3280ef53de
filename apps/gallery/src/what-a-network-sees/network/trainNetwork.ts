// Trains the network of this page on drawn shapes and keeps its weights, rounded to 16 bits, beside this file.
//
//     pnpm train-shapes        after the packages are built; some six minutes on two idle cores
import '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { categoricalCrossentropy, trainableModel } from '@tenonjs/core-layers';
import { deriveSeed, initDevice, writeSafetensors } from '@tenonjs/runtime';
import { adamW, cosineDecay, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { SIDE } from '../shapes/backdrop.ts';
import { anyTwo, drawScene } from '../shapes/drawScene.ts';
import { type ShapeName, shapeNames } from '../shapes/outlines.ts';
import { loadWeights, shapeNetwork } from './network.ts';

const [SEED, BATCH] = [1, 32];
/** One round after the other, each on pictures of its own, with a rate that falls to nothing. */
const rounds = [
  { pictures: 5000, epochs: 14, rate: 5e-3, drawing: 1, order: 2 },
  { pictures: 4000, epochs: 7, rate: 3e-3, drawing: 4, order: 5 },
];
/** One picture in so many has two shapes; each is half of what it is. */
const TWO_IN = 4;

await initDevice({ prefer: ['wasm'] });

/** Pictures [n, 64, 64, 3] and what they are, [n, 8]. */
function drawn(n: number, seed: number, { alone = false } = {}) {
  const x = new Float32Array(n * SIDE * SIDE * 3);
  const y = new Float32Array(n * shapeNames.length);
  for (let i = 0; i < n; i++) {
    const own = deriveSeed(seed, i);
    const one = shapeNames[i % shapeNames.length] as ShapeName;
    const names = !alone && deriveSeed(own, 1) % TWO_IN === 0 ? anyTwo(own) : [one];
    x.set(drawScene(names, own).pixels, i * SIDE * SIDE * 3);
    for (const name of names) y[i * shapeNames.length + shapeNames.indexOf(name)] = 1 / names.length;
  }
  return { x: tf.tensor4d(x, [n, SIDE, SIDE, 3]), y: tf.tensor2d(y, [n, shapeNames.length]) };
}

const model = shapeNetwork(deriveSeed(SEED, 0));
const scores = tfl.model({ inputs: model.inputs, outputs: model.getLayer('scores').output }); // before the softmax
const trainable = trainableModel(scores, (labels, logits) =>
  categoricalCrossentropy(labels, logits, { fromLogits: true }),
);
const held = drawn(2000, deriveSeed(SEED, 3), { alone: true });
for (const { pictures, epochs, rate, drawing, order } of rounds) {
  const data = drawn(pictures, deriveSeed(SEED, drawing));
  const steps = epochs * Math.ceil(pictures / BATCH);
  await fit(trainable, data, {
    optimizer: adamW({ learningRate: cosineDecay({ rate, steps }), weightDecay: 1e-3 }),
    epochs,
    batchSize: BATCH,
    seed: deriveSeed(SEED, order),
    callbacks: [{ onEpochEnd: ({ epoch, loss }) => console.log(`epoch ${epoch}: ${loss.toFixed(3)} nats`) }],
  });
  tf.dispose(data);
  keep();
}

/** Keeps the weights, and goes on with what is kept. */
function keep(): void {
  const entries = model.weights.map((weight) => {
    const value = weight.read();
    const data = value.dataSync<'float32'>() as Float32Array;
    return [weight.originalName, { shape: value.shape, data, dtype: 'F16' }] as const;
  });
  const bytes = writeSafetensors(Object.fromEntries(entries), { trained: `on drawn pictures, seed ${SEED}` });
  writeFileSync(new URL('./shapes.safetensors', import.meta.url), bytes);
  loadWeights(model, bytes);
  const right = tf.equal(tf.argMax(model.predict(held.x, { batchSize: 100 }) as tf.Tensor, 1), tf.argMax(held.y, 1));
  const accuracy = tf.mean(tf.cast(right, 'float32')).dataSync()[0] as number;
  console.log(`${(bytes.length / 1000).toFixed(0)} kB, right of 2,000 new pictures: ${(100 * accuracy).toFixed(1)} %`);
}
