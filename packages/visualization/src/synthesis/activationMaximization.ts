import { createRandom, deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger, checkNumber, checkRange, complain } from '../check';
import { type IterationOptions, iterate, type OnStep } from '../iterate';
import { graphOf } from '../model/graph';
import { imageShapeOf } from '../model/images';
import { type Subject, subjectOf } from '../model/subject';
import type { Target, TargetOptions } from '../model/target';
import { normalizedGradient } from './ascend';
import { clipByContribution, clipByNorm, totalVariation } from './regularizers';
import { blur, roll, rotate } from './transforms';

export interface ActivationMaximizationOptions extends TargetOptions, IterationOptions {
  /** A class, several (an image for each), part of a layer, or a function of the output. */
  target: Target;
  /** An integer in [0, 2⁵³). */
  seed: number;
  /** Where to start, [H, W, C] or [B, H, W, C]. Default: faint noise about the middle of the range. */
  image?: tf.Tensor;
  /** The size of the image, where the model does not fix it. */
  size?: number | readonly [number, number];
  /** Steps of gradient ascent. Default: 128. */
  steps?: number;
  /** How far a step goes in the mean, as a part of the range. Default: 0.02. */
  learningRate?: number;
  /** The numbers that pixels may have. Default: [0, 1]. */
  range?: readonly [number, number];
  /** The score is taken of the image shifted by up to so many pixels, anew each step. Default: 4. */
  jitter?: number;
  /** … and turned by up to so many degrees. Default: 5. */
  rotation?: number;
  /** How much differences of neighbours are held against the image, beside a gradient whose numbers are about 1. Default: 1. */
  totalVariation?: number;
  /** The part by which all pixels go back to the middle in each step. Default: 0.01. */
  l2Decay?: number;
  /** Blur by so many pixels, each so many steps: Gaussian, off by default. */
  blur?: { sigma: number; every: number };
  /** The part of the pixels, those of least norm, that is put to the middle in each step. Default: 0. */
  clipByNorm?: number;
  /** The part of the pixels, those that change the score least, that is put to the middle in each step. Default: 0. */
  clipByContribution?: number;
  /** Sees the image after each step. */
  onStep?: OnStep;
}

/**
 * The image that a class, channel or unit answers to most, by gradient ascent from noise.
 *
 *     x ← x + η (∇score(turn(shift(x))) / rms − λ ∇TV(x)),   then decay, blur, and clipping of idle pixels
 *
 * Reference: Erhan, Bengio, Courville, Vincent, "Visualizing higher-layer features of a deep network", 2009; Yosinski, Clune,
 * Nguyen, Fuchs, Lipson, "Understanding neural networks through deep visualization", 2015, §4 (decay, blur, both clippings).
 *
 * @returns shape [H, W, C]; [B, H, W, C] for several classes or several images to start from.
 * @throws TypeError or RangeError when an option is out of range or does not fit the model; the signal's reason.
 *
 * @example
 * const image = await activationMaximization(model, { target: 3, seed: 1, onProgress: ({ score }) => console.log(score) });
 */
export async function activationMaximization(
  model: tfl.LayersModel,
  options: ActivationMaximizationOptions,
): Promise<tf.Tensor> {
  const caller = 'activationMaximization';
  const { seed, steps = 128, learningRate = 0.02, range = [0, 1], l2Decay = 0.01, blur: blurring } = options;
  const { jitter = 4, rotation = 5, totalVariation: smoothness = 1 } = options;
  checkOptions(caller, options);
  const [low, high] = range;
  const [middle, width] = [(low + high) / 2, high - low];

  const start = options.image ?? firstImages(caller, model, options, middle, width);
  let subject: Subject | undefined;
  let current: tf.Tensor;
  try {
    current = tf.tidy(() => {
      subject = subjectOf(caller, model, start, options);
      return tf.clone(subject.batch);
    });
  } finally {
    if (start !== options.image) start.dispose();
  }
  const { scoreAt, unbatch } = subject as Subject;

  const taken = await iterate(
    caller,
    current,
    (images, step) => {
      const random = createRandom(deriveSeed(seed, 1, step));
      const shift = [random.integer(2 * jitter + 1) - jitter, random.integer(2 * jitter + 1) - jitter] as const;
      const radians = ((2 * random.uniform() - 1) * rotation * Math.PI) / 180;
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) =>
        tf.sum(scoreAt(rotate(roll(x as tf.Tensor4D, shift), radians))),
      )(images);
      const gradient = grad as tf.Tensor4D;
      const unevenness = tf.grad((x: tf.Tensor) => totalVariation(x as tf.Tensor4D))(images);
      const direction = tf.sub(tf.mul(width, normalizedGradient(gradient)), tf.mul(smoothness, unevenness));
      let next = tf.sub(tf.add(images, tf.mul(learningRate, direction)), middle) as tf.Tensor4D;
      next = tf.mul(next, 1 - l2Decay);
      if (blurring && (step + 1) % blurring.every === 0) next = blur(next, blurring.sigma);
      next = clipByNorm(next, options.clipByNorm ?? 0);
      next = clipByContribution(next, gradient, options.clipByContribution ?? 0);
      return { next: tf.clipByValue(tf.add(next, middle), low, high), score: tf.div(value, images.shape[0] as number) };
    },
    { ...options, count: steps, view: unbatch },
  );
  return tf.tidy(() => {
    const image = unbatch(taken);
    taken.dispose();
    return image;
  });
}

function checkOptions(caller: string, options: ActivationMaximizationOptions): void {
  const { steps = 1, learningRate = 0, range = [0, 1], jitter = 0, rotation = 0, l2Decay = 0 } = options;
  checkInteger(caller, 'steps', steps, 1);
  checkNumber(caller, 'learningRate', learningRate, { least: 0 });
  checkRange(caller, 'range', range);
  checkInteger(caller, 'jitter', jitter, 0);
  checkNumber(caller, 'rotation', rotation, { least: 0 });
  checkNumber(caller, 'totalVariation', options.totalVariation ?? 0, { least: 0 });
  checkNumber(caller, 'l2Decay', l2Decay, { least: 0, most: 1 });
  checkNumber(caller, 'clipByNorm', options.clipByNorm ?? 0, { least: 0, most: 1 });
  checkNumber(caller, 'clipByContribution', options.clipByContribution ?? 0, { least: 0, most: 1 });
  if (options.blur) {
    checkNumber(caller, 'blur.sigma', options.blur.sigma, { least: 0.05 });
    checkInteger(caller, 'blur.every', options.blur.every, 1);
  }
  if (options.target === undefined) complain(caller, 'target', 'given', 'none');
}

/** Noise about the middle: an image for each class, without a batch for one. */
function firstImages(
  caller: string,
  model: tfl.LayersModel,
  { target, seed, size }: ActivationMaximizationOptions,
  middle: number,
  width: number,
): tf.Tensor {
  const shape = imageShapeOf(caller, graphOf(caller, model), size);
  const batch = Array.isArray(target) ? [target.length] : [];
  return randomNormal([...batch, ...shape], { seed: deriveSeed(seed, 0), mean: middle, std: 0.02 * width });
}
