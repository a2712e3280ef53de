import type { Flow } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs-core';
import { PIXELS, SIDE } from '../../digits/shape';
import { STATIONS, type Stations, type Way } from '../protocol';

/** Stations that are worked out in one go: between two of them the worker hears its messages. */
const AT_ONCE = 7;

/** From one digit to another, both [28, 28, 1], as levels 0 … 255: what is at the stations of a way. */
export async function stationsOf(
  flow: Flow,
  way: Way,
  [a, b]: readonly [tf.Tensor, tf.Tensor],
  { seed, breathe }: { seed: number; breathe: () => Promise<void> },
): Promise<Stations> {
  const shares = Array.from({ length: STATIONS }, (_, i) => i / (STATIONS - 1));
  const ends = tf.tidy(() => {
    const both = tf.stack([a, b]);
    return tf.unstack(way === 'pixels' ? tf.cast(both, 'float32') : flow.encode(both, { seed })) as [
      tf.Tensor,
      tf.Tensor,
    ];
  });
  const found: Stations = {
    images: new Float32Array(STATIONS * PIXELS),
    bits: new Float32Array(STATIONS),
    norms: new Float32Array(STATIONS),
  };
  for (let first = 0; first < STATIONS; first += AT_ONCE) {
    const part = shares.slice(first, first + AT_ONCE);
    const [images, bits, norms] = tf.tidy(() => {
      const between = way === 'arc' ? alongArc(...ends, part) : alongLine(...ends, part); // [k, 28, 28, 1]
      const images = way === 'pixels' ? tf.round(between) : flow.decode(between, { seed });
      const bits = tf.div(flow.logProb(images, { seed }), -PIXELS * Math.LN2);
      const latent = way === 'pixels' ? flow.encode(images, { seed }) : between;
      return [images, bits, tf.norm(tf.reshape(latent, [part.length, -1]), 2, 1)] as [tf.Tensor, tf.Tensor, tf.Tensor];
    });
    found.images.set(await images.data<'float32'>(), first * PIXELS);
    found.bits.set(await bits.data<'float32'>(), first);
    found.norms.set(await norms.data<'float32'>(), first);
    tf.dispose([images, bits, norms]);
    await breathe();
  }
  tf.dispose(ends);
  return found;
}

/** `(1 − t) a + t b`, [shares, ...E]. */
export const alongLine = (a: tf.Tensor, b: tf.Tensor, shares: readonly number[]): tf.Tensor =>
  tf.tidy(() => tf.stack(shares.map((t) => tf.add(tf.mul(1 - t, a), tf.mul(t, b)))));

/**
 * `(sin((1 − t) ω) a + sin(t ω) b) / sin ω`, with ω the angle between a and b: the way that keeps its distance from the middle,
 * where those of a normal law's draws nearly all lie.
 *
 * Reference: Shoemake, "Animating rotation with quaternion curves", 1985; White, "Sampling generative networks", 2016.
 */
export const alongArc = (a: tf.Tensor, b: tf.Tensor, shares: readonly number[]): tf.Tensor =>
  tf.tidy(() => {
    const cosine = tf.div(tf.sum(tf.mul(a, b)), tf.mul(tf.norm(a), tf.norm(b)));
    const angle = tf.acos(tf.clipByValue(cosine, -0.9999, 0.9999));
    const part = (share: number, x: tf.Tensor) => tf.mul(tf.div(tf.sin(tf.mul(share, angle)), tf.sin(angle)), x);
    return tf.stack(shares.map((t) => tf.add(part(1 - t, a), part(t, b))));
  });

/** Digits of the flow's own, a little less daring than its law is: [n, 28, 28, 1]. */
export const madeUp = (flow: Flow, n: number, { seed, boldness }: { seed: number; boldness: number }): tf.Tensor =>
  tf.tidy(() => flow.decode(tf.mul(boldness, flow.base.sample(n, { seed })), { seed }));

/** The i-th of several images, [28, 28, 1]. */
export const imageOf = (images: Uint8Array, i: number): tf.Tensor3D =>
  tf.tensor3d(Int32Array.from(images.subarray(i * PIXELS, (i + 1) * PIXELS)), [SIDE, SIDE, 1], 'int32');
