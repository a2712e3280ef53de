import { apply, slope } from './activations';
import { loadSome, multiplyAdd, storeSome } from './vectors';

/**
 * What follows a convolution, in one walk: y = f((x − mean) · scale + shift + residual) for a matrix [rows, columns], vectors
 * down its columns and a residual of its size (0: none); y may be x. Kinds as in `activate`.
 */
export function affine(
  kind: i32,
  x: usize,
  mean: usize,
  scale: usize,
  shift: usize,
  residual: usize,
  y: usize,
  rows: i32,
  columns: i32,
  alpha: f32,
): void {
  const whole = columns & ~3;
  const rest = columns & 3;
  for (let r = 0; r < rows; r++) {
    let c: usize = 0;
    for (; c < <usize>whole << 2; c += 16) {
      let z = multiplyAdd(
        f32x4.sub(v128.load(x), v128.load(mean + c)),
        v128.load(scale + c),
        v128.load(shift + c),
      );
      if (residual) {
        z = f32x4.add(z, v128.load(residual));
        residual += 16;
      }
      v128.store(y, activated(kind, z, alpha));
      x += 16;
      y += 16;
    }
    if (rest) {
      let z = multiplyAdd(
        f32x4.sub(loadSome(x, rest), loadSome(mean + c, rest)),
        loadSome(scale + c, rest),
        loadSome(shift + c, rest),
      );
      if (residual) {
        z = f32x4.add(z, loadSome(residual, rest));
        residual += <usize>rest << 2;
      }
      storeSome(y, activated(kind, z, alpha), rest);
      x += <usize>rest << 2;
      y += <usize>rest << 2;
    }
  }
}

/** The cheap ones, which nearly every network has, without a call. */
@inline
function activated(kind: i32, z: v128, alpha: f32): v128 {
  if (kind == 1) return f32x4.max(z, f32x4.splat(0));
  return kind == 0 ? z : apply(kind, z, alpha);
}

/**
 * Its gradient: dz = dy · f′(z); and over the rows sums = Σ dz and dots = Σ dz (x − mean), added up in float64 in `work`, of
 * 16 bytes a column.
 */
export function affineGradient(
  kind: i32,
  dy: usize,
  x: usize,
  mean: usize,
  scale: usize,
  shift: usize,
  residual: usize,
  dz: usize,
  sums: usize,
  dots: usize,
  rows: i32,
  columns: i32,
  alpha: f32,
  work: usize,
): void {
  memory.fill(work, 0, <usize>columns << 4);
  const whole = columns & ~3;
  const rest = columns & 3;
  for (let r = 0; r < rows; r++) {
    let c: usize = 0;
    let totals = work;
    for (; c < <usize>whole << 2; c += 16, totals += 64) {
      const away = f32x4.sub(v128.load(x), v128.load(mean + c));
      let d = v128.load(dy);
      if (kind) {
        let z = multiplyAdd(away, v128.load(scale + c), v128.load(shift + c));
        if (residual) z = f32x4.add(z, v128.load(residual));
        d = f32x4.mul(d, sloped(kind, z, alpha));
        v128.store(dz, d);
        if (residual) residual += 16;
        dz += 16;
      }
      const along = f32x4.mul(d, away);
      addTo(totals, d);
      addTo(totals + 32, along);
      x += 16;
      dy += 16;
    }
    if (rest) {
      const away = f32x4.sub(loadSome(x, rest), loadSome(mean + c, rest));
      let d = loadSome(dy, rest);
      if (kind) {
        let z = multiplyAdd(away, loadSome(scale + c, rest), loadSome(shift + c, rest));
        if (residual) z = f32x4.add(z, loadSome(residual, rest));
        d = f32x4.mul(d, sloped(kind, z, alpha));
        storeSome(dz, d, rest);
        if (residual) residual += <usize>rest << 2;
        dz += <usize>rest << 2;
      }
      const along = f32x4.mul(d, away);
      for (let i = 0; i < rest; i++) {
        const at = totals + (<usize>i << 4);
        store<f64>(at, load<f64>(at) + <f64>laneOf(d, i));
        store<f64>(at, load<f64>(at, 8) + <f64>laneOf(along, i), 8);
      }
      x += <usize>rest << 2;
      dy += <usize>rest << 2;
    }
  }
  // Four columns lie as four sums and four dots; the rest in pairs.
  for (let c = 0; c < columns; c++) {
    const isWhole = c < whole;
    const at = work + (isWhole ? (<usize>(c >> 2) << 6) + (<usize>(c & 3) << 3) : <usize>c << 4);
    store<f32>(sums + (<usize>c << 2), <f32>load<f64>(at));
    store<f32>(dots + (<usize>c << 2), <f32>load<f64>(at + (isWhole ? 32 : 8)));
  }
}

@inline
function sloped(kind: i32, z: v128, alpha: f32): v128 {
  if (kind == 1) return v128.and(f32x4.splat(1), f32x4.gt(z, f32x4.splat(0)));
  return slope(kind, z, alpha);
}

@inline
function addTo(totals: usize, x: v128): void {
  v128.store(totals, f64x2.add(v128.load(totals), f64x2.promote_low_f32x4(x)));
  v128.store(totals, f64x2.add(v128.load(totals, 16), f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1))), 16);
}

@inline
function laneOf(x: v128, i: i32): f32 {
  if (i == 0) return f32x4.extract_lane(x, 0);
  return i == 1 ? f32x4.extract_lane(x, 1) : f32x4.extract_lane(x, 2);
}
