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
 * @param shift - t, of x's shape.
 * @param rawScale - the log-scale before it is bounded, of x's shape.
 * @param options.bound - of the log-scale.
 * @returns the numbers, of x's shape, and logDet, shape [...].
 * @throws TypeError when shapes differ or the bound is not positive.
 *
 * @example
 * const { value, logDet } = affineCouple(z, shift, rawScale);
 * const back = affineCouple(value, shift, rawScale, { inverse: true });
 */
export function affineCouple(
  x: tf.Tensor,
  shift: tf.Tensor,
  rawScale: tf.Tensor,
  { inverse = false, bound = 2 }: AffineCoupleOptions = {},
): { value: tf.Tensor; logDet: tf.Tensor } {
  checkFloat('affineCouple', 'x', x, 1);
  checkShape('affineCouple', 'shift', shift, x.shape);
  checkShape('affineCouple', 'rawScale', rawScale, x.shape);
  if (!(bound > 0)) complain('affineCouple', 'bound', 'above 0', String(bound));
  if (bound !== Number.POSITIVE_INFINITY) checkNumber('affineCouple', 'bound', bound);
  return forward({ x, shift, raw: rawScale }, { inverse, bound });
}

interface Attributes {
  inverse: boolean;
  bound: number;
}

/** ±s: what is exponentiated. */
function signedScale(raw: tf.Tensor, { inverse, bound }: Attributes): tf.Tensor {
  const s = bound === Number.POSITIVE_INFINITY ? raw : tf.mul(bound, tf.tanh(tf.div(raw, bound)));
  return inverse ? tf.neg(s) : s;
}

/** WGSL: `signedScale(raw)` and `steepness(raw)`, ds / draw. */
const scaleCode = ({ inverse, bound }: Attributes) => `
${activationCode('tanh')}
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

const forward = /* @__PURE__ */ defineOp<'x' | 'shift' | 'raw', 'value' | 'logDet', Attributes>({
  name: 'affineCouple',
  outputs: ({ x }) => ({ value: x, logDet: { shape: x.shape.slice(0, -1), dtype: 'float32' } }),
  compose({ x, shift, raw }, attributes) {
    if (x.size === 0) return { value: x, logDet: tf.zeros(x.shape.slice(0, -1)) };
    const s = signedScale(raw, attributes);
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
      let s = signedScale(raw[i]);
      total += s;
      value[i] = ${attributes.inverse ? '(x[i] - shift[i]) * exp(s)' : 'x[i] * exp(s) + shift[i]'};
    }
  }
  total = rowSum(total, local);
  if (inside && lane == 0u) { logDet[slot] = total; }
}`,
      reads: ['x', 'shift', 'raw'],
      writes: ['value', 'logDet'],
      ...rest,
    };
  },
  cpu: coupleOnHost,
  wasm: coupleOnHost,
  grad: {
    saves: ['x', 'shift', 'raw'],
    of({ value: dValue, logDet: dLogDet }, { x, shift, raw }, attributes) {
      const { dx, dShift, dRaw } = backward({ x, shift, raw, dValue, dLogDet }, attributes);
      return { x: () => dx, shift: () => dShift, raw: () => dRaw };
    },
  },
});

/** Forth: dx = dy eˢ, dt = dy, ds = dy x eˢ + dLogDet. Back: dx = dy e⁻ˢ, dt = −dx, −ds = dx (x − t) + dLogDet. */
const backward = /* @__PURE__ */ defineOp<
  'x' | 'shift' | 'raw' | 'dValue' | 'dLogDet',
  'dx' | 'dShift' | 'dRaw',
  Attributes
>({
  name: 'affineCoupleGrad',
  outputs: ({ x }) => ({ dx: x, dShift: x, dRaw: x }),
  compose({ x, shift, raw, dValue, dLogDet }, attributes) {
    const { inverse, bound } = attributes;
    if (x.size === 0) return { dx: x, dShift: x, dRaw: x };
    const dx = tf.mul(dValue, tf.exp(signedScale(raw, attributes)));
    const along = tf.add(tf.mul(dx, inverse ? tf.sub(x, shift) : x), tf.expandDims(dLogDet, -1));
    const steepness =
      bound === Number.POSITIVE_INFINITY ? tf.onesLike(raw) : tf.sub(1, tf.square(tf.tanh(tf.div(raw, bound))));
    return {
      dx,
      dShift: inverse ? tf.neg(dx) : tf.clone(dValue),
      dRaw: tf.mul(inverse ? tf.neg(along) : along, steepness),
    };
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
  let d = dValue[i] * exp(signedScale(raw[i]));
  dx[i] = d;
  dShift[i] = ${inverse ? '-d' : 'dValue[i]'};
  let along = d * (x[i]${inverse ? ' - shift[i]' : ''}) + dLogDet[i / params.columns];
  dRaw[i] = ${inverse ? '-' : ''}along * steepness(raw[i]);
}`,
      reads: ['x', ...(inverse ? ['shift'] : []), 'raw', 'dValue', 'dLogDet'],
      writes: ['dx', 'dShift', 'dRaw'],
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
  inputs: { x, shift, raw },
  outputs: { value, logDet },
  attributes: { inverse, bound },
}: HostCall<'x' | 'shift' | 'raw', 'value' | 'logDet', Attributes>): void {
  const columns = x.length / logDet.length;
  for (let row = 0, i = 0; row < logDet.length; row++) {
    let sum = 0;
    for (let c = 0; c < columns; c++, i++) {
      const [s] = boundedScale(raw[i] as number, bound);
      sum += inverse ? -s : s;
      const [from, t] = [x[i] as number, shift[i] as number];
      value[i] = inverse ? (from - t) * Math.exp(-s) : from * Math.exp(s) + t;
    }
    logDet[row] = sum;
  }
}

function coupleGradientOnHost({
  inputs: { x, shift, raw, dValue, dLogDet },
  outputs: { dx, dShift, dRaw },
  attributes: { inverse, bound },
}: HostCall<'x' | 'shift' | 'raw' | 'dValue' | 'dLogDet', 'dx' | 'dShift' | 'dRaw', Attributes>): void {
  const columns = x.length / dLogDet.length;
  const sign = inverse ? -1 : 1;
  for (let row = 0, i = 0; row < dLogDet.length; row++) {
    for (let c = 0; c < columns; c++, i++) {
      const [s, steepness] = boundedScale(raw[i] as number, bound);
      const dy = dValue[i] as number;
      const d = dy * Math.exp(sign * s);
      dx[i] = d;
      dShift[i] = inverse ? -d : dy;
      const from = inverse ? (x[i] as number) - (shift[i] as number) : (x[i] as number);
      dRaw[i] = sign * (d * from + (dLogDet[row] as number)) * steepness;
    }
  }
}
