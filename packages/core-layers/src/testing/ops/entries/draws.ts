import { createRandom } from '@tenonjs/runtime';
import type { Numbers, Sample, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';

/** The seed of every draw; what it draws is known on the host. */
export const SEED = 5;

/** What `randomUniform` gives for a seed. */
export function uniforms(n: number, seed = SEED): number[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random.uniform());
}

export const imageOf = (inputs: Values) => inputs.x as Numbers;
export const clamp = (x: number, least = 0, most = 1) => Math.min(most, Math.max(least, x));

/** Zeros, whatever their rank. */
export const flat = tf.zeros as (shape: number[]) => tf.Tensor;

/** Images of numbers that no colour is cut off at. */
export const photos = (...shape: number[]): Record<string, Sample> => ({ x: { shape, low: 0.1, high: 0.9 } });

export const noImages = (op: string) => `${op}: x must be float32 of shape [B, H, W, C], got float32 of shape [2,2]`;

export type Four = [number, number, number, number];
