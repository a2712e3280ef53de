import { sumOfLanes } from './vectors';

/** What is computed along the rows of a matrix [rows, columns]. */

/** What along a row is normalized by: its mean, in two parts so that a large one costs no digits, and 1/√(variance + ε). */
@inline
function meanOf(x: usize, columns: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    const at = x + (<usize>c << 2);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v128.load64_zero(at)));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
  }
  s0 = f64x2.add(s0, s1);
  let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (; c < columns; c++) sum += <f64>load<f32>(x + (<usize>c << 2));
  return sum / <f64>columns;
}

@inline
function inverseOf(x: usize, mean: f32, rest: f32, columns: i32, epsilon: f32): f32 {
  let sums = f32x4.splat(0);
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    const away = f32x4.sub(f32x4.sub(v128.load(x + (<usize>c << 2)), f32x4.splat(mean)), f32x4.splat(rest));
    sums = f32x4.add(sums, f32x4.mul(away, away));
  }
  let sum = sumOfLanes(sums);
  for (; c < columns; c++) {
    const away = load<f32>(x + (<usize>c << 2)) - mean - rest;
    sum += away * away;
  }
  return 1 / sqrt<f32>(sum / <f32>columns + epsilon);
}

/** y = (x − mean) / √(variance + ε) · gamma + beta along each row. */
export function layerNorm(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
): void {
  const stride = <usize>columns << 2;
  for (let r = 0; r < rows; r++, x += stride, y += stride) {
    const exact = meanOf(x, columns);
    const mean = <f32>exact;
    const rest = <f32>(exact - <f64>mean);
    const inverse = inverseOf(x, mean, rest, columns, epsilon);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      const away = f32x4.sub(f32x4.sub(v128.load(x + at), f32x4.splat(mean)), f32x4.splat(rest));
      const unit = f32x4.mul(away, f32x4.splat(inverse));
      v128.store(y + at, f32x4.add(f32x4.mul(unit, v128.load(gamma + at)), v128.load(beta + at)));
    }
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      const unit = (load<f32>(x + at) - mean - rest) * inverse;
      store<f32>(y + at, unit * load<f32>(gamma + at) + load<f32>(beta + at));
    }
  }
}

/**
 * With u = (x − mean) · inverse and h = dy · gamma, along each row: dx = inverse (h − mean h − u mean(h u)); down the
 * columns: dGamma = Σ dy u, dBeta = Σ dy.
 */
export function layerNormGradient(
  dy: usize,
  x: usize,
  gamma: usize,
  dx: usize,
  dGamma: usize,
  dBeta: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
): void {
  const stride = <usize>columns << 2;
  memory.fill(dGamma, 0, stride);
  memory.fill(dBeta, 0, stride);
  for (let r = 0; r < rows; r++, x += stride, dy += stride, dx += stride) {
    const exact = meanOf(x, columns);
    const mean = <f32>exact;
    const rest = <f32>(exact - <f64>mean);
    const inverse = inverseOf(x, mean, rest, columns, epsilon);
    let sums = f32x4.splat(0);
    let dots = sums;
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      const away = f32x4.sub(f32x4.sub(v128.load(x + at), f32x4.splat(mean)), f32x4.splat(rest));
      const unit = f32x4.mul(away, f32x4.splat(inverse));
      const above = v128.load(dy + at);
      const h = f32x4.mul(above, v128.load(gamma + at));
      sums = f32x4.add(sums, h);
      dots = f32x4.add(dots, f32x4.mul(h, unit));
      v128.store(dGamma + at, f32x4.add(v128.load(dGamma + at), f32x4.mul(above, unit)));
      v128.store(dBeta + at, f32x4.add(v128.load(dBeta + at), above));
    }
    let sum = sumOfLanes(sums);
    let dot = sumOfLanes(dots);
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      const unit = (load<f32>(x + at) - mean - rest) * inverse;
      const above = load<f32>(dy + at);
      const h = above * load<f32>(gamma + at);
      sum += h;
      dot += h * unit;
      store<f32>(dGamma + at, load<f32>(dGamma + at) + above * unit);
      store<f32>(dBeta + at, load<f32>(dBeta + at) + above);
    }
    sum /= <f32>columns;
    dot /= <f32>columns;
    for (c = 0; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      const away = f32x4.sub(f32x4.sub(v128.load(x + at), f32x4.splat(mean)), f32x4.splat(rest));
      const unit = f32x4.mul(away, f32x4.splat(inverse));
      const h = f32x4.mul(v128.load(dy + at), v128.load(gamma + at));
      const left = f32x4.sub(f32x4.sub(h, f32x4.splat(sum)), f32x4.mul(unit, f32x4.splat(dot)));
      v128.store(dx + at, f32x4.mul(left, f32x4.splat(inverse)));
    }
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      const unit = (load<f32>(x + at) - mean - rest) * inverse;
      store<f32>(dx + at, (load<f32>(dy + at) * load<f32>(gamma + at) - sum - unit * dot) * inverse);
    }
  }
}

/** out[ids[r]] += x[r], rows of `columns` numbers; ids outside [0, segments) are left out. `out` is cleared first. */
export function segmentSums(x: usize, ids: usize, out: usize, rows: i32, columns: i32, segments: i32): void {
  const stride = <usize>columns << 2;
  memory.fill(out, 0, <usize>segments * stride);
  for (let r = 0; r < rows; r++, x += stride) {
    const id = load<i32>(ids + (<usize>r << 2));
    if (id < 0 || id >= segments) continue;
    const to = out + <usize>id * stride;
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(x + at)));
    }
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      store<f32>(to + at, load<f32>(to + at) + load<f32>(x + at));
    }
  }
}
