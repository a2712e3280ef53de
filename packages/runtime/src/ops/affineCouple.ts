import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { activationCode } from './activations/wgsl';
import { checkFloat, checkNumber, checkShape, complain } from './check';
import { layRows, mainCode, rowCode } from './kernels/rows';

export interface AffineCoupleOptions {
  /** The way back: `(x − t) / exp(s)`. Default false: `x exp(s) + t`. */
  inverse?: boolean;
  /** Log-scales stay inside ± bound: `s = bound · tanh(raw / bound)`. Default 2; Infinity leaves them as they are. */
  bound?: number;
}

/**
 * Scales and shifts numbers, and says by how much their volume changes: `y = x exp(s) + t`, `logDet = Σ s` over the last
 * dimension; or the way back, `y = (x − t) exp(−s)`, `logDet = −Σ s`. One dispatch on WebGPU, one for all its gradients.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, eq. 7–8.
 *
 * @param x - float32, shape [..., D].
 * @param raw - the log-scales before they are bounded, and behind them the shifts t, as one network makes them: [..., 2 D].
 * @param options.bound - of the log-scale.
 * @returns the numbers, of x's shape, and logDet, shape [...].
 * @throws TypeError when shapes do not fit or the bound is not positive.
 *
 * @example
 * const { value, logDet } = affineCouple(z, raw); // [batch, 4] and [batch, 8]
 * const back = affineCouple(value, raw, { inverse: true });
 */
export function affineCouple(
  x: tf.Tensor,
  raw: tf.Tensor,
  { inverse = false, bound = 2 }: AffineCoupleOptions = {},
): { value: tf.Tensor; logDet: tf.Tensor } {
  checkFloat('affineCouple', 'x', x, 1);
  checkShape('affineCouple', 'raw', raw, [...x.shape.slice(0, -1), 2 * (x.shape.at(-1) as number)]);
  if (!(bound > 0)) complain('affineCouple', 'bound', 'above 0', String(bound));
  if (bound !== Number.POSITIVE_INFINITY) checkNumber('affineCouple', 'bound', bound);
  return forward({ x, raw }, { inverse, bound });
}

interface Attributes {
  inverse: boolean;
  bound: number;
}

/** Log-scales and shifts, [..., D] each. */
const partsOf = (raw: tf.Tensor): [scale: tf.Tensor, shift: tf.Tensor] =>
  tf.split(raw, 2, -1) as [tf.Tensor, tf.Tensor];

/** ±s: what is exponentiated. */
function signedScale(raw: tf.Tensor, { inverse, bound }: Attributes): tf.Tensor {
  const s = bound === Number.POSITIVE_INFINITY ? raw : tf.mul(bound, tf.tanh(tf.div(raw, bound)));
  return inverse ? tf.neg(s) : s;
}

/** WGSL: where the raw scale of a number is (`params.columns` before its shift), `signedScale(raw)` and `steepness(raw)`, ds / draw. */
const scaleCode = ({ inverse, bound }: Attributes) => `
${activationCode('tanh')}
fn rawAt(row: u32, column: u32) -> u32 { return 2u * row * params.columns + column; }
fn signedScale(raw: f32) -> f32 {
  return ${inverse ? '-' : ''}(${bound === Number.POSITIVE_INFINITY ? 'raw' : 'params.bound * activate(raw / params.bound)'});
}
fn steepness(raw: f32) -> f32 {
  return ${bound === Number.POSITIVE_INFINITY ? '1.0' : 'slope(raw / params.bound)'};
}`;

function rowsOf(shape: readonly number[], { bound }: Attributes) {
  const columns = shape.at(-1) as number;
  const rows = sizeOf(shape) / columns;
  const layout = layRows(columns);
  const floats = { alpha: 1, bound: Math.min(bound, 3e38) };
  return { layout, groups: Math.ceil(rows / layout.rows), integers: { rows, columns }, floats };
}

const forward = /* @__PURE__ */ defineOp<'x' | 'raw', 'value' | 'logDet', Attributes>({
  name: 'affineCouple',
  outputs: ({ x }) => ({ value: x, logDet: { shape: x.shape.slice(0, -1), dtype: 'float32' } }),
  compose({ x, raw }, attributes) {
    if (x.size === 0) return { value: x, logDet: tf.zeros(x.shape.slice(0, -1)) };
    const [scale, shift] = partsOf(raw);
    const s = signedScale(scale, attributes);
    const value = attributes.inverse ? tf.mul(tf.sub(x, shift), tf.exp(s)) : tf.add(tf.mul(x, tf.exp(s)), shift);
    return { value, logDet: tf.sum(s, -1) };
  },
  webgpu({ inputs: { x }, attributes }) {
    if (sizeOf(x.shape) === 0) return undefined;
    const { layout, ...rest } = rowsOf(x.shape, attributes);
    return {
      code: `${rowCode(layout)}
${scaleCode(attributes)}
${mainCode(layout)}
  let inside = slot < params.rows;
  var total = 0.0;
  if (inside) {
    for (var c = lane; c < params.columns; c += LANES) {
      let i = slot * params.columns + c;
      let s = signedScale(raw[rawAt(slot, c)]);
      let shift = raw[rawAt(slot, c) + params.columns];
      total += s;
      value[i] = ${attributes.inverse ? '(x[i] - shift) * exp(s)' : 'x[i] * exp(s) + shift'};
    }
  }
  total = rowSum(total, local);
  if (inside && lane == 0u) { logDet[slot] = total; }
}`,
      reads: ['x', 'raw'],
      writes: ['value', 'logDet'],
      ...rest,
    };
  },
  cpu: coupleOnHost,
  wasm: coupleOnHost,
  grad: {
    saves: ['x', 'raw'],
    of({ value: dValue, logDet: dLogDet }, { x, raw }, attributes) {
      const { dx, dRaw } = backward({ x, raw, dValue, dLogDet }, attributes);
      return { x: () => dx, raw: () => dRaw };
    },
  },
});

