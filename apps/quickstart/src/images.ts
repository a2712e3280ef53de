import { type Flow, realNvp } from '@tenonjs/flows';
import { deriveSeed } from '@tenonjs/runtime';
import { adam, type Callback, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import { drawn } from './drawn.ts';
import { inBitsPerDim, negativeLogLikelihood, type Score } from './score.ts';
import { type Budget, withinBudget } from './withinBudget.ts';

/** The flow on images, and how it is trained. */
export const imageModel = {
  layers: 8,
  hidden: [32, 32],
  alpha: 1e-3,
  batchSize: 128,
  learningRate: 4e-3,
};

/** Bits per dimension of MNIST: Dinh, Krueger, Bengio, "NICE", 2015: a log-likelihood of 1980.50 on pixels in [0, 1]. */
export const PUBLISHED = 4.36;

export interface ImageRun extends Budget {
  seed: number;
  signal?: AbortSignal;
  progress?: boolean;
  /** Hears how well the held-out images are modelled, after each epoch. */
  onEpoch?(event: { epoch: number; bitsPerDim: number }): void;
}

/** What became of a flow on images. */
export interface ImageResult {
  trained: number;
  heldOut: number;
  parameters: number;
  steps: number;
  seconds: number;
  /** Bits per dimension of the held-out images after each epoch. */
  curve: { epoch: number; bitsPerDim: number }[];
  /** The same at the end, with its standard error. */
  bitsPerDim: Score;
  height: number;
  width: number;
  /** Levels 0 … 255, image after image: some that were held out, and as many of the model's own. */
  real: Float32Array;
  samples: Float32Array;
  /** Ways from one real image to another, each a row of `INTERPOLATION_STEPS`. */
  interpolations: Float32Array;
}

export const INTERPOLATION_STEPS = 10;
const SHOWN = 40;
const INTERPOLATIONS = 6;

/** The last tenth, and 1,000 at most, is not trained on. */
export const heldOutOf = (n: number): number => Math.min(1000, Math.max(1, Math.floor(n / 10)));

/**
 * Trains a RealNVP on images of 256 levels, the last of which are held out, and looks at what it learned.
 *
 * @param images - shape [n, height, width, 1], int32.
 * @param labels - n of them; interpolations go between images of different ones.
 */
export async function trainOnImages(images: tf.Tensor4D, labels: Uint8Array, run: ImageRun): Promise<ImageResult> {
  const { seed, signal, progress = false, onEpoch, ...budget } = run;
  const [n, height, width, channels] = images.shape;
  const heldOut = heldOutOf(n);
  const [training, rest] = tf.split(images, [n - heldOut, heldOut]) as [tf.Tensor4D, tf.Tensor4D];
  const { batchSize, learningRate, ...model } = imageModel;
  const shape = [height, width, channels] as const;
  const startFrom = tf.slice(training, 0, Math.min(1000, n - heldOut));
  const flow = realNvp({ shape, ...model, startFrom, seed: deriveSeed(seed, 0) });
  startFrom.dispose();
  const optimizer = adam({ learningRate });
  const dims = height * width * channels;
  const curve: ImageResult['curve'] = [];
  const noteEpoch: Callback = {
    onEpochEnd({ epoch, validationLoss }) {
      curve.push({ epoch, bitsPerDim: (validationLoss as number) / (dims * Math.LN2) });
      onEpoch?.(curve.at(-1) as (typeof curve)[number]);
    },
  };
  const began = performance.now();
  try {
    const { steps } = await fit(
      flow,
      { x: training },
      {
        optimizer,
        epochs: Math.ceil(budget.steps / Math.ceil((n - heldOut) / batchSize)),
        batchSize,
        seed: deriveSeed(seed, 1),
        validation: { x: rest },
        progress,
        ...(signal && { signal }),
        callbacks: [withinBudget(budget, optimizer), noteEpoch],
      },
    );
    const seconds = (performance.now() - began) / 1000;
    const nats = await negativeLogLikelihood(flow, rest, { seed: deriveSeed(seed, 2), batchSize: 250 });
    return {
      trained: n - heldOut,
      heldOut,
      parameters: flow.trainableVariables.reduce((sum, { size }) => sum + size, 0),
      steps,
      seconds,
      curve,
      bitsPerDim: inBitsPerDim(nats, dims),
      height,
      width,
      real: await drawn(() => tf.slice(rest, 0, Math.min(SHOWN, heldOut))),
      samples: await drawn(() => flow.sample(SHOWN, { seed: deriveSeed(seed, 3) })),
      interpolations: await interpolate(flow, rest, labels.subarray(n - heldOut), deriveSeed(seed, 4)),
    };
  } finally {
    tf.dispose([training, rest]);
    optimizer.dispose();
    flow.dispose();
  }
}

/** From a digit to the next but two, for several digits. */
function interpolate(flow: Flow, images: tf.Tensor4D, labels: Uint8Array, seed: number): Promise<Float32Array> {
  const kinds = [...new Set(labels)].sort((a, b) => a - b);
  const imageOf = (kind: number, nth: number) => {
    const places = [...labels.keys()].filter((i) => labels[i] === kind);
    return tf.squeeze(tf.slice(images, places[nth % places.length] as number, 1), [0]);
  };
  return drawn(() => {
    const ways = Array.from({ length: INTERPOLATIONS }, (_, i) => {
      const [from, to] = [kinds[i % kinds.length] as number, kinds[(i + 3) % kinds.length] as number];
      return flow.interpolate(imageOf(from, i), imageOf(to, i + 1), INTERPOLATION_STEPS, { seed: deriveSeed(seed, i) });
    });
    return tf.concat(ways);
  });
}
