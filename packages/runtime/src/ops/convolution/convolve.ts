import type * as tf from '@tensorflow/tfjs-core';
import { defineOp, type Op } from '../../tfjs/ops/defineOp';
import { convolveInSimd, inputGradientInSimd, kernelGradientInSimd } from '../../tfjs/wasmKernels/convolveInSimd';
import { composeConvolution, composeInputGradient, composeKernelGradient } from './composed';
import { type Geometry, inputShape, kernelShape, outputShape } from './geometry';

import { convolutionPass, inputGradientPass, kernelGradientPasses } from './gpuKernels';
import { convolveOnHost, inputGradientOnHost, kernelGradientOnHost } from './onHost';

const of = (shape: number[]) => ({ shape, dtype: 'float32' as const });

/**
 * A convolution and its two gradients. Each is linear in both its inputs, so that the gradients of each are the other two:
 * they can be differentiated as often as one likes.
 */
export const convolve: Op<'x' | 'kernel', 'y', Geometry> = /* @__PURE__ */ defineOp<'x' | 'kernel', 'y', Geometry>({
  name: 'convolve',
  outputs: (_, geometry) => ({ y: of(outputShape(geometry)) }),
  compose: ({ x, kernel }, geometry) => ({ y: composeConvolution(x, kernel, geometry) }),
  webgpu: ({ attributes }) => convolutionPass(attributes),
  cpu: convolveOnHost,
  wasm: (call) => convolveInSimd(call) || convolveOnHost(call),
  grad: {
    saves: ['x', 'kernel'],
    of: ({ y: dy }, { x, kernel }, geometry) => ({
      x: () => inputGradient(dy, kernel, geometry),
      kernel: () => kernelGradient(x, dy, geometry),
    }),
  },
});

/** dx of a convolution whose output has the gradient dy: also called a transposed convolution. */
const convolveInputGradient = /* @__PURE__ */ defineOp<'dy' | 'kernel', 'dx', Geometry>({
  name: 'convolveInputGrad',
  outputs: (_, geometry) => ({ dx: of(inputShape(geometry)) }),
  compose: ({ dy, kernel }, geometry) => ({ dx: composeInputGradient(dy, kernel, geometry) }),
  webgpu: ({ attributes }) => inputGradientPass(attributes),
  cpu: inputGradientOnHost,
  wasm: (call) => inputGradientInSimd(call) || inputGradientOnHost(call),
  grad: {
    saves: ['dy', 'kernel'],
    of: ({ dx: ddx }, { dy, kernel }, geometry) => ({
      dy: () => convolve({ x: ddx, kernel }, geometry).y,
      kernel: () => kernelGradient(ddx, dy, geometry),
    }),
  },
});

const convolveKernelGradient = /* @__PURE__ */ defineOp<'x' | 'dy', 'dKernel', Geometry>({
  name: 'convolveKernelGrad',
  outputs: (_, geometry) => ({ dKernel: of(kernelShape(geometry)) }),
  compose: ({ x, dy }, geometry) => ({ dKernel: composeKernelGradient(x, dy, geometry) }),
  webgpu: ({ attributes }) => kernelGradientPasses(attributes),
  cpu: kernelGradientOnHost,
  wasm: (call) => kernelGradientInSimd(call) || kernelGradientOnHost(call),
  grad: {
    saves: ['x', 'dy'],
    of: ({ dKernel: ddKernel }, { x, dy }, geometry) => ({
      x: () => inputGradient(dy, ddKernel, geometry),
      dy: () => convolve({ x, kernel: ddKernel }, geometry).y,
    }),
  },
});

function inputGradient(dy: tf.Tensor, kernel: tf.Tensor, geometry: Geometry): tf.Tensor {
  return convolveInputGradient({ dy, kernel }, geometry).dx;
}

function kernelGradient(x: tf.Tensor, dy: tf.Tensor, geometry: Geometry): tf.Tensor {
  return convolveKernelGradient({ x, dy }, geometry).dKernel;
}
