// Trains the four models of this page on MNIST, a side each, and keeps their weights, rounded to 16 bits, beside this file.
//
//     pnpm train-pixels [folder of MNIST]        after the packages are built; some four minutes on two idle cores
import '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { HELD_OUT, inHalves, openMnist, trainOnImages } from '../digits/trainOnMnist.ts';
import { halfNames } from './halves.ts';
import { digitModel, inLevels } from './model.ts';

const [SEED, EPOCHS] = [1, 1];

const images = inLevels(await openMnist()) as tf.Tensor4D;
const training = tf.slice(images, 0, images.shape[0] - HELD_OUT);
const heldOut = tf.slice(images, images.shape[0] - HELD_OUT, 500);

for (const [place, half] of halfNames.entries()) {
  const model = digitModel(half, deriveSeed(SEED, place, 0));
  const run = { name: `pixels-${half}`, epochs: EPOCHS, rate: 4e-3, batchSize: 32, seed: deriveSeed(SEED, place, 1) };
  await trainOnImages(model, training, run);
  const bytes = inHalves(await model.save(), { trained: `${EPOCHS} epoch of 9,000 images of MNIST, seed ${SEED}` });
  writeFileSync(new URL(`./weights/${half}.safetensors`, import.meta.url), bytes);
  model.load(bytes); // what is kept is what is measured
  const [bits] = await model.bitsPerDim(heldOut).data();
  console.log(`${half}: ${(bytes.length / 1000).toFixed(0)} kB, ${bits?.toFixed(4)} bits/dim of 500 images held out`);
  model.dispose();
}
