import type { FlatMatrix } from '../arguments/matrix';

const sigma = 1.5;
const radius = 5;

/** [11], sums to 1. */
export const gaussianWindow: readonly number[] = /* @__PURE__ */ normalGaussian();

function normalGaussian(): number[] {
  const heights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const total = heights.reduce((sum, height) => sum + height, 0);
  return heights.map((height) => height / total);
}

/** The mean of an image in the window wherever that lies wholly inside: [(H − 10) · (W − 10)]. */
export function blur({ data, rows, columns }: FlatMatrix): Float64Array {
  const width = columns - 2 * radius;
  const along = new Float64Array(rows * width);
  for (let cell = 0; cell < along.length; cell++) {
    const start = Math.floor(cell / width) * columns + (cell % width);
    along[cell] = gaussianWindow.reduce((sum, height, d) => sum + height * (data[start + d] as number), 0);
  }
  const down = new Float64Array((rows - 2 * radius) * width);
  return down.map((_, cell) =>
    gaussianWindow.reduce((sum, height, d) => sum + height * (along[cell + d * width] as number), 0),
  );
}
