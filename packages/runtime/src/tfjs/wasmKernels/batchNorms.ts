import { type Kernel, replaceKernel } from './replaceKernel';
import { scratch } from './scratch';
import { simd } from './simd';
import { pointerTo, sizeOf, type Value } from './wasmBackend';

interface BatchNorm {
  varianceEpsilon: number;
}

/** A batch norm over the channels as one product and one sum a number: x · scale + shift. */
export function quickenBatchNorm(): void {
  replaceKernel<BatchNorm>(
    'FusedBatchNorm',
    (normalize): Kernel<BatchNorm> =>
      (call) => {
        const { backend, attrs } = call;
        const { x, mean, variance, offset, scale } = call.inputs as Record<string, Value> & { x: Value };
        const loops = simd(backend);
        const channels = x.shape.at(-1) ?? 0;
        const given = [mean, variance, offset, scale].filter((value) => value !== undefined);
        const areRows = given.every(({ shape }) => shape.length === 1 && shape[0] === channels);
        if (!loops || !mean || !variance || !areRows || channels === 0) return normalize(call);

        const y = backend.makeOutput(x.shape, 'float32');
        const factors = scratch(backend, 8 * channels);
        const numbers = (value: Value) => backend.typedArrayFromHeap(value);
        const [means, variances] = [numbers(mean), numbers(variance)];
        const [offsets, scales] = [offset && numbers(offset), scale && numbers(scale)];
        const products = new Float32Array(backend.wasm.HEAPU8.buffer, factors, channels);
        const shifts = new Float32Array(backend.wasm.HEAPU8.buffer, factors + 4 * channels, channels);
        for (let c = 0; c < channels; c++) {
          const factor = (scales?.[c] ?? 1) / Math.sqrt((variances[c] as number) + attrs.varianceEpsilon);
          products[c] = factor;
          shifts[c] = (offsets?.[c] ?? 0) - (means[c] as number) * factor;
        }
        const rows = sizeOf(x.shape) / channels;
        const [from, to] = [pointerTo(backend, x), pointerTo(backend, y)];
        loops.scaleColumns(from, factors, factors + 4 * channels, to, rows, channels);
        return y;
      },
  );
}
