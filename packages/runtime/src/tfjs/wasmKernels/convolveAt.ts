import type { Simd } from './simd';
import { spreadOnce } from './spreadFilters';
import type { WasmBackend } from './wasmBackend';

/** Where a convolution is done: the loops, and what `writeWindow` gave. */
interface Place {
  backend: WasmBackend;
  loops: Simd;
  window: number;
  rest: number;
}

/** y = x ∗ filter, by address; a filter that is met again is spread only once, where spreading it is a gain. */
export function convolveAt(
  { backend, loops, window, rest }: Place,
  inChannels: number,
  x: number,
  filter: number,
  y: number,
): void {
  const bytes = loops.spreadFilterBytes(window);
  const spread =
    bytes > 0
      ? spreadOnce(backend, filter, { inChannels, bytes }, (to) => loops.spreadFilter(window, filter, to, rest))
      : undefined;
  if (spread === undefined) loops.convolve(window, x, filter, y, rest);
  else loops.convolveSpread(window, x, spread, y, rest);
}
