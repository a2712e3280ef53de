/**
 * What is computed down the columns of a matrix [rows, columns]: biases' gradients, a batch norm's statistics. Sums are
 * made in float64, so that many numbers can be added; sixteen columns at a time, a line of the cache.
 */

/** out[c] = Σᵣ x[r, c]. */
export function columnSums(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  let c = 0;
  for (; c + 8 <= columns; c += 8) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let at = x + (<usize>c << 2);
    for (let r = 0; r < rows; r++, at += stride) {
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v128.load64_zero(at)));
      s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
      s2 = f64x2.add(s2, f64x2.promote_low_f32x4(v128.load64_zero(at, 16)));
      s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.load64_zero(at, 24)));
    }
    const to = out + (<usize>c << 2);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(s0), 0);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(s1), 0, 8);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(s2), 0, 16);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(s3), 0, 24);
  }
  for (; c < columns; c++) {
    let sum: f64 = 0;
    let at = x + (<usize>c << 2);
    for (let r = 0; r < rows; r++, at += stride) sum += <f64>load<f32>(at);
    store<f32>(out + (<usize>c << 2), <f32>sum);
  }
}

/** mean[c], what its rounding to float32 left over, and variance[c] = mean of (x − mean)², in one walk. */
export function columnMoments(x: usize, mean: usize, rest: usize, variance: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  const count = <f64>rows;
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    let s0 = f64x2.splat(0), s1 = s0, q0 = s0, q1 = s0;
    let at = x + (<usize>c << 2);
    for (let r = 0; r < rows; r++, at += stride) {
      const x0 = f64x2.promote_low_f32x4(v128.load64_zero(at));
      const x1 = f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
      s0 = f64x2.add(s0, x0);
      s1 = f64x2.add(s1, x1);
      q0 = f64x2.add(q0, f64x2.mul(x0, x0));
      q1 = f64x2.add(q1, f64x2.mul(x1, x1));
    }
    const to = <usize>c << 2;
    storeMoments(mean + to, rest + to, variance + to, f64x2.extract_lane(s0, 0), f64x2.extract_lane(q0, 0), count);
    storeMoments(mean + to + 4, rest + to + 4, variance + to + 4, f64x2.extract_lane(s0, 1), f64x2.extract_lane(q0, 1), count);
    storeMoments(mean + to + 8, rest + to + 8, variance + to + 8, f64x2.extract_lane(s1, 0), f64x2.extract_lane(q1, 0), count);
    storeMoments(mean + to + 12, rest + to + 12, variance + to + 12, f64x2.extract_lane(s1, 1), f64x2.extract_lane(q1, 1), count);
  }
  for (; c < columns; c++) {
    let sum: f64 = 0;
    let squares: f64 = 0;
    const to = <usize>c << 2;
    let at = x + to;
    for (let r = 0; r < rows; r++, at += stride) {
      const value = <f64>load<f32>(at);
      sum += value;
      squares += value * value;
    }
    storeMoments(mean + to, rest + to, variance + to, sum, squares, count);
  }
}

function storeMoments(mean: usize, rest: usize, variance: usize, sum: f64, squares: f64, count: f64): void {
  const exact = sum / count;
  const rounded = <f32>exact;
  store<f32>(mean, rounded);
  store<f32>(rest, <f32>(exact - <f64>rounded));
  store<f32>(variance, <f32>max(0, squares / count - exact * exact));
}
