import { sizeOf } from '../../tfjs/ops/tensorSpec';
import type { Pass } from '../../tfjs/webgpu/pass';
import { elementwise } from '../kernels/elementwise';
import { type Geometry, inputShape, kernelShape, outputShape } from './geometry';

/** What follows a sum before it is stored: WGSL of number `i` in column `c`, with the tensors that it reads. */
export interface Epilogue {
  functions?: string;
  /** An expression of `value`. */
  result: string;
  reads: readonly string[];
  floats?: Readonly<Record<string, number>>;
}

/**
 * Convolutions in groups, number by number: a group has few channels, of a depthwise convolution one, too few for a product
 * of matrices.
 */

/** Visits the places (u, v) of the kernel, and stands at `row` and `column` of the image. */
const eachPlace = (body: string) => `
  for (var u = 0u; u < params.filterHeight; u++) {
    for (var v = 0u; v < params.filterWidth; v++) {
      ${body}
    }
  }`;

const sizesOf = (g: Geometry) => ({ ...g, channels: g.inChannels / g.groups, filters: g.outChannels / g.groups });

export function direct(g: Geometry, { functions = '', result, reads, floats }: Epilogue): Pass {
  return elementwise(sizeOf(outputShape(g)), {
    functions,
    each: `let c = i % params.outChannels;
    let q = i / params.outChannels % params.outWidth;
    let p = i / params.outChannels / params.outWidth % params.outHeight;
    let image = i / params.outChannels / params.outWidth / params.outHeight;
    let first = c / params.filters * params.channels;
    var value = 0.0;
    ${eachPlace(`
      let row = i32(p * params.strideHeight + u * params.dilationHeight) - i32(params.padTop);
      let column = i32(q * params.strideWidth + v * params.dilationWidth) - i32(params.padLeft);
      if (row < 0 || row >= i32(params.inHeight) || column < 0 || column >= i32(params.inWidth)) { continue; }
      let pixel = ((image * params.inHeight + u32(row)) * params.inWidth + u32(column)) * params.inChannels + first;
      let weights = (u * params.filterWidth + v) * params.channels * params.outChannels + c;
      for (var k = 0u; k < params.channels; k++) { value += x[pixel + k] * kernel[weights + k * params.outChannels]; }`)}
    y[i] = ${result};`,
    reads: ['x', 'kernel', ...reads],
    writes: ['y'],
    integers: sizesOf(g),
    ...(floats && { floats }),
  });
}

export function directInputGradient(g: Geometry): Pass {
  return elementwise(sizeOf(inputShape(g)), {
    each: `let c = i % params.inChannels;
    let column = i / params.inChannels % params.inWidth;
    let row = i / params.inChannels / params.inWidth % params.inHeight;
    let image = i / params.inChannels / params.inWidth / params.inHeight;
    let first = c / params.channels * params.filters;
    var value = 0.0;
    ${eachPlace(`
      let down = i32(row + params.padTop) - i32(u * params.dilationHeight);
      let across = i32(column + params.padLeft) - i32(v * params.dilationWidth);
      let p = down / i32(params.strideHeight);
      let q = across / i32(params.strideWidth);
      if (down < 0 || across < 0 || p * i32(params.strideHeight) != down || q * i32(params.strideWidth) != across
          || p >= i32(params.outHeight) || q >= i32(params.outWidth)) { continue; }
      let output = ((image * params.outHeight + u32(p)) * params.outWidth + u32(q)) * params.outChannels + first;
      let weights = ((u * params.filterWidth + v) * params.channels + c % params.channels) * params.outChannels + first;
      for (var k = 0u; k < params.filters; k++) { value += dy[output + k] * kernel[weights + k]; }`)}
    dx[i] = value;`,
    reads: ['dy', 'kernel'],
    writes: ['dx'],
    integers: sizesOf(g),
  });
}

const THREADS = 64;

/** A workgroup for each weight, whose threads share the pixels. */
export function directKernelGradient(g: Geometry): Pass {
  const size = sizeOf(kernelShape(g));
  return {
    code: `
var<workgroup> shares: array<f32, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count);
  if (i >= params.size) { return; }
  let f = i % params.outChannels;
  let c = f / params.filters * params.channels + i / params.outChannels % params.channels;
  let place = i / params.outChannels / params.channels;
  let down = i32(place / params.filterWidth * params.dilationHeight) - i32(params.padTop);
  let across = i32(place % params.filterWidth * params.dilationWidth) - i32(params.padLeft);
  var sum = 0.0;
  for (var at = local; at < params.pixels; at += ${THREADS}u) {
    let image = at / params.outWidth / params.outHeight;
    let row = i32(at / params.outWidth % params.outHeight * params.strideHeight) + down;
    let column = i32(at % params.outWidth * params.strideWidth) + across;
    if (row < 0 || row >= i32(params.inHeight) || column < 0 || column >= i32(params.inWidth)) { continue; }
    let pixel = (image * params.inHeight + u32(row)) * params.inWidth + u32(column);
    sum += x[pixel * params.inChannels + c] * dy[at * params.outChannels + f];
  }
  shares[local] = sum;
  for (var rest = ${THREADS / 2}u; rest > 0u; rest /= 2u) {
    workgroupBarrier();
    if (local < rest) { shares[local] += shares[local + rest]; }
  }
  if (local == 0u) { dKernel[i] = shares[0]; }
}`,
    reads: ['x', 'dy'],
    writes: ['dKernel'],
    groups: size,
    integers: { ...sizesOf(g), size, pixels: g.batch * g.outHeight * g.outWidth },
  };
}
