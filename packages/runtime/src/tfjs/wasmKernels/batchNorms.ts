import { type Kernel, replaceKernel } from './replaceKernel';
import { scratch } from './scratch';
import { simd } from './simd';
import { pointerTo, sizeOf, type Value } from './wasmBackend';

interface BatchNorm {
  varianceEpsilon: number;
}

/** A batch norm over the channels as one product and two sums a number: (x − mean) · factor + offset. */
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
        const numbers = (value: Value | undefined) => value && backend.typedArrayFromHeap(value);
        const [variances, scales, offsets] = [numbers(variance), numbers(scale), numbers(offset)];
        const products = new Float32Array(backend.wasm.HEAPU8.buffer, factors, channels);
        const shifts = new Float32Array(backend.wasm.HEAPU8.buffer, factors + 4 * channels, channels);
        for (let c = 0; c < channels; c++) {
          products[c] = (scales?.[c] ?? 1) / Math.sqrt((variances?.[c] as number) + attrs.varianceEpsilon);
          shifts[c] = offsets?.[c] ?? 0;
        }
        const [from, middle, to] = [pointerTo(backend, x), pointerTo(backend, mean), pointerTo(backend, y)];
        const rows = sizeOf(x.shape) / channels;
        loops.normalizeColumns(from, middle, factors, factors + 4 * channels, to, rows, channels);
        return y;
      },
  );
}
