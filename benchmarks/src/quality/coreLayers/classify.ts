import { randomAffine, trainableModel } from '@tenonjs/core-layers';
import { deriveSeed } from '@tenonjs/runtime';
import { softmaxCrossEntropy } from '@tenonjs/runtime/ops';
import { adamW, fit, oneCycle } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Images, [N, H, W, 1], ink 1 on paper 0, and the class of each. */
export interface Labelled {
  images: tf.Tensor4D;
  labels: Int32Array;
}

export interface Training {
  epochs: number;
  batchSize: number;
  learningRate: number;
  seed: number;
  onEpoch?(epoch: number, loss: number): void;
}

/** How far images are moved while they are trained on: what leaves a character the same character. */
const HANDWRITING = { degrees: 10, translate: [0.08, 0.08], scale: [0.9, 1.1], shear: 8 } as const;

/** Trains a network that gives logits, by AdamW under one cycle of rates, on images that are moved a little each time. */
export async function train(model: LayersModel, { images, labels }: Labelled, training: Training): Promise<void> {
  const { epochs, batchSize, learningRate, seed, onEpoch } = training;
  const y = tf.tensor1d(labels, 'int32');
  const steps = epochs * Math.ceil(labels.length / batchSize);
  const optimizer = adamW({ learningRate: oneCycle({ maxRate: learningRate, steps }), weightDecay: 0.01 });
  const { trainableVariables, loss } = trainableModel(model, (yTrue, logits) => softmaxCrossEntropy(logits, yTrue));
  await fit(
    { trainableVariables },
    { x: images, y },
    {
      epochs,
      batchSize,
      seed,
      optimizer,
      loss: ({ x, y }, { seed }) => {
        const moved = randomAffine(x as tf.Tensor4D, { ...HANDWRITING, seed: deriveSeed(seed, 0) });
        return loss({ x: moved, y }, { seed: deriveSeed(seed, 1) });
      },
      callbacks: [{ onEpochEnd: ({ epoch, loss }) => onEpoch?.(epoch, loss) }],
    },
  );
  optimizer.dispose();
  y.dispose();
}

/** The share of images whose largest logit is not their class. */
export async function errorOf(model: LayersModel, { images, labels }: Labelled): Promise<number> {
  const found = tf.tidy(() => tf.argMax(model.predict(images, { batchSize: 250 }) as tf.Tensor, 1));
  const classes = await found.data();
  found.dispose();
  return labels.filter((label, i) => label !== classes[i]).length / labels.length;
}

/** The standard error of a share among so many. */
export const shareError = (share: number, count: number) => Math.sqrt((share * (1 - share)) / count);
