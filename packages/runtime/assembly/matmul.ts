import { copyFloats, multiplyAdd } from './vectors';

/** Rows and columns of the tile that is held in registers. */
const TILE_ROWS = 6;
const TILE_COLUMNS = 8;
/** A block of b, laid out in panels of 8 columns, so large that it stays in the cache. */
const BLOCK_INNER = 256;
const BLOCK_COLUMNS = 512;

const PACKED_B: usize = 4 * BLOCK_INNER * BLOCK_COLUMNS;
const PACKED_A: usize = 4 * BLOCK_INNER * TILE_ROWS;
const TILE: usize = 4 * TILE_ROWS * TILE_COLUMNS;

/** How many bytes `matmul` needs for itself. */
export function matmulScratch(): usize {
  return PACKED_B + PACKED_A + TILE;
}

/**
 * c = a b, or c += a b, row by row of c; a [rows, inner] and b [inner, columns] lie in memory with any strides, so that
 * a transposed matrix needs no copy.
 */
export function matmul(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  accumulate: bool,
  scratch: usize,
): void {
  const packedA = scratch + PACKED_B;
  const tile = packedA + PACKED_A;
  if (inner == 0 && !accumulate) memory.fill(c, 0, (<usize>rows * columns) << 2);
  for (let j0 = 0; j0 < columns; j0 += BLOCK_COLUMNS) {
    const width = min(BLOCK_COLUMNS, columns - j0);
    for (let k0 = 0; k0 < inner; k0 += BLOCK_INNER) {
      const depth = min(BLOCK_INNER, inner - k0);
      packB(b + ((<usize>k0 * bRow + <usize>j0 * bColumn) << 2), bRow, bColumn, depth, width, scratch);
      const add = accumulate || k0 > 0;
      for (let i = 0; i < rows; i += TILE_ROWS) {
        const height = min(TILE_ROWS, rows - i);
        let left = a + ((<usize>i * aRow + <usize>k0 * aColumn) << 2);
        let leftRow: usize = <usize>aRow << 2;
        let leftColumn: usize = <usize>aColumn << 2;
        if (aColumn != 1) {
          packA(left, leftRow, leftColumn, depth, height, packedA);
          left = packedA;
          leftRow = 4;
          leftColumn = 4 * TILE_ROWS;
        }
        for (let j = 0; j < width; j += TILE_COLUMNS) {
          const panel = scratch + ((<usize>j * depth) << 2);
          const out = c + ((<usize>i * columns + j0 + j) << 2);
          const wide = min(TILE_COLUMNS, width - j);
          if (wide == TILE_COLUMNS) {
            multiplyTile(left, leftRow, leftColumn, panel, out, <usize>columns << 2, depth, height, add);
          } else {
            multiplyTile(left, leftRow, leftColumn, panel, tile, 4 * TILE_COLUMNS, depth, height, false);
            storePart(tile, out, columns, height, wide, add);
          }
        }
      }
    }
  }
}

/** Products of a batch of matrices; a stride of 0 repeats a matrix for each member. */
export function batchMatmul(
  a: usize,
  aBatch: i32,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bBatch: i32,
  bRow: i32,
  bColumn: i32,
  c: usize,
  batch: i32,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
): void {
  for (let i = 0; i < batch; i++) {
    matmul(a, aRow, aColumn, b, bRow, bColumn, c, rows, inner, columns, false, scratch);
    a += <usize>aBatch << 2;
    b += <usize>bBatch << 2;
    c += (<usize>rows * columns) << 2;
  }
}

/** [depth, width] → panels [width / 8][depth][8], zeros beyond the last column. */
function packB(b: usize, row: i32, column: i32, depth: i32, width: i32, to: usize): void {
  const rowBytes = <usize>row << 2;
  const columnBytes = <usize>column << 2;
  for (let j = 0; j < width; j += TILE_COLUMNS) {
    const wide = min(TILE_COLUMNS, width - j);
    const from = b + <usize>j * columnBytes;
    if (wide < TILE_COLUMNS) {
      for (let k = 0; k < depth; k++, to += 32) {
        v128.store(to, i32x4.splat(0));
        v128.store(to, i32x4.splat(0), 16);
        for (let i = 0; i < wide; i++) {
          store<f32>(to + (<usize>i << 2), load<f32>(from + <usize>k * rowBytes + <usize>i * columnBytes));
        }
      }
    } else if (column == 1) {
      let at = from;
      for (let k = 0; k < depth; k++, to += 32, at += rowBytes) {
        v128.store(to, v128.load(at));
        v128.store(to, v128.load(at, 16), 16);
      }
    } else {
      let k = 0;
      if (row == 1) {
        for (; k + 4 <= depth; k += 4) {
          transposeFour(from + (<usize>k << 2), columnBytes, to + (<usize>k << 5), 32);
          transposeFour(from + (<usize>k << 2) + 4 * columnBytes, columnBytes, to + (<usize>k << 5) + 16, 32);
        }
      }
      for (; k < depth; k++) {
        for (let i = 0; i < TILE_COLUMNS; i++) {
          store<f32>(
            to + (<usize>k << 5) + (<usize>i << 2),
            load<f32>(from + <usize>k * rowBytes + <usize>i * columnBytes),
          );
        }
      }
      to += <usize>depth << 5;
    }
  }
}

