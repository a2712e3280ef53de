import { type Kernel, replaceKernel } from './replaceKernel';
import { simd } from './simd';
import { pointerTo, sizeOf, type Value } from './wasmBackend';

interface Reduction {
  /** Null means all. */
  axis: number | number[] | null;
  keepDims: boolean;
}

/**
 * Sums and means over the first axes – of a matrix, over its rows – are the gradients of every bias and the statistics of
 * every batch norm. The backend transposes for them, which takes most of the time. Here the rows are added up as they lie,
 * in float64, so that many can be added exactly.
 */
export function quickenColumnSums(): void {
  for (const name of ['Sum', 'Mean']) {
    replaceKernel<Reduction>(
      name,
      (reduce): Kernel<Reduction> =>
        (call) => {
          const { backend, attrs } = call;
          const { x } = call.inputs as { x: Value };
          const loops = simd(backend);
          const rank = x.shape.length;
          const axes = [attrs.axis ?? x.shape.map((_, axis) => axis)].flat().map((axis) => (axis + rank) % rank);
          axes.sort((a, b) => a - b);
          const areFirst = axes.length < rank && axes.every((axis, i) => axis === i);
          if (!loops || !areFirst || x.dtype !== 'float32') return reduce(call);

          const [summed, kept] = [x.shape.slice(0, axes.length), x.shape.slice(axes.length)];
          const result = backend.makeOutput(attrs.keepDims ? [...summed.map(() => 1), ...kept] : kept, 'float32');
          const [rows, columns] = [sizeOf(summed), sizeOf(kept)];
          loops.columnSums(pointerTo(backend, x), pointerTo(backend, result), rows, columns);
          if (name === 'Mean') {
            const sums = backend.typedArrayFromHeap(result);
            for (let c = 0; c < columns; c++) sums[c] = (sums[c] as number) / rows;
          }
          return result;
        },
    );
  }
}
