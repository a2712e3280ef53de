import { activationMaximization, deepDream, foolingImage, type OnStep, toRgba } from '@tenonjs/visualization';
import * as tf from '@tensorflow/tfjs-core';
import { Pace } from '../../worker/pace';
import type { Synthesis } from '../methods';
import type { Made } from '../protocol';
import { SIDE } from '../shapes/backdrop';
import { imageOf, judge, type Subject } from './subject';

interface Listener {
  onMade(made: Made): void;
  /** Nothing more will come. */
  onError(error: unknown): void;
}

/** An image in the making. */
export interface Making {
  run(): void;
  pause(): void;
  /** Takes one step, and pauses. */
  step(): void;
  close(): Promise<void>;
}

interface Options {
  seed: number;
  signal: AbortSignal;
  onProgress(progress: { steps: number }): void;
  onStep: OnStep;
}

/** A dream's side in pixels: a larger picture has more to dream of than the network's own size. */
const DREAM_SIDE = 128;

const makers: Readonly<Record<Synthesis, (subject: Subject, options: Options) => Promise<tf.Tensor>>> = {
  // The log of its probability: its score alone would let the others grow with it, and the network say another class.
  activationMaximization: ({ model, target }, options) =>
    activationMaximization(model, {
      ...options,
      target: (scores) => tf.squeeze(tf.slice(tf.logSoftmax(scores), [0, target], [-1, 1]), [1]),
      steps: 96,
    }),
  async deepDream({ model, layer, large, pixels }, options) {
    const image = tf.tidy(() => {
      const own = large ? imageOf(large.pixels, large.side) : imageOf(pixels);
      return tf.image.resizeBilinear(own, [DREAM_SIDE, DREAM_SIDE], false, true);
    });
    try {
      return await deepDream(model, image, { ...options, layers: [layer], octaves: 3, steps: 12, jitter: 8 });
    } finally {
      image.dispose();
    }
  },
  foolingImage: ({ model, target }, options) =>
    foolingImage(model, { ...options, target, population: 32, generations: 120 }),
};

/** Makes an image step by step, each when it is let; the same subject gives the same images. */
export function openMaking(method: Synthesis, subject: Subject, listener: Listener): Making {
  const pace = new Pace();
  const stop = new AbortController();
  const ended = make();

  async function make(): Promise<void> {
    try {
      await pace.next();
      let of = 0;
      let latest: Made | undefined;
      const finished = await makers[method](subject, {
        seed: subject.seed,
        signal: stop.signal,
        onProgress({ steps }) {
          of = steps;
        },
        async onStep({ step, image }) {
          latest = { method, step, of, ...(await seen(subject, image)), finished: false };
          listener.onMade(latest);
          if (step < of) await pace.next();
        },
      });
      finished.dispose();
      if (latest) listener.onMade({ ...latest, finished: true });
    } catch (error) {
      if (!stop.signal.aborted) listener.onError(error);
    }
  }

  return {
    run: () => pace.run(),
    pause: () => pace.pause(),
    step: () => pace.step(),
    async close() {
      stop.abort();
      pace.run();
      await ended;
    },
  };
}

/** An image's bytes, and what the network says of it. */
async function seen({ model }: Subject, image: tf.Tensor): Promise<Pick<Made, 'image' | 'probabilities'>> {
  const fitting = tf.tidy(() => tf.image.resizeBilinear(image as tf.Tensor3D, [SIDE, SIDE], false, true));
  try {
    const [bytes, probabilities] = [await toRgba(image), await judge(model, fitting)];
    return { image: bytes, probabilities };
  } finally {
    fitting.dispose();
  }
}
