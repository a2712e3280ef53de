import { pixelCnn as makePixelCnn, type PixelCnn } from '@tenonjs/flows';
import { readImages } from '@tenonjs/quickstart/readImages';
import { adam, type Callback, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Figure } from './goals.ts';
import { hasMnist, mnistFolder } from './mnist.ts';

/** Bits per dimension that a small network is to stay below. */
const GOAL = 1.4;
const SECONDS = 300;
const HELD_OUT = 1000;
const BATCH = 16;
const PEAK_RATE = 5e-3;

/**
 * A PixelCNN with a mixture of logistics on MNIST, trained for five minutes: one large convolution sees half of a digit, and
 * the rest of the network is small.
 *
 * @param say - hears a line now and then.
 */
export async function pixelCnn(say: (line: string) => void): Promise<Figure | undefined> {
  if (!hasMnist()) return undefined;
  const { images } = await readImages(mnistFolder);
  const [training, rest] = tf.split(images, [(images.shape[0] as number) - HELD_OUT, HELD_OUT]) as [
    tf.Tensor,
    tf.Tensor,
  ];
  images.dispose();
  const model = makePixelCnn({
    shape: [28, 28, 1],
    output: 'logisticMixture',
    components: 5,
    filters: 32,
    layers: 1,
    firstKernelSize: 13,
    places: true,
    seed: 1,
  });
  const optimizer = adam({ learningRate: PEAK_RATE, clipNorm: 1e4 });
  const began = performance.now();
  const { user, system } = process.cpuUsage();
  await fit(
    model,
    { x: training },
    {
      optimizer,
      epochs: 1000,
      batchSize: BATCH,
      seed: 2,
      callbacks: [withinSeconds(optimizer, SECONDS, say)],
    },
  );
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage({ user, system });
  const { mean, standardError } = await bitsOf(model, rest);
  say(
    `PixelCNN: ${model.describe().parameters} parameters, ${((used.user + used.system) / 1e6).toFixed(0)} s of a processor`,
  );
  tf.dispose([training, rest]);
  optimizer.dispose();
  model.dispose();
  return {
    what: 'PixelCNN on MNIST, 9,000 trained on, 1,000 held out',
    unit: 'bits/dim',
    mean,
    standardError,
    goal: GOAL,
    within: 0,
    seconds,
  };
}

/** Ends a training after so many seconds: the rate rises for a twentieth of them, then falls along a cosine to 0. */
function withinSeconds(optimizer: { learningRate: number }, seconds: number, say: (line: string) => void): Callback {
  const began = performance.now();
  const used = () => (performance.now() - began) / 1000 / seconds;
  let [sum, count] = [0, 0];
  return {
    onStepStart() {
      const share = Math.min(1, used());
      const rising = Math.min(1, (share + 1e-3) / 0.05);
      optimizer.learningRate = PEAK_RATE * rising * 0.5 * (1 + Math.cos(Math.PI * share));
    },
    onStepEnd({ run, step, loss }) {
      [sum, count] = [sum + loss, count + 1];
      if (count === 250) {
        say(`PixelCNN, step ${step}: ${(sum / count / 784 / Math.LN2).toFixed(3)} bits/dim of what it is shown`);
        [sum, count] = [0, 0];
      }
      if (used() >= 1) run.stop();
    },
  };
}

/** Bits per dimension of images, a hundred at a time. */
async function bitsOf(model: PixelCnn, x: tf.Tensor): Promise<{ mean: number; standardError: number }> {
  const bits: number[] = [];
  for (let i = 0; i < HELD_OUT; i += 100) {
    const nats = tf.tidy(() => model.logProb(tf.slice(x, i, 100)));
    bits.push(...Array.from(await nats.data(), (value) => -value / (784 * Math.LN2)));
    nats.dispose();
  }
  const mean = bits.reduce((sum, value) => sum + value, 0) / bits.length;
  const variance = bits.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (bits.length - 1);
  return { mean, standardError: Math.sqrt(variance / bits.length) };
}
