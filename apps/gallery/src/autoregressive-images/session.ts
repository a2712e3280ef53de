import type { PixelCnn } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs-core';
import { PIXELS, SIDE } from '../digits/shape';
import { Pace } from '../worker/pace';
import { type Half, isGiven, LEVELS } from './halves';
import { inLevels } from './model';
import { ANSWERS, type Law, type Line, type Surprise } from './protocol';

interface Listener {
  onLine(line: Line): void;
  onFinish(surprise: Surprise): void;
  /** Filling in has failed; nothing more will come. */
  onError(error: unknown): void;
}

/** Half a digit, filled in several times. */
export interface Session {
  /** The whole digit in levels, [28 · 28]. */
  readonly real: Float32Array<ArrayBuffer>;
  run(): void;
  pause(): void;
  /** Draws one line, and pauses. */
  step(): void;
  /** @param image - of the answers, or ANSWERS for the real digit. */
  lawAt(image: number, pixel: number): Promise<Law>;
  close(): Promise<void>;
}

/**
 * Fills in a half line by line, with no page around it. The same settings give the same answers.
 *
 * @param model - that draws from the side that is given.
 * @param digit - bytes 0 … 255, [28 · 28].
 */
export async function openSession(
  model: PixelCnn,
  { digit, given, seed }: { digit: Uint8Array; given: Half; seed: number },
  listener: Listener,
): Promise<Session> {
  const real = tf.tidy(() => inLevels(tf.tensor4d(Float32Array.from(digit), [1, SIDE, SIDE, 1])));
  const realLevels = Float32Array.from(await real.data());
  const start = tf.tidy(() => tf.tile(real, [ANSWERS, 1, 1, 1]));
  const pace = new Pace();
  const stop = new AbortController();
  let latest = new Float32Array(ANSWERS * PIXELS);

  async function fillIn(): Promise<void> {
    try {
      await pace.next();
      if (stop.signal.aborted) return;
      const filled = await model.complete(start, given, {
        seed,
        signal: stop.signal,
        async onRow({ done, of, images }) {
          latest = Float32Array.from(await images.data());
          listener.onLine({ done, of, images: latest });
          if (done < of) await pace.next();
        },
      });
      filled.dispose();
      if (!stop.signal.aborted) listener.onFinish(await surpriseOf(model, [latest, realLevels], given));
    } catch (error) {
      if (!stop.signal.aborted) listener.onError(error);
    }
  }

  const ended = fillIn();
  return {
    real: realLevels,
    run: () => pace.run(),
    pause: () => pace.pause(),
    step: () => pace.step(),
    async lawAt(image, pixel) {
      const levels = image === ANSWERS ? realLevels : latest.subarray(image * PIXELS, (image + 1) * PIXELS);
      return { image, pixel, probabilities: await lawAt(model, levels, pixel) };
    },
    async close() {
      stop.abort();
      pace.run();
      await ended;
      tf.dispose([real, start]);
    },
  };
}

/** @param images - levels, [n, 28, 28] in all. */
async function surpriseOf(model: PixelCnn, images: Float32Array[], given: Half): Promise<Surprise> {
  const count = images.reduce((sum, { length }) => sum + length, 0) / PIXELS;
  const pixels = tf.tidy(() => {
    const all = tf.concat(images.map((levels) => tf.tensor4d(levels, [levels.length / PIXELS, SIDE, SIDE, 1])));
    return tf.div(model.logProbOfPixels(all), -Math.LN2);
  });
  const bits = Float32Array.from(await pixels.data());
  pixels.dispose();
  const totals = Float32Array.from({ length: count }, (_, i) =>
    bits.subarray(i * PIXELS, (i + 1) * PIXELS).reduce((sum, value, at) => (isGiven(given, at) ? sum : sum + value), 0),
  );
  return { bits, totals };
}

/** The law of a pixel given those before it: the image with each level there, and how likely that level is. */
async function lawAt(model: PixelCnn, image: Float32Array, pixel: number): Promise<Float32Array<ArrayBuffer>> {
  const variants = new Float32Array(LEVELS * PIXELS);
  for (let level = 0; level < LEVELS; level++) {
    variants.set(image, level * PIXELS);
    variants[level * PIXELS + pixel] = level;
  }
  const law = tf.tidy(() => {
    const nats = model.logProbOfPixels(tf.tensor4d(variants, [LEVELS, SIDE, SIDE, 1]));
    return tf.exp(tf.slice(nats, [0, Math.floor(pixel / SIDE), pixel % SIDE], [LEVELS, 1, 1]));
  });
  const probabilities = Float32Array.from(await law.data());
  law.dispose();
  return probabilities;
}
