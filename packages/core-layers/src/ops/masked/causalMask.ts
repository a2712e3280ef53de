/** Which numbers of an image a place may be decided by. */
export interface CausalMask {
  /** `A`: those before the place; `B`: itself too, which in a later layer holds no more than what came before. */
  mask: 'A' | 'B';
  /** Rows decide: with `A` those above, with `B` its own too, of all columns. Default: false, rows above and what is left of it. */
  vertical?: boolean | undefined;
  /**
   * The channels of a pixel come one after the other, in so many groups – red, green, blue –: at its own place a group sees
   * those before it with `A`, itself too with `B`. Default: 1, where a pixel comes whole.
   */
  groups?: number | undefined;
}

export type KernelShape = readonly [height: number, width: number, inputs: number, outputs: number];

/** Whether an output sees an input, through the tap of a row and a column. */
export function isSeen(
  [height, width, inputs, outputs]: KernelShape,
  { mask, vertical = false, groups = 1 }: CausalMask,
  [row, column, input, output]: KernelShape,
): boolean {
  const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
  if (row !== middle || vertical) return row < middle || (row === middle && mask === 'B');
  if (column !== centre) return column < centre;
  const [from, to] = [Math.floor((input * groups) / inputs), Math.floor((output * groups) / outputs)];
  return mask === 'A' ? from < to : from <= to;
}

/** The taps that somebody sees: the first and the last row and column of them; undefined where there are none. */
export interface Taps {
  rows: [first: number, last: number];
  columns: [first: number, last: number];
}

/** The smallest window of a kernel that holds all taps that are seen. */
export function tapsSeen(shape: KernelShape, mask: CausalMask): Taps | undefined {
  const [height, width, inputs, outputs] = shape;
  let taps: Taps | undefined;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      // Of all, the last output sees the first input if any does.
      if (!isSeen(shape, mask, [row, column, 0, outputs - 1]) || inputs === 0) continue;
      taps ??= { rows: [row, row], columns: [column, column] };
      taps.rows[1] = row;
      taps.columns = [Math.min(taps.columns[0], column), Math.max(taps.columns[1], column)];
    }
  }
  return taps;
}
