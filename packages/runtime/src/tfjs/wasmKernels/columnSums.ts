import { type Kernel, replaceKernel, type Value } from './replaceKernel';

interface Reduction {
  axis: number | number[];
  keepDims: boolean;
}

/**
 * Sums over the first axes – of a matrix, over its rows – are the gradients of every bias. The backend transposes for them,
 * which takes most of the time. Here the rows are added up as they lie, in float64, so that many can be added exactly.
 */
export function quickenColumnSums(): void {
  replaceKernel<Reduction>(
    'Sum',
    (sum): Kernel<Reduction> =>
      (call) => {
        const { x } = call.inputs as { x: Value };
        const axes = [call.attrs.axis].flat().sort((a, b) => a - b);
        const areFirst = axes.length < x.shape.length && axes.every((axis, i) => axis === i);
        if (!areFirst || x.dtype !== 'float32') return sum(call);

        const [summed, kept] = [x.shape.slice(0, axes.length), x.shape.slice(axes.length)];
        const result = call.backend.makeOutput(
          call.attrs.keepDims ? [...summed.map(() => 1), ...kept] : kept,
          'float32',
        );
        const columns = kept.reduce((size, n) => size * n, 1);
        // Views of the memory are taken last: making the output may have moved it.
        call.backend.typedArrayFromHeap(result).set(columnSums(call.backend.typedArrayFromHeap(x), columns));
        return result;
      },
  );
}

function columnSums(numbers: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < numbers.length; ) {
    for (let column = 0; column < columns; column++)
      sums[column] = (sums[column] as number) + (numbers[at++] as number);
  }
  return sums;
}
