import { exponential, loadSome, storeSome } from './vectors';

/**
 * y = f(x + bias) and its gradient dx = dy f′(x + bias), for a matrix [rows, columns] and a bias down its columns (0: none).
 *
 * Kinds: 0 linear, 1 relu, 2 leakyRelu (alpha), 3 elu (alpha), 4 selu, 5 sigmoid, 6 tanh, 7 silu, 8 softplus, 9 mish, 10 gelu
 * (the tanh form), 11 gelu (the form of erf), 12 relu6.
 */
export function activate(
  kind: i32,
  x: usize,
  bias: usize,
  y: usize,
  rows: i32,
  columns: i32,
  alpha: f32,
): void {
  // A matrix without a bias is one long row.
  if (bias == 0) {
    columns *= rows;
    rows = 1;
  }
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (let rest = columns; rest > 0; rest -= 4, at += 16) store4(y + at, apply(kind, biased(x, bias, at, rest), alpha), rest);
    x += <usize>columns << 2;
    y += <usize>columns << 2;
  }
}

export function activateGradient(
  kind: i32,
  dy: usize,
  x: usize,
  bias: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  alpha: f32,
): void {
  if (bias == 0) {
    columns *= rows;
    rows = 1;
  }
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (let rest = columns; rest > 0; rest -= 4, at += 16) {
      const above = rest >= 4 ? v128.load(dy + at) : loadSome(dy + at, rest);
      store4(dx + at, f32x4.mul(above, slope(kind, biased(x, bias, at, rest), alpha)), rest);
    }
    x += <usize>columns << 2;
    dy += <usize>columns << 2;
    dx += <usize>columns << 2;
  }
}

@inline
function biased(x: usize, bias: usize, at: usize, rest: i32): v128 {
  const value = rest >= 4 ? v128.load(x + at) : loadSome(x + at, rest);
  if (!bias) return value;
  return f32x4.add(value, rest >= 4 ? v128.load(bias + at) : loadSome(bias + at, rest));
}

@inline
function store4(at: usize, x: v128, rest: i32): void {
  if (rest >= 4) v128.store(at, x);
  else storeSome(at, x, rest);
}

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_ALPHA: f32 = 1.6732632423543772;

@inline
function positive(x: v128): v128 {
  return f32x4.gt(x, f32x4.splat(0));
}

/** eˣ − 1, also for small x: below 1/2 by its series, else by the exponential. */
function exponentialLessOne(x: v128): v128 {
  let p = f32x4.splat(1.9841270e-4);
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.3888889e-3));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(8.3333333e-3));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(4.1666667e-2));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.6666667e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.5));
  const small = f32x4.add(f32x4.mul(p, f32x4.mul(x, x)), x);
  const large = f32x4.sub(exponential(x), f32x4.splat(1));
  return v128.bitselect(small, large, f32x4.lt(f32x4.abs(x), f32x4.splat(0.5)));
}

/** 1 / (1 + e⁻ˣ). */
function logistic(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** tanh |x| = −m / (2 + m) with m = e^(−2|x|) − 1: no digit is lost near 0. */
function hyperbolicTangent(x: v128): v128 {
  const sign = v128.and(x, i32x4.splat(0x80000000));
  const m = exponentialLessOne(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)));
  return v128.or(f32x4.div(f32x4.neg(m), f32x4.add(f32x4.splat(2), m)), sign);
}

/** log(1 + z) for z in [0, 1], as 2 artanh(z / (2 + z)). */
function logOnePlus(z: v128): v128 {
  const s = f32x4.div(z, f32x4.add(f32x4.splat(2), z));
  const q = f32x4.mul(s, s);
  let p = f32x4.splat(1.0 / 13);
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 11));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 9));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 7));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 5));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 3));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1));
  return f32x4.mul(f32x4.add(s, s), p);
}

/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|). */
function softplus(x: v128): v128 {
  const rest = logOnePlus(exponential(f32x4.neg(f32x4.abs(x))));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), rest);
}

/** √(2/π) (x + 0.044715 x³). */
@inline
function geluArgument(x: v128): v128 {
  const cube = f32x4.mul(f32x4.mul(x, x), x);
  return f32x4.mul(f32x4.splat(0.7978845608), f32x4.add(x, f32x4.mul(f32x4.splat(0.044715), cube)));
}

