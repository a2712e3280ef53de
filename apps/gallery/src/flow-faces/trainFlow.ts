// Trains the flow of this page on MNIST and keeps its weights, rounded to 16 bits, beside this file.
//
//     pnpm train-faces [folder of MNIST]        after the packages are built; some three minutes on two idle cores
import '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { bitsPerDim } from '@tenonjs/flows';
import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { HELD_OUT, inHalves, openMnist, trainOnImages } from '../digits/trainOnMnist.ts';
import { faceFlow } from './model.ts';

const [SEED, EPOCHS] = [1, 6];

const images = await openMnist();
const training = tf.slice(images, 0, images.shape[0] - HELD_OUT);
const heldOut = tf.slice(images, images.shape[0] - HELD_OUT, 500);

const flow = faceFlow(deriveSeed(SEED, 0), tf.slice(training, 0, 1000));
await trainOnImages(flow, training, { name: 'faces', epochs: EPOCHS, rate: 4e-3, seed: deriveSeed(SEED, 1) });

const bytes = inHalves(await flow.save(), { trained: `${EPOCHS} epochs of 9,000 images of MNIST, seed ${SEED}` });
writeFileSync(new URL('./faces.safetensors', import.meta.url), bytes);
flow.load(bytes); // what is kept is what is measured
const [bits] = await bitsPerDim(flow.logProb(heldOut, { seed: 1 }), 784).data();
console.log(`${(bytes.length / 1000).toFixed(0)} kB, ${bits?.toFixed(4)} bits/dim of 500 images held out`);
