// Trains the network of this page on drawn shapes and keeps its weights, rounded to 16 bits, beside this file.
//
//     pnpm train-shapes        after the packages are built; some six minutes on two idle cores
//
// A run that was interrupted goes on after its last epoch.
import '@tensorflow/tfjs';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { categoricalCrossentropy, trainableModel } from '@tenonjs/core-layers';
import { deriveSeed, initDevice, writeSafetensors } from '@tenonjs/runtime';
import { adamW, checkpoint, cosineDecay, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { SIDE } from '../shapes/backdrop.ts';
import { anyTwo, drawScene } from '../shapes/drawScene.ts';
import { type ShapeName, shapeNames } from '../shapes/outlines.ts';
import { loadWeights, shapeNetwork } from './network.ts';

const [SEED, PICTURES, EPOCHS, BATCH] = [1, 5000, 20, 32];
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
const kept = join(tmpdir(), 'tenon-shapes.safetensors');
const steps = EPOCHS * Math.ceil(PICTURES / BATCH);
const scores = tfl.model({ inputs: model.inputs, outputs: model.getLayer('scores').output }); // before the softmax
await fit(
  trainableModel(scores, (labels, logits) => categoricalCrossentropy(labels, logits, { fromLogits: true })),
  drawn(PICTURES, deriveSeed(SEED, 1)),
  {
    optimizer: adamW({ learningRate: cosineDecay({ rate: 5e-3, steps }), weightDecay: 1e-3 }),
    epochs: EPOCHS,
    batchSize: BATCH,
    seed: deriveSeed(SEED, 2),
    callbacks: [
      checkpoint({ to: (bytes) => writeFileSync(kept, bytes) }),
      { onEpochEnd: ({ epoch, loss }) => console.log(`epoch ${epoch}: ${loss.toFixed(3)} nats`) },
    ],
    ...(existsSync(kept) && { resume: new Uint8Array(readFileSync(kept)) }),
  },
);
rmSync(kept, { force: true });

const entries = model.weights.map((weight) => {
  const value = weight.read();
  return [
    weight.originalName,
    { shape: value.shape, data: value.dataSync<'float32'>() as Float32Array, dtype: 'F16' },
  ] as const;
});
const bytes = writeSafetensors(Object.fromEntries(entries), {
  trained: `${EPOCHS} epochs of ${PICTURES} drawn pictures, seed ${SEED}`,
});
writeFileSync(new URL('./shapes.safetensors', import.meta.url), bytes);
loadWeights(model, bytes); // what is kept is what is measured
const { x, y } = drawn(2000, deriveSeed(SEED, 3), { alone: true });
const right = tf.equal(tf.argMax(model.predict(x, { batchSize: 100 }) as tf.Tensor, 1), tf.argMax(y, 1));
const accuracy = tf.mean(tf.cast(right, 'float32')).dataSync()[0] as number;
console.log(`${(bytes.length / 1000).toFixed(0)} kB, right of 2,000 new pictures: ${(100 * accuracy).toFixed(1)} %`);
