import { pixelOrders, type Side } from './pixelOrder';

/** What of an image is given: a half, by its side, or a flag for each pixel, height rows of width. */
export type Given = Side | readonly (readonly (boolean | number)[])[];

/**
 * How many pixels are given, of those that come first in the order of a model.
 *
 * @throws RangeError when the table has another size, or a pixel is given that comes after one that is not.
 */
export function prefixOf(shape: readonly number[], from: Side, given: Given): number {
  const [H, W] = shape as [number, number];
  const table = typeof given === 'string' ? halfOf(H, W, given) : given;
  if (table.length !== H || table.some((row) => row.length !== W)) {
    const found = `${table.length} rows of ${[...new Set(table.map((row) => row.length))].join(', ')}`;
    throw new RangeError(`PixelCnn.complete: given must be a side, or ${H} rows of ${W} flags, got ${found}`);
  }
  const flags = pixelOrders[from].readTable(table).flat().map(Boolean);
  const known = flags.includes(false) ? flags.indexOf(false) : flags.length;
  if (flags.includes(true, known)) {
    const what = typeof given === 'string' ? `the ${given} half` : 'pixels that come after others that are missing';
    throw new RangeError(
      `PixelCnn.complete: given must be what is drawn first, in lines from the ${from}, got ${what}; ` +
        'a model made with another side as `from` draws from there',
    );
  }
  return known;
}

/** A half of an image, the smaller one of an odd number of lines. */
function halfOf(H: number, W: number, side: Side): boolean[][] {
  const isIn: Record<Side, (row: number, column: number) => boolean> = {
    top: (row) => row < Math.floor(H / 2),
    bottom: (row) => row >= Math.ceil(H / 2),
    left: (_, column) => column < Math.floor(W / 2),
    right: (_, column) => column >= Math.ceil(W / 2),
  };
  if (!Object.hasOwn(isIn, side)) {
    throw new RangeError(`PixelCnn.complete: given must be top, bottom, left, right or a table, got ${side}`);
  }
  return Array.from({ length: H }, (_, row) => Array.from({ length: W }, (_, column) => isIn[side](row, column)));
}
