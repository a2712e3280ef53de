import { occlusionSensitivity } from '@tenonjs/visualization';
import * as tf from '@tensorflow/tfjs-core';
import type { Stations } from '../protocol';
import { imageOf, judge, type Subject } from './subject.ts';

/** The occluder's height and width, from place to place, and how many places go through the network at once. */
const [WINDOW, STRIDE, BATCH] = [16, 4, 13];

/**
 * Moves a grey square over the picture, and tells the class's probability at each place as soon as it is known.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function occlude(
  { model, pixels, target }: Subject,
  { signal, onStations }: { signal: AbortSignal; onStations: (stations: Stations) => void },
): Promise<void> {
  const image = imageOf(pixels);
  try {
    const whole = (await judge(model, image))[target] as number;
    let first = 0;
    let of = 0;
    const maps = await occlusionSensitivity(model, image, {
      target,
      window: WINDOW,
      stride: STRIDE,
      fill: 0.5,
      batchSize: BATCH,
      signal,
      onProgress({ steps }) {
        of = steps;
      },
      async onStep({ boxes, score }) {
        const scores = [...(await score.data())];
        const corners = boxes.map(({ top, left }) => [top, left] as const);
        onStations({ first, of, whole, scores, corners, window: WINDOW, step: STRIDE });
        first += boxes.length;
      },
    });
    tf.dispose({ ...maps });
  } finally {
    image.dispose();
  }
}
