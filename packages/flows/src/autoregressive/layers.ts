import type { CausalMask } from '@tenonjs/core-layers/ops';
import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { MaskedLayer } from './canvas';

/** The sizes of a network of masked convolutions. */
export interface NetworkSizes {
  /** [height, width, channels] of what it reads. */
  shape: readonly [number, number, number];
  /** The numbers that it makes for each place. */
  outputs: number;
  /** Channels of a pixel that come one after the other; 1 where a pixel comes whole. */
  groups: number;
  filters: number;
  layers: number;
  kernelSize: number;
  firstKernelSize: number;
  /** The width of the last hidden layer. */
  hidden: number;
  context: number;
  places: boolean;
  seed: number;
}

/** What a layer is made by: its kernel's shape and mask, and how its kernel starts (default: for what is not rectified). */
export type LayerPlan = CausalMask & { shape: [number, number, number, number]; gain?: number; context?: boolean };

/** Makes the layers of a network, each with a seed of its own. */
export function layerMaker({ context, seed }: NetworkSizes) {
  const layers: MaskedLayer[] = [];
  const make = (name: string, plan: LayerPlan): MaskedLayer => {
    const { shape, gain = 1, mask, vertical, groups } = plan;
    const [height, width, inputs, outputs] = shape;
    const own = mask === 'B' ? 1 : 0;
    const taps = vertical ? ((height >> 1) + own) * width : ((height * width) >> 1) + own;
    const std = Math.sqrt(gain / Math.max(1, taps * inputs));
    const layer: MaskedLayer = tf.tidy(() => ({
      name,
      kernel: tf.variable(
        gain === 0 ? tf.zeros(shape) : randomNormal(shape, { seed: deriveSeed(seed, layers.length), std }),
      ),
      bias: tf.variable(tf.zeros([outputs])),
      // A context adds nothing at first.
      ...(plan.context && context > 0 && { contextKernel: tf.variable(tf.zeros([context, outputs])) }),
      mask,
      vertical,
      groups,
    }));
    layers.push(layer);
    return layer;
  };
  return { layers, make };
}

/** A bias for each place, [1, H, W, n], zero at first. */
export const placesOf = ({ places, shape: [H, W] }: NetworkSizes, n: number): tf.Variable | undefined =>
  places ? tf.tidy(() => tf.variable(tf.zeros([1, H, W, n]))) : undefined;
