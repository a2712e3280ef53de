/** Four floats at a time: what all loops are made of. */

/** a · b + c, rounded once where the machine has it (relaxed SIMD), else twice. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

@inline
export function sumOfLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** `count` floats (1 to 3) at an address, zeros behind them: the end of a row. */
@inline
export function loadSome(at: usize, count: i32): v128 {
  let x = v128.load32_zero(at);
  if (count > 1) x = f32x4.replace_lane(x, 1, load<f32>(at, 4));
  if (count > 2) x = f32x4.replace_lane(x, 2, load<f32>(at, 8));
  return x;
}

@inline
export function storeSome(at: usize, x: v128, count: i32): void {
  store<f32>(at, f32x4.extract_lane(x, 0));
  if (count > 1) store<f32>(at, f32x4.extract_lane(x, 1), 4);
  if (count > 2) store<f32>(at, f32x4.extract_lane(x, 2), 8);
}

/** Copies floats that do not overlap. */
@inline
export function copyFloats(to: usize, from: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4, to += 16, from += 16) v128.store(to, v128.load(from));
  for (; i < count; i++, to += 4, from += 4) store<f32>(to, load<f32>(from));
}

@inline
export function addFloats(to: usize, from: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4, to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  for (; i < count; i++, to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}

/** eˣ to 2 units in the last place: x = n ln 2 + r, eʳ a polynomial on |r| ≤ ln 2 / 2, times 2ⁿ. Beyond float32: 0, ∞. */
export function exponential(x: v128): v128 {
  const within = f32x4.max(f32x4.min(x, f32x4.splat(88.3762626)), f32x4.splat(-87.3365447));
  const n = f32x4.nearest(f32x4.mul(within, f32x4.splat(1.44269504)));
  let r = f32x4.sub(within, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  const inside = v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(-87.3365447)));
  return v128.bitselect(f32x4.splat(Infinity), inside, f32x4.gt(x, f32x4.splat(88.3762626)));
}
