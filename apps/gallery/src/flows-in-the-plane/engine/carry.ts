import type { Bijector } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Carries points through the layers of a flow and keeps every place on the way.
 *
 * @param steps - the layers, in the order in which a latent point meets them.
 * @param latent - where the points start, shape [n, 2].
 * @returns shape [layers + 1, n, 2]: the start, then the points after each layer.
 */
export async function carry(
  steps: readonly Bijector[],
  latent: Float32Array,
  breathe: () => Promise<void>,
): Promise<Float32Array<ArrayBuffer>> {
  const places = new Float32Array((steps.length + 1) * latent.length);
  places.set(latent);
  let at: tf.Tensor = tf.tensor2d(latent, [latent.length / 2, 2]);
  for (const [layer, step] of steps.entries()) {
    const next = tf.tidy(() => step.forward(at).value);
    at.dispose();
    at = next;
    places.set(await at.data<'float32'>(), (layer + 1) * latent.length);
    await breathe();
  }
  at.dispose();
  return places;
}
