import { backend_util } from '@tensorflow/tfjs-core';
import { type Kernel, replaceKernel } from './replaceKernel';
import { simd } from './simd';
import { pointerTo, type Value } from './wasmBackend';
import { sizesOfInfo, writeWindow } from './window';

interface Pool {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: Parameters<typeof backend_util.computePool2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The gradient of a max pool, which the backend makes one number at a time. */
export function quickenMaxPoolGradient(): void {
  replaceKernel<Pool>(
    'MaxPoolGrad',
    (old): Kernel<Pool> =>
      (call) => {
        const { backend, attrs } = call;
        const { dy, input } = call.inputs as { dy: Value; input: Value };
        const loops = simd(backend);
        if (!loops || input.dtype !== 'float32' || input.shape.length !== 4) return old(call);
        const shape = input.shape as [number, number, number, number];
        const { filterSize, strides, pad, dimRoundingMode } = attrs;
        const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
        const dx = backend.makeOutput(shape, 'float32');
        const { window } = writeWindow(backend, sizesOfInfo(info));
        loops.maxPoolGradient(window, pointerTo(backend, input), pointerTo(backend, dy), pointerTo(backend, dx));
        return dx;
      },
  );
}
