import { addKernel, type Kernel } from './replaceKernel';
import { simd } from './simd';
import { pointerTo, sizeOf, type Value } from './wasmBackend';

interface Segments {
  numSegments: number;
}

/** Sums of the rows that belong together, which the backend lacks: the gradient of every gather, of an embedding. */
export function addSegmentSums(bridge: (name: string) => Kernel<Segments>): void {
  const otherwise = bridge('UnsortedSegmentSum');
  addKernel<Segments>('UnsortedSegmentSum', (call) => {
    const { backend } = call;
    const { x, segmentIds } = call.inputs as { x: Value; segmentIds: Value };
    const loops = simd(backend);
    const rows = sizeOf(segmentIds.shape);
    if (!loops || x.dtype !== 'float32' || segmentIds.dtype !== 'int32' || x.shape[0] !== rows) return otherwise(call);
    const { numSegments } = call.attrs;
    const row = x.shape.slice(1);
    const sums = backend.makeOutput([numSegments, ...row], 'float32');
    const [from, ids, to] = [pointerTo(backend, x), pointerTo(backend, segmentIds), pointerTo(backend, sums)];
    loops.segmentSums(from, ids, to, rows, sizeOf(row), numSegments);
    return sums;
  });
}
