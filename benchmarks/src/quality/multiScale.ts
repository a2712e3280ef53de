import { existsSync } from 'node:fs';
import { glow } from '@tenonjs/flows';
import { readImages } from '@tenonjs/quickstart/readImages';
import { deriveSeed } from '@tenonjs/runtime';
import { adam, cosineDecay } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Figure } from './goals.ts';
import { mnistFolder } from './mnist.ts';

/** The flow, and how it is trained: about 14 times over all images. */
const MODEL = { layers: 4, scales: 2, hidden: [32, 32], alpha: 1e-3 };
const [HELD_OUT, BATCH, STEPS, RATE, SECONDS] = [1000, 128, 1000, 4e-3, 570];

/** What is to be reached, in bits a pixel. */
const GOAL = 1.8;

/**
 * A Glow of MNIST at two scales: squeezed, half of the channels done after each, 9,000 images trained on, 1,000 held out;
 * nothing when MNIST is not here. It stops early when ten minutes are over.
 */
export async function multiScale(onStep: (step: number, bits: number) => void): Promise<Figure | undefined> {
  if (!existsSync(mnistFolder)) return undefined;
  const { images } = await readImages(mnistFolder);
  const [n, height, width, channels] = images.shape as [number, number, number, number];
  const [training, rest] = tf.split(images, [n - HELD_OUT, HELD_OUT]) as [tf.Tensor4D, tf.Tensor4D];
  const first = tf.slice(training, 0, 1000);
  const flow = glow({ shape: [height, width, channels], ...MODEL, startFrom: first, seed: 1 });
  flow.startFrom(first, { seed: 2 });
  const optimizer = adam({ learningRate: cosineDecay({ rate: RATE, steps: STEPS }), clipNorm: 100 });
  const dims = height * width * channels;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  for (let step = 0; step < STEPS && seconds() < SECONDS; step++) {
    const loss = tf.tidy(() => {
      const x = tf.slice(training, (step * BATCH) % (n - HELD_OUT - BATCH), BATCH);
      const { value, grads } = tf.variableGrads(
        () => flow.loss({ x }, { seed: deriveSeed(3, step) }),
        flow.trainableVariables,
      );
      optimizer.applyGradients(grads);
      return value;
    });
    if (step % 50 === 49) onStep(step + 1, ((await loss.data())[0] as number) / (dims * Math.LN2));
    loss.dispose();
  }
  const trained = seconds();
  const bits: number[] = [];
  for (let start = 0; start < HELD_OUT; start += BATCH) {
    const some = Math.min(BATCH, HELD_OUT - start);
    const found = tf.tidy(() => flow.logProb(tf.slice(rest, start, some), { seed: deriveSeed(4, start) }));
    bits.push(...[...(await found.data())].map((logProb) => -logProb / (dims * Math.LN2)));
    found.dispose();
  }
  tf.dispose([images, training, rest, first]);
  optimizer.dispose();
  flow.dispose();
  const mean = bits.reduce((sum, each) => sum + each, 0) / bits.length;
  const variance = bits.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (bits.length - 1);
  return {
    what: 'MNIST, a multi-scale flow, 9,000 trained on, 1,000 held out',
    unit: 'bits/dim',
    mean,
    standardError: Math.sqrt(variance / bits.length),
    goal: GOAL,
    within: 0,
    seconds: trained,
  };
}
