import { transposeFour } from './matmul';
import { exponential, loadSome, maximumOfLanes, storeSome, sumOfLanes } from './vectors';

/** What is computed along the rows of a matrix [rows, columns]. */

/**
 * Softmax cross-entropy of logits and its gradient in one walk:
 * losses[r] = Σ_c labels[r, c] (log Σ_k exp x[r, k] − x[r, c]), gradient = (Σ labels) softmax(x) − labels.
 */
export function softmaxCrossEntropy(
  x: usize,
  labels: usize,
  losses: usize,
  gradient: usize,
  rows: i32,
  columns: i32,
): void {
  const stride = <usize>columns << 2;
  for (let r = 0; r < rows; r++, x += stride, labels += stride, gradient += stride) {
    const top = maximumOfRow(x, columns);
    const total = exponentialsOfRow(x, gradient, top, columns);
    const log = top + <f32>Math.log(<f64>total);
    let mass: f32 = 0;
    let loss: f32 = 0;
    for (let c = 0; c < columns; c++) {
      const label = load<f32>(labels + (<usize>c << 2));
      mass += label;
      // A label of 0 adds nothing, also where the logit is −∞.
      if (label != 0) loss += label * (log - load<f32>(x + (<usize>c << 2)));
    }
    store<f32>(losses + (<usize>r << 2), loss);
    const factor = mass / total;
    for (let c = 0; c < columns; c++) {
      const at = gradient + (<usize>c << 2);
      store<f32>(at, load<f32>(at) * factor - load<f32>(labels + (<usize>c << 2)));
    }
  }
}

@inline
function maximumOfRow(x: usize, columns: i32): f32 {
  let best: f32 = -Infinity;
  let c = 0;
  if (columns >= 4) {
    let four = v128.load(x);
    for (c = 4; c + 4 <= columns; c += 4) four = f32x4.max(four, v128.load(x + (<usize>c << 2)));
    best = maximumOfLanes(four);
  }
  for (; c < columns; c++) best = max(best, load<f32>(x + (<usize>c << 2)));
  return best;
}

/** out = exp(x − top); returns the sum. */
@inline
function exponentialsOfRow(x: usize, out: usize, top: f32, columns: i32): f32 {
  const most = f32x4.splat(top);
  let sums = f32x4.splat(0);
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    const power = exponential(f32x4.sub(v128.load(x + (<usize>c << 2)), most));
    v128.store(out + (<usize>c << 2), power);
    sums = f32x4.add(sums, power);
  }
  let total = sumOfLanes(sums);
  if (c < columns) {
    const rest = columns - c;
    const power = exponential(f32x4.sub(loadSome(x + (<usize>c << 2), rest), most));
    storeSome(out + (<usize>c << 2), power, rest);
    total += f32x4.extract_lane(power, 0);
    if (rest > 1) total += f32x4.extract_lane(power, 1);
    if (rest > 2) total += f32x4.extract_lane(power, 2);
  }
  return total;
}

/** y = (x − mean) / √(variance + ε) · gamma + beta along each row; keeps the means and the inverse deviations. */
export function layerNorm(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  means: usize,
  inverses: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
): void {
  const stride = <usize>columns << 2;
  for (let r = 0; r < rows; r++, x += stride, y += stride) {
    let sums = f32x4.splat(0);
    let c = 0;
    for (; c + 4 <= columns; c += 4) sums = f32x4.add(sums, v128.load(x + (<usize>c << 2)));
    let sum = sumOfLanes(sums);
    for (; c < columns; c++) sum += load<f32>(x + (<usize>c << 2));
    const mean = sum / <f32>columns;

    sums = f32x4.splat(0);
    for (c = 0; c + 4 <= columns; c += 4) {
      const away = f32x4.sub(v128.load(x + (<usize>c << 2)), f32x4.splat(mean));
      sums = f32x4.add(sums, f32x4.mul(away, away));
    }
    sum = sumOfLanes(sums);
    for (; c < columns; c++) {
      const away = load<f32>(x + (<usize>c << 2)) - mean;
      sum += away * away;
    }
    const inverse: f32 = 1 / sqrt<f32>(sum / <f32>columns + epsilon);
    store<f32>(means + (<usize>r << 2), mean);
    store<f32>(inverses + (<usize>r << 2), inverse);

    for (c = 0; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), f32x4.splat(mean)), f32x4.splat(inverse));
      v128.store(y + at, f32x4.add(f32x4.mul(unit, v128.load(gamma + at)), v128.load(beta + at)));
    }
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      store<f32>(y + at, (load<f32>(x + at) - mean) * inverse * load<f32>(gamma + at) + load<f32>(beta + at));
    }
  }
}

/**
 * With u = (x − mean) · inverse and h = dy · gamma, along each row: dx = inverse (h − mean h − u mean(h u));
 * down the columns: dGamma = Σ dy u, dBeta = Σ dy.
 */
export function layerNormGradient(
  dy: usize,
  x: usize,
  gamma: usize,
  means: usize,
  inverses: usize,
  dx: usize,
  dGamma: usize,
  dBeta: usize,
  rows: i32,
  columns: i32,
): void {
  const stride = <usize>columns << 2;
  memory.fill(dGamma, 0, stride);
  memory.fill(dBeta, 0, stride);
  for (let r = 0; r < rows; r++, x += stride, dy += stride, dx += stride) {
    const mean = load<f32>(means + (<usize>r << 2));
    const inverse = load<f32>(inverses + (<usize>r << 2));
    let sums = f32x4.splat(0);
    let dots = sums;
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), f32x4.splat(mean)), f32x4.splat(inverse));
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
      const unit = (load<f32>(x + at) - mean) * inverse;
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
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), f32x4.splat(mean)), f32x4.splat(inverse));
      const h = f32x4.mul(v128.load(dy + at), v128.load(gamma + at));
      const rest = f32x4.sub(f32x4.sub(h, f32x4.splat(sum)), f32x4.mul(unit, f32x4.splat(dot)));
      v128.store(dx + at, f32x4.mul(rest, f32x4.splat(inverse)));
    }
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      const unit = (load<f32>(x + at) - mean) * inverse;
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

/** out [columns, rows] = xᵀ. */
export function transpose(x: usize, out: usize, rows: i32, columns: i32): void {
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    const from = x + (<usize>r * <usize>columns << 2);
    const to = out + (<usize>r << 2);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      transposeFour(from + (<usize>c << 2), <usize>columns << 2, to + (<usize>c * <usize>rows << 2), <usize>rows << 2);
    }
    for (; c < columns; c++) copyColumn(from + (<usize>c << 2), to + (<usize>c * <usize>rows << 2), 4, columns);
  }
  for (let c = 0; c < columns; c++) {
    copyColumn(x + (<usize>(r * columns + c) << 2), out + (<usize>(c * rows + r) << 2), rows - r, columns);
  }
}

@inline
function copyColumn(from: usize, to: usize, count: i32, stride: i32): void {
  for (let i = 0; i < count; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + (<usize>(i * stride) << 2)));
}
