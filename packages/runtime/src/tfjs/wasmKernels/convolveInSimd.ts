import * as tf from '@tensorflow/tfjs-core';
import type { HostCall } from '../ops/hostKernel';
import { convolveAt } from './convolveAt';
import { type Simd, simd } from './simd';
import type { WasmBackend } from './wasmBackend';
import { type WindowSizes, writeWindow } from './window';

/** Convolutions in SIMD loops, forward and both ways back; each says whether it did the work. */

export interface Sizes extends WindowSizes {
  groups: number;
}

interface Start {
  backend: WasmBackend;
  loops: Simd;
  window: number;
  rest: number;
  isDepthwise: boolean;
}

/** The loops, and where they read the geometry; undefined for what they do not do. */
function startOf(sizes: Sizes): Start | undefined {
  const backend = tf.backend() as unknown as WasmBackend;
  const loops = simd(backend);
  const isDepthwise = sizes.groups > 1 && sizes.groups === sizes.inChannels;
  if (!loops || (sizes.groups > 1 && !isDepthwise)) return undefined;
  const place = writeWindow(backend, sizes, isDepthwise ? undefined : loops.convolutionScratch);
  return { backend, loops, isDepthwise, ...place };
}

/** y = conv(x, kernel). */
export function convolveInSimd({ inputs, outputs, attributes }: HostCall<'x' | 'kernel', 'y', Sizes>): boolean {
  const [x, kernel, y] = [inputs.x.byteOffset, inputs.kernel.byteOffset, outputs.y.byteOffset];
  const start = startOf(attributes);
  if (start?.isDepthwise) start.loops.depthwise(start.window, x, kernel, y);
  else if (start) convolveAt(start, attributes.inChannels, x, kernel, y);
  return start !== undefined;
}

/** dx, from dy. */
export function inputGradientInSimd({ inputs, outputs, attributes }: HostCall<'dy' | 'kernel', 'dx', Sizes>): boolean {
  const [dy, kernel, dx] = [inputs.dy.byteOffset, inputs.kernel.byteOffset, outputs.dx.byteOffset];
  const start = startOf(attributes);
  if (start?.isDepthwise) start.loops.depthwiseInputGradient(start.window, dy, kernel, dx);
  else start?.loops.convolveInputGradient(start.window, dy, kernel, dx, start.rest);
  return start !== undefined;
}

/** dKernel, from x and dy. */
export function kernelGradientInSimd({ inputs, outputs, attributes }: HostCall<'x' | 'dy', 'dKernel', Sizes>): boolean {
  const [x, dy, dKernel] = [inputs.x.byteOffset, inputs.dy.byteOffset, outputs.dKernel.byteOffset];
  const start = startOf(attributes);
  if (start?.isDepthwise) start.loops.depthwiseFilterGradient(start.window, x, dy, dKernel);
  else start?.loops.convolveFilterGradient(start.window, x, dy, dKernel, start.rest);
  return start !== undefined;
}
