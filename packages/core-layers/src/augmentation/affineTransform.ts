import { defineOp, type GpuCall, sizeOf } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';
import { checkImages, checkPair, checkTensor } from '../checkInputs';
import { elementwise } from '../kernels/elementwise';
import { noGradient } from '../ops/pooling/pick';
import { composedGather, composedSpread } from './sampling/composed';
import { gatherOnHost, spreadOnHost } from './sampling/host';
import type { Sampling } from './sampling/sampling';
import { gatherCode, spreadCode } from './sampling/wgsl';

export interface AffineTransformOptions {
  /** What lies around the images. Default 0. */
  fill?: number;
  /** Height and width of the result. Default: those of x. */
  size?: number | readonly [number, number];
}

/**
 * Looks each place of the result up in the image, between four numbers of it: `y(X, Y) = x(m₀X + m₁Y + m₂, m₃X + m₄Y + m₅)`,
 * places counted from the middle of each image, X to the right, Y down; as `affine_grid` and `grid_sample` of PyTorch with
 * `align_corners=False`. One dispatch on WebGPU, one for the gradient of x; the matrices have none.
 *
 * @param x - float32, shape [B, H, W, C].
 * @param matrices - float32, shape [B, 6]: from the result to the image, the inverse of what is done to it.
 * @returns shape [B, ...size, C].
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const mirrored = affineTransform(x, tf.tensor([[-1, 0, 0, 0, 1, 0]])); // of one image
 */
export function affineTransform(
  x: tf.Tensor,
  matrices: tf.Tensor,
  { fill = 0, size }: AffineTransformOptions = {},
): tf.Tensor4D {
  const [B, H, W] = checkImages('affineTransform', 'x', x);
  checkTensor('affineTransform', 'matrices', matrices, 'float32', [B, 6]);
  const [height, width] = size === undefined ? [H, W] : checkPair('affineTransform', 'size', size);
  return gather({ x, matrices }, { size: [height, width], fill }).y as tf.Tensor4D;
}

type Inputs = 'x' | 'matrices';

const integersOf = (x: readonly number[], [h, w]: readonly [number, number]) => ({
  H: x[1] as number,
  W: x[2] as number,
  C: x[3] as number,
  h,
  w,
});

const gather = /* @__PURE__ */ defineOp<Inputs, 'y', Sampling>({
  name: 'core-layers/affineTransform',
  outputs: ({ x: { shape } }, { size }) => ({
    y: { shape: [shape[0] as number, ...size, shape[3] as number], dtype: 'float32' },
  }),
  compose: ({ x, matrices }, sampling) => ({ y: composedGather(x, matrices, sampling) }),
  webgpu: ({ inputs: { x }, outputs: { y }, attributes: { size, fill } }: GpuCall<Inputs, 'y', Sampling>) =>
    sizeOf(y.shape) === 0 || sizeOf(x.shape) === 0
      ? undefined
      : elementwise(sizeOf(y.shape), {
          ...gatherCode,
          reads: ['x', 'matrices'],
          writes: ['y'],
          integers: integersOf(x.shape, size),
          floats: { fill },
        }),
  cpu: ({ inputs, outputs, shapes, attributes }) =>
    gatherOnHost(inputs.x, shapes.x, inputs.matrices, outputs.y, attributes),
  wasm: ({ inputs, outputs, shapes, attributes }) =>
    gatherOnHost(inputs.x, shapes.x, inputs.matrices, outputs.y, attributes),
  grad: {
    saves: ['x', 'matrices'],
    of: ({ y: dy }, { x, matrices }, { size }) => ({
      x: (): tf.Tensor => spread({ dy, matrices }, { size, image: [x.shape[1] as number, x.shape[2] as number] }).dx,
      matrices: noGradient(matrices),
    }),
  },
});

type Spreading = { size: readonly [number, number]; image: readonly [number, number] };

/** Each number of dy given back to the four that it was between, the transpose of `gather`: always added up in one order. */
const spread = /* @__PURE__ */ defineOp<'dy' | 'matrices', 'dx', Spreading>({
  name: 'core-layers/affineTransformGrad',
  outputs: ({ dy: { shape } }, { image }) => ({
    dx: { shape: [shape[0] as number, ...image, shape[3] as number], dtype: 'float32' },
  }),
  compose: ({ dy, matrices }, { image }) => ({ dx: composedSpread(dy, matrices, image) }),
  webgpu: ({ inputs: { dy }, outputs: { dx }, attributes: { size } }) =>
    sizeOf(dx.shape) === 0 || sizeOf(dy.shape) === 0
      ? undefined
      : elementwise(sizeOf(dx.shape), {
          ...spreadCode,
          reads: ['dy', 'matrices'],
          writes: ['dx'],
          integers: integersOf(dx.shape, size),
        }),
  cpu: ({ inputs, outputs, shapes, attributes }) =>
    spreadOnHost(inputs.dy, shapes.dy, inputs.matrices, outputs.dx, attributes.image),
  wasm: ({ inputs, outputs, shapes, attributes }) =>
    spreadOnHost(inputs.dy, shapes.dy, inputs.matrices, outputs.dx, attributes.image),
  grad: {
    saves: ['matrices'],
    of: ({ dx }, { matrices }, { size }) => ({
      dy: (): tf.Tensor => gather({ x: dx, matrices }, { size, fill: 0 }).y,
      matrices: noGradient(matrices),
    }),
  },
});
