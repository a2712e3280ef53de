/** Lines of the grid in each direction, and points on each line: enough for a bend to look like one. */
export const gridLines = 13;
export const linePoints = 101;
/** The grid spans ±REACH, three standard deviations of the latent normal. */
const REACH = 3;

/**
 * A square grid in latent space: first the lines of constant x, then those of constant y, each a run of `linePoints`.
 *
 * @returns x and y in turn, shape [2 · gridLines · linePoints, 2].
 */
export function latentGrid(): Float32Array<ArrayBuffer> {
  const across = steps(gridLines);
  const along = steps(linePoints);
  return Float32Array.from([
    ...across.flatMap((x) => along.flatMap((y) => [x, y])),
    ...across.flatMap((y) => along.flatMap((x) => [x, y])),
  ]);
}

/** Where the k-th line of a direction stands in latent space. */
export function linePosition(k: number): number {
  return REACH * ((2 * k) / (gridLines - 1) - 1);
}

const steps = (count: number) => Array.from({ length: count }, (_, i) => REACH * ((2 * i) / (count - 1) - 1));

/** Numbers that the points of the grid take: two a point. */
export const gridNumbers = 2 * 2 * gridLines * linePoints;
