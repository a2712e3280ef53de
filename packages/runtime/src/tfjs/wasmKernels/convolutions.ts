import { backend_util } from '@tensorflow/tfjs-core';
import { convolveAt } from './convolveAt';
import { addKernel, type Kernel, replaceKernel } from './replaceKernel';
import { isForXnnpack, simd } from './simd';
import { pointerTo, sizeOf, type Value } from './wasmBackend';
import { sizesOfInfo, writeWindow } from './window';

interface Convolution {
  strides: number | [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dilations?: number | [number, number];
}

const geometry = (
  { strides, pad, dataFormat, dimRoundingMode, dilations = 1 }: Convolution,
  x: number[],
  filter: number[],
) =>
  backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );

/**
 * Convolutions of images with the channels last, forward and both ways back: what each output sees is copied into a row
 * of a matrix, so many rows at a time as the cache holds, and multiplied; forward, filters of 3×3 by Winograd's way where
 * it is shorter.
 *
 * @param bridge - what does it otherwise, for a kernel that the backend lacks.
 */
export function addConvolutions(bridge: (name: string) => Kernel<Convolution>): void {
  replaceKernel<Convolution>(
    'Conv2D',
    (convolve): Kernel<Convolution> =>
      (call) => {
        const { backend, attrs } = call;
        const { x, filter } = call.inputs as { x: Value; filter: Value };
        const loops = simd(backend);
        const info = geometry(attrs, x.shape, filter.shape);
        const work = sizeOf(info.outShape) * info.filterHeight * info.filterWidth * info.inChannels;
        if (!loops || info.dataFormat !== 'channelsLast' || isForXnnpack(backend, work)) return convolve(call);
        const y = backend.makeOutput(info.outShape, 'float32');
        const place = { backend, loops, ...writeWindow(backend, sizesOfInfo(info), loops.convolutionScratch) };
        const [from, by, to] = [pointerTo(backend, x), pointerTo(backend, filter), pointerTo(backend, y)];
        convolveAt(place, info.inChannels, from, by, to);
        return y;
      },
  );

  replaceKernel<Convolution & { inputShape: number[] }>(
    'Conv2DBackpropInput',
    (old): Kernel<Convolution & { inputShape: number[] }> =>
      (call) => {
        const { backend, attrs } = call;
        const { dy, filter } = call.inputs as { dy: Value; filter: Value };
        const loops = simd(backend);
        const info = geometry(attrs, attrs.inputShape, filter.shape);
        if (!loops || info.dataFormat !== 'channelsLast') return old(call);
        const dx = backend.makeOutput(info.inShape, 'float32');
        const { window, rest } = writeWindow(backend, sizesOfInfo(info), loops.convolutionScratch);
        const [above, by, to] = [pointerTo(backend, dy), pointerTo(backend, filter), pointerTo(backend, dx)];
        loops.convolveInputGradient(window, above, by, to, rest);
        return dx;
      },
  );

  const otherwise = bridge('Conv2DBackpropFilter');
  addKernel<Convolution & { filterShape: number[] }>('Conv2DBackpropFilter', (call) => {
    const { backend, attrs } = call;
    const { x, dy } = call.inputs as { x: Value; dy: Value };
    const loops = simd(backend);
    const info = geometry(attrs, x.shape, attrs.filterShape);
    if (!loops || info.dataFormat !== 'channelsLast') return otherwise(call);
    const dFilter = backend.makeOutput(info.filterShape, 'float32');
    const { window, rest } = writeWindow(backend, sizesOfInfo(info), loops.convolutionScratch);
    const [from, above, to] = [pointerTo(backend, x), pointerTo(backend, dy), pointerTo(backend, dFilter)];
    loops.convolveFilterGradient(window, from, above, to, rest);
    return dFilter;
  });
}
