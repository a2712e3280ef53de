import * as tf from '@tensorflow/tfjs-core';
import type { HostCall } from '../ops/hostKernel';
import { type Simd, simd } from './simd';
import type { WasmBackend } from './wasmBackend';
import { type WindowSizes, writeWindow } from './window';

/** Convolutions in SIMD loops, forward and both ways back; each says whether it did the work. */

interface Sizes extends WindowSizes {
  groups: number;
}

/** The loops, and where they read the geometry; undefined for what they do not do. */
function startOf(sizes: Sizes): { loops: Simd; window: number; rest: number } | undefined {
  const backend = tf.backend() as unknown as WasmBackend;
  const loops = simd(backend);
  if (!loops || sizes.groups !== 1) return undefined;
  return { loops, ...writeWindow(backend, sizes, loops.convolutionScratch) };
}

/** y = conv(x, kernel). */
export function convolveInSimd({ inputs, outputs, attributes }: HostCall<'x' | 'kernel', 'y', Sizes>): boolean {
  const { x, kernel } = inputs;
  const start = startOf(attributes);
  start?.loops.convolve(start.window, x.byteOffset, kernel.byteOffset, outputs.y.byteOffset, start.rest);
  return start !== undefined;
}

/** dx, from dy. */
export function inputGradientInSimd({ inputs, outputs, attributes }: HostCall<'dy' | 'kernel', 'dx', Sizes>): boolean {
  const { dy, kernel } = inputs;
  const start = startOf(attributes);
  const to = outputs.dx.byteOffset;
  start?.loops.convolveInputGradient(start.window, dy.byteOffset, kernel.byteOffset, to, start.rest);
  return start !== undefined;
}

/** dKernel, from x and dy. */
export function kernelGradientInSimd({ inputs, outputs, attributes }: HostCall<'x' | 'dy', 'dKernel', Sizes>): boolean {
  const { x, dy } = inputs;
  const start = startOf(attributes);
  const to = outputs.dKernel.byteOffset;
  start?.loops.convolveFilterGradient(start.window, x.byteOffset, dy.byteOffset, to, start.rest);
  return start !== undefined;
}
