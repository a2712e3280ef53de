import { loadSome, storeSome } from './vectors';

/**
 * out[r, c] = a[r, c] ∘ b[r, c], where a and b may repeat along rows or columns: a step of 0 along a row is one number for
 * the whole of it, a stride of 0 the same row for all. Kinds: 0 add, 1 subtract, 2 multiply, 3 divide, 4 maximum,
 * 5 minimum, 6 squared difference.
 */
export function binary(
  kind: i32,
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  bRow: i32,
  bStep: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  if (kind == 0) walk(0, a, aRow, aStep, b, bRow, bStep, out, rows, columns);
  else if (kind == 1) walk(1, a, aRow, aStep, b, bRow, bStep, out, rows, columns);
  else if (kind == 2) walk(2, a, aRow, aStep, b, bRow, bStep, out, rows, columns);
  else walk(kind, a, aRow, aStep, b, bRow, bStep, out, rows, columns);
}

@inline
function walk(
  kind: i32,
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  bRow: i32,
  bStep: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  for (let r = 0; r < rows; r++) {
    const one = v128.load32_splat(a);
    const other = v128.load32_splat(b);
    let at: usize = 0;
    let rest = columns;
    for (; rest >= 4; rest -= 4, at += 16) {
      const x = aStep ? v128.load(a + at) : one;
      const y = bStep ? v128.load(b + at) : other;
      v128.store(out + at, combine(kind, x, y));
    }
    if (rest > 0) {
      const x = aStep ? loadSome(a + at, rest) : one;
      const y = bStep ? loadSome(b + at, rest) : other;
      storeSome(out + at, combine(kind, x, y), rest);
    }
    a += <usize>aRow << 2;
    b += <usize>bRow << 2;
    out += <usize>columns << 2;
  }
}

@inline
function combine(kind: i32, x: v128, y: v128): v128 {
  switch (kind) {
    case 0:
      return f32x4.add(x, y);
    case 1:
      return f32x4.sub(x, y);
    case 2:
      return f32x4.mul(x, y);
    case 3:
      return f32x4.div(x, y);
    case 4:
      return f32x4.max(x, y);
    case 5:
      return f32x4.min(x, y);
    default: {
      const difference = f32x4.sub(x, y);
      return f32x4.mul(difference, difference);
    }
  }
}