/** Forth: dx = dy eˢ, dt = dy, ds = dy x eˢ + dLogDet. Back: dx = dy e⁻ˢ, dt = −dx, −ds = dx (x − t) + dLogDet. */
const backward = /* @__PURE__ */ defineOp<'x' | 'raw' | 'dValue' | 'dLogDet', 'dx' | 'dRaw', Attributes>({
  name: 'affineCoupleGrad',
  outputs: ({ x, raw }) => ({ dx: x, dRaw: raw }),
  compose({ x, raw, dValue, dLogDet }, attributes) {
    const { inverse, bound } = attributes;
    if (x.size === 0) return { dx: x, dRaw: raw };
    const [scale, shift] = partsOf(raw);
    const dx = tf.mul(dValue, tf.exp(signedScale(scale, attributes)));
    const along = tf.add(tf.mul(dx, inverse ? tf.sub(x, shift) : x), tf.expandDims(dLogDet, -1));
    const steepness =
      bound === Number.POSITIVE_INFINITY ? tf.onesLike(scale) : tf.sub(1, tf.square(tf.tanh(tf.div(scale, bound))));
    const dScale = tf.mul(inverse ? tf.neg(along) : along, steepness);
    return { dx, dRaw: tf.concat([dScale, inverse ? tf.neg(dx) : dValue], -1) };
  },
  webgpu({ inputs: { x }, attributes }) {
    if (sizeOf(x.shape) === 0) return undefined;
    const { inverse } = attributes;
    const { integers, floats } = rowsOf(x.shape, attributes);
    return {
      code: `${scaleCode(attributes)}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * 256u + local;
  if (i >= params.rows * params.columns) { return; }
  let row = i / params.columns;
  let at = rawAt(row, i % params.columns);
  let d = dValue[i] * exp(signedScale(raw[at]));
  dx[i] = d;
  dRaw[at + params.columns] = ${inverse ? '-d' : 'dValue[i]'};
  let along = d * (x[i]${inverse ? ' - raw[at + params.columns]' : ''}) + dLogDet[row];
  dRaw[at] = ${inverse ? '-' : ''}along * steepness(raw[at]);
}`,
      reads: ['x', 'raw', 'dValue', 'dLogDet'],
      writes: ['dx', 'dRaw'],
      groups: Math.ceil(sizeOf(x.shape) / 256),
      integers,
      floats,
    };
  },
  cpu: coupleGradientOnHost,
  wasm: coupleGradientOnHost,
});

/** s and ds / draw. */
function boundedScale(raw: number, bound: number): [scale: number, steepness: number] {
  if (bound === Number.POSITIVE_INFINITY) return [raw, 1];
  const t = Math.tanh(raw / bound);
  return [bound * t, 1 - t * t];
}

function coupleOnHost({
  inputs: { x, raw },
  outputs: { value, logDet },
  attributes: { inverse, bound },
}: HostCall<'x' | 'raw', 'value' | 'logDet', Attributes>): void {
  const columns = x.length / logDet.length;
  for (let row = 0, i = 0; row < logDet.length; row++) {
    let sum = 0;
    for (let c = 0; c < columns; c++, i++) {
      const at = 2 * row * columns + c;
      const [s] = boundedScale(raw[at] as number, bound);
      sum += inverse ? -s : s;
      const [from, t] = [x[i] as number, raw[at + columns] as number];
      value[i] = inverse ? (from - t) * Math.exp(-s) : from * Math.exp(s) + t;
    }
    logDet[row] = sum;
  }
}

function coupleGradientOnHost({
  inputs: { x, raw, dValue, dLogDet },
  outputs: { dx, dRaw },
  attributes: { inverse, bound },
}: HostCall<'x' | 'raw' | 'dValue' | 'dLogDet', 'dx' | 'dRaw', Attributes>): void {
  const columns = x.length / dLogDet.length;
  const sign = inverse ? -1 : 1;
  for (let row = 0, i = 0; row < dLogDet.length; row++) {
    for (let c = 0; c < columns; c++, i++) {
      const at = 2 * row * columns + c;
      const [s, steepness] = boundedScale(raw[at] as number, bound);
      const dy = dValue[i] as number;
      const d = dy * Math.exp(sign * s);
      dx[i] = d;
      const from = inverse ? (x[i] as number) - (raw[at + columns] as number) : (x[i] as number);
      dRaw[at] = sign * (d * from + (dLogDet[row] as number)) * steepness;
      dRaw[at + columns] = inverse ? -d : dy;
    }
  }
}