/** Four rows of four floats, transposed. */
@inline
export function transposeFour(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from + fromRow);
  const x2 = v128.load(from + 2 * fromRow);
  const x3 = v128.load(from + 3 * fromRow);
  const low01 = i32x4.shuffle(x0, x1, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(x0, x1, 2, 6, 3, 7);
  const low23 = i32x4.shuffle(x2, x3, 0, 4, 1, 5);
  const high23 = i32x4.shuffle(x2, x3, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(to + toRow, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(to + 2 * toRow, i64x2.shuffle(high01, high23, 0, 2));
  v128.store(to + 3 * toRow, i64x2.shuffle(high01, high23, 1, 3));
}

/** Up to six rows of a block of a → [depth][6]. */
function packA(a: usize, row: usize, column: usize, depth: i32, height: i32, to: usize): void {
  if (height == TILE_ROWS && row == 4) {
    for (let k = 0; k < depth; k++, a += column, to += 24) {
      v128.store(to, v128.load(a));
      store<u64>(to, load<u64>(a, 16), 16);
    }
    return;
  }
  for (let k = 0; k < depth; k++, a += column, to += 24) {
    for (let i = 0; i < height; i++) store<f32>(to + (<usize>i << 2), load<f32>(a + <usize>i * row));
  }
}

/** A tile of up to 6 × 8 sums; rows that are missing are computed from the first again, and not stored. */
export function multiplyTile(
  a: usize,
  row: usize,
  column: usize,
  panel: usize,
  out: usize,
  outRow: usize,
  depth: i32,
  height: i32,
  add: bool,
): void {
  let a0 = a;
  let a1 = height > 1 ? a0 + row : a0;
  let a2 = height > 2 ? a1 + row : a0;
  let a3 = height > 3 ? a2 + row : a0;
  let a4 = height > 4 ? a3 + row : a0;
  let a5 = height > 5 ? a4 + row : a0;
  let s00 = f32x4.splat(0), s01 = s00;
  let s10 = s00, s11 = s00;
  let s20 = s00, s21 = s00;
  let s30 = s00, s31 = s00;
  let s40 = s00, s41 = s00;
  let s50 = s00, s51 = s00;
  const end = panel + (<usize>depth << 5);
  let x: v128;
  if (height > 3) {
    for (; panel < end; panel += 32) {
      const b0 = v128.load(panel);
      const b1 = v128.load(panel, 16);
      x = v128.load32_splat(a0);
      s00 = multiplyAdd(x, b0, s00);
      s01 = multiplyAdd(x, b1, s01);
      x = v128.load32_splat(a1);
      s10 = multiplyAdd(x, b0, s10);
      s11 = multiplyAdd(x, b1, s11);
      x = v128.load32_splat(a2);
      s20 = multiplyAdd(x, b0, s20);
      s21 = multiplyAdd(x, b1, s21);
      x = v128.load32_splat(a3);
      s30 = multiplyAdd(x, b0, s30);
      s31 = multiplyAdd(x, b1, s31);
      x = v128.load32_splat(a4);
      s40 = multiplyAdd(x, b0, s40);
      s41 = multiplyAdd(x, b1, s41);
      x = v128.load32_splat(a5);
      s50 = multiplyAdd(x, b0, s50);
      s51 = multiplyAdd(x, b1, s51);
      a0 += column;
      a1 += column;
      a2 += column;
      a3 += column;
      a4 += column;
      a5 += column;
    }
  } else {
    for (; panel < end; panel += 32) {
      const b0 = v128.load(panel);
      const b1 = v128.load(panel, 16);
      x = v128.load32_splat(a0);
      s00 = multiplyAdd(x, b0, s00);
      s01 = multiplyAdd(x, b1, s01);
      x = v128.load32_splat(a1);
      s10 = multiplyAdd(x, b0, s10);
      s11 = multiplyAdd(x, b1, s11);
      x = v128.load32_splat(a2);
      s20 = multiplyAdd(x, b0, s20);
      s21 = multiplyAdd(x, b1, s21);
      a0 += column;
      a1 += column;
      a2 += column;
    }
  }
  storeRow(out, s00, s01, add);
  if (height > 1) storeRow(out + outRow, s10, s11, add);
  if (height > 2) storeRow(out + 2 * outRow, s20, s21, add);
  if (height > 3) storeRow(out + 3 * outRow, s30, s31, add);
  if (height > 4) storeRow(out + 4 * outRow, s40, s41, add);
  if (height > 5) storeRow(out + 5 * outRow, s50, s51, add);
}

@inline
function storeRow(out: usize, left: v128, right: v128, add: bool): void {
  v128.store(out, add ? f32x4.add(v128.load(out), left) : left);
  v128.store(out, add ? f32x4.add(v128.load(out, 16), right) : right, 16);
}

/** The tile's first columns, at the right edge of c. */
function storePart(tile: usize, out: usize, columns: i32, height: i32, wide: i32, add: bool): void {
  for (let i = 0; i < height; i++, tile += 32, out += <usize>columns << 2) {
    if (add) {
      for (let j: usize = 0; j < <usize>wide << 2; j += 4) store<f32>(out + j, load<f32>(out + j) + load<f32>(tile + j));
    } else copyFloats(out, tile, wide);
  }
}
