import { backend_util } from '@tensorflow/tfjs-core';
import { addKernel, type Kernel } from './replaceKernel';
import { simd } from './simd';
import { pointerTo, type Value } from './wasmBackend';
import { sizesOfInfo, writeWindow } from './window';

interface Depthwise {
  strides: number | [number, number];
  dilations: number | [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const geometry = ({ strides, dilations, pad, dimRoundingMode }: Depthwise, x: number[], filter: number[]) =>
  backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );

/** The gradients of depthwise convolutions, which the backend lacks; separable convolutions are made of them. */
export function addDepthwiseGradients(bridge: (name: string) => Kernel<Depthwise>): void {
  const [filterOtherwise, inputOtherwise] = [
    bridge('DepthwiseConv2dNativeBackpropFilter'),
    bridge('DepthwiseConv2dNativeBackpropInput'),
  ];
  addKernel<Depthwise & { filterShape: number[] }>('DepthwiseConv2dNativeBackpropFilter', (call) => {
    const { backend, attrs } = call;
    const { x, dy } = call.inputs as { x: Value; dy: Value };
    const loops = simd(backend);
    if (!loops) return filterOtherwise(call);
    const info = geometry(attrs, x.shape, attrs.filterShape);
    const dFilter = backend.makeOutput(info.filterShape, 'float32');
    const { window } = writeWindow(backend, sizesOfInfo(info));
    loops.depthwiseFilterGradient(window, pointerTo(backend, x), pointerTo(backend, dy), pointerTo(backend, dFilter));
    return dFilter;
  });

  addKernel<Depthwise & { inputShape: number[] }>('DepthwiseConv2dNativeBackpropInput', (call) => {
    const { backend, attrs } = call;
    const { dy, filter } = call.inputs as { dy: Value; filter: Value };
    const loops = simd(backend);
    if (!loops) return inputOtherwise(call);
    const info = geometry(attrs, attrs.inputShape, filter.shape);
    const dx = backend.makeOutput(info.inShape, 'float32');
    const { window } = writeWindow(backend, sizesOfInfo(info));
    loops.depthwiseInputGradient(window, pointerTo(backend, dy), pointerTo(backend, filter), pointerTo(backend, dx));
    return dx;
  });
}