/** erf, to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function errorFunction(x: v128): v128 {
  const one = f32x4.splat(1);
  const size = f32x4.abs(x);
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.splat(0.3275911), size)));
  let p = f32x4.splat(1.061405429);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-1.453152027));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.421413741));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.284496736));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.254829592));
  const tail = f32x4.mul(f32x4.mul(p, t), exponential(f32x4.neg(f32x4.mul(size, size))));
  return v128.or(f32x4.sub(one, tail), v128.and(x, i32x4.splat(0x80000000)));
}

export function apply(kind: i32, x: v128, alpha: f32): v128 {
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  switch (kind) {
    case 1:
      return f32x4.max(x, f32x4.splat(0));
    case 2:
      return v128.bitselect(x, f32x4.mul(x, f32x4.splat(alpha)), positive(x));
    case 3:
      return v128.bitselect(x, f32x4.mul(f32x4.splat(alpha), exponentialLessOne(x)), positive(x));
    case 4:
      return f32x4.mul(
        f32x4.splat(SELU_SCALE),
        v128.bitselect(x, f32x4.mul(f32x4.splat(SELU_ALPHA), exponentialLessOne(x)), positive(x)),
      );
    case 5:
      return logistic(x);
    case 6:
      return hyperbolicTangent(x);
    case 7:
      return f32x4.mul(x, logistic(x));
    case 8:
      return softplus(x);
    case 9:
      return f32x4.mul(x, hyperbolicTangent(softplus(x)));
    case 10:
      return f32x4.mul(f32x4.mul(half, x), f32x4.add(one, hyperbolicTangent(geluArgument(x))));
    case 11:
      return f32x4.mul(f32x4.mul(half, x), f32x4.add(one, errorFunction(f32x4.mul(x, f32x4.splat(0.7071067812)))));
    case 12:
      return f32x4.min(f32x4.max(x, f32x4.splat(0)), f32x4.splat(6));
    default:
      return x;
  }
}

export function slope(kind: i32, x: v128, alpha: f32): v128 {
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  switch (kind) {
    case 1:
      return v128.and(one, positive(x));
    case 2:
      return v128.bitselect(one, f32x4.splat(alpha), positive(x));
    case 3:
      return v128.bitselect(one, f32x4.mul(f32x4.splat(alpha), exponential(x)), positive(x));
    case 4:
      return f32x4.mul(
        f32x4.splat(SELU_SCALE),
        v128.bitselect(one, f32x4.mul(f32x4.splat(SELU_ALPHA), exponential(x)), positive(x)),
      );
    case 5: {
      const s = logistic(x);
      return f32x4.mul(s, f32x4.sub(one, s));
    }
    case 6: {
      const t = hyperbolicTangent(x);
      return f32x4.sub(one, f32x4.mul(t, t));
    }
    case 7: {
      const s = logistic(x);
      return f32x4.mul(s, f32x4.add(one, f32x4.mul(x, f32x4.sub(one, s))));
    }
    case 8:
      return logistic(x);
    case 9: {
      const t = hyperbolicTangent(softplus(x));
      return f32x4.add(t, f32x4.mul(f32x4.mul(x, logistic(x)), f32x4.sub(one, f32x4.mul(t, t))));
    }
    case 10: {
      // Beyond 10 the tangent is 1, and nothing overflows.
      x = f32x4.max(f32x4.min(x, f32x4.splat(10)), f32x4.splat(-10));
      const t = hyperbolicTangent(geluArgument(x));
      const inner = f32x4.mul(
        f32x4.splat(0.7978845608),
        f32x4.add(one, f32x4.mul(f32x4.splat(0.134145), f32x4.mul(x, x))),
      );
      const rest = f32x4.mul(f32x4.mul(x, f32x4.sub(one, f32x4.mul(t, t))), inner);
      return f32x4.mul(half, f32x4.add(f32x4.add(one, t), rest));
    }
    case 11: {
      const normal = f32x4.mul(f32x4.splat(0.3989422804), exponential(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5))));
      const share = f32x4.mul(half, f32x4.add(one, errorFunction(f32x4.mul(x, f32x4.splat(0.7071067812)))));
      return f32x4.add(share, f32x4.mul(x, normal));
    }
    case 12:
      return v128.and(one, v128.and(positive(x), f32x4.lt(x, f32x4.splat(6))));
    default:
      return one;
  }
}
