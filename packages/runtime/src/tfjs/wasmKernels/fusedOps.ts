import * as tf from '@tensorflow/tfjs-core';
import type { HostCall } from '../ops/hostKernel';
import { scratchWithin } from './scratch';
import { activationKinds, type Simd, simd } from './simd';
import type { WasmBackend } from './wasmBackend';

/**
 * Fused ops in SIMD loops. Each takes what an op's kernel on typed arrays is given, views of the heap, and says whether it did
 * the work; else the kernel in JavaScript does.
 */

interface Activating {
  activation: keyof typeof activationKinds;
  alpha: number;
}

/** y = f(x + bias). */
export function biasActivationInSimd(call: HostCall<'x' | 'bias', 'y', Activating>): boolean {
  const loops = simd();
  const { x, bias } = call.inputs;
  if (!loops) return false;
  const { activation, alpha } = call.attributes;
  const columns = bias?.length ?? x.length;
  const rows = columns === 0 ? 0 : x.length / columns;
  const { y } = call.outputs;
  loops.activate(activationKinds[activation], x.byteOffset, bias?.byteOffset ?? 0, y.byteOffset, rows, columns, alpha);
  return true;
}

/** dx = dy f′(x + bias), and its sums down the columns. */
export function biasActivationGradientInSimd(call: HostCall<'x' | 'bias' | 'dy', 'dx' | 'dBias', Activating>): boolean {
  const loops = simd();
  if (!loops) return false;
  const { x, bias, dy } = call.inputs;
  const { dx, dBias } = call.outputs;
  const { activation, alpha } = call.attributes;
  const columns = bias?.length ?? x.length;
  const rows = columns === 0 ? 0 : x.length / columns;
  const [kind, to] = [activationKinds[activation], dx.byteOffset];
  loops.activateGradient(kind, dy.byteOffset, x.byteOffset, bias?.byteOffset ?? 0, to, rows, columns, alpha);
  if (dBias) loops.columnSums(to, dBias.byteOffset, rows, columns);
  return true;
}

interface Normalizing {
  epsilon: number;
}

interface Norm extends Normalizing, Activating {}

type BatchNorm = HostCall<'x' | 'gamma' | 'beta' | 'residual', 'y' | 'mean' | 'variance', Norm>;

/** y = f((x − mean) / √(variance + ε) · gamma + beta + residual) down the columns, with the batch's own statistics. */
export function batchNormInSimd({ inputs, outputs, attributes }: BatchNorm): boolean {
  const { x, gamma, beta, residual } = inputs;
  const { y, mean, variance } = outputs;
  const columns = mean.length;
  const at = startOf(columns, x.length, 3);
  if (!at) return false;
  const { loops, rows, vectors } = at;
  const [rests, scales, shifts] = vectors as [Float32Array, Float32Array, Float32Array];
  loops.columnMoments(x.byteOffset, mean.byteOffset, rests.byteOffset, variance.byteOffset, rows, columns);
  for (let c = 0; c < columns; c++) {
    const scale = (gamma?.[c] ?? 1) / Math.sqrt((variance[c] as number) + attributes.epsilon);
    scales[c] = scale;
    shifts[c] = (beta?.[c] ?? 0) - (rests[c] as number) * scale;
  }
  const kind = activationKinds[attributes.activation];
  const [from, middles, beside] = [x.byteOffset, mean.byteOffset, residual?.byteOffset ?? 0];
  const [factors, offsets, to] = [scales.byteOffset, shifts.byteOffset, y.byteOffset];
  loops.affine(kind, from, middles, factors, offsets, beside, to, rows, columns, attributes.alpha);
  return true;
}

type BatchNormGradient = HostCall<
  'x' | 'gamma' | 'beta' | 'residual' | 'dy' | 'mean' | 'variance',
  'dx' | 'dz' | 'dGamma' | 'dBeta',
  Norm
>;

/** dz = dy f′(z); dx = gamma · inverse · (dz − (dBeta + normal · dGamma) / rows), with normal = (x − mean) · inverse. */
export function batchNormGradientInSimd({ inputs, outputs, attributes }: BatchNormGradient): boolean {
  const { x, gamma, beta, residual, dy, mean, variance } = inputs;
  const { dx, dz = dy, dGamma, dBeta } = outputs;
  const columns = mean.length;
  // Three vectors, and two sums in float64 for each column.
  const at = startOf(columns, x.length, 7);
  if (!at) return false;
  const { loops, rows, vectors } = at;
  const [work, a, b, d] = [0, 4, 5, 6].map((i) => vectors[i]) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let c = 0; c < columns; c++) {
    a[c] = (gamma?.[c] ?? 1) / Math.sqrt((variance[c] as number) + attributes.epsilon);
    b[c] = beta?.[c] ?? 0;
  }
  loops.affineGradient(
    ...[activationKinds[attributes.activation], dy.byteOffset, x.byteOffset, mean.byteOffset],
    ...[a.byteOffset, b.byteOffset, residual?.byteOffset ?? 0, dz.byteOffset, dBeta.byteOffset, dGamma.byteOffset],
    ...[rows, columns, attributes.alpha, work.byteOffset],
  );
  for (let c = 0; c < columns; c++) {
    const inverse = 1 / Math.sqrt((variance[c] as number) + attributes.epsilon);
    const product = (dGamma[c] as number) * inverse;
    dGamma[c] = product;
    b[c] = (-(a[c] as number) * inverse * product) / rows;
    d[c] = (-(a[c] as number) * (dBeta[c] as number)) / rows;
  }
  const [p, q, r] = [a.byteOffset, b.byteOffset, d.byteOffset];
  loops.mixColumns(dz.byteOffset, p, x.byteOffset, mean.byteOffset, q, r, dx.byteOffset, rows, columns);
  return true;
}

interface LayerNorm extends Normalizing {
  places: number;
  groups: number;
  width: number;
  centered: boolean;
}

/** Each row by itself, about its mean; other norms are left to the kernel in JavaScript. */
const isLayerNorm = ({ places, groups, centered }: LayerNorm) => places === 1 && groups === 1 && centered;

/** y = (x − mean) / √(variance + ε) · gamma + beta along each row. */
export function layerNormInSimd({
  inputs,
  outputs,
  attributes,
}: HostCall<'x' | 'gamma' | 'beta', 'y', LayerNorm>): boolean {
  const { x, gamma, beta } = inputs;
  const { width, epsilon } = attributes;
  const at = isLayerNorm(attributes) && startOf(width, x.length, 2);
  if (!at) return false;
  const { loops, rows, vectors } = at;
  const [ones, zeros] = vectors as [Float32Array, Float32Array];
  const scale = gamma ?? ones.fill(1);
  const shift = beta ?? zeros.fill(0);
  loops.layerNorm(x.byteOffset, scale.byteOffset, shift.byteOffset, outputs.y.byteOffset, rows, width, epsilon);
  return true;
}

type LayerNormGradient = HostCall<'x' | 'gamma' | 'dy', 'dx' | 'dGamma' | 'dBeta', LayerNorm>;

export function layerNormGradientInSimd({ inputs, outputs, attributes }: LayerNormGradient): boolean {
  const { x, gamma, dy } = inputs;
  const { width, epsilon } = attributes;
  const at = isLayerNorm(attributes) && startOf(width, x.length, 3);
  if (!at) return false;
  const { loops, rows, vectors } = at;
  const [ones, unasked, neither] = vectors as [Float32Array, Float32Array, Float32Array];
  const scale = (gamma ?? ones.fill(1)).byteOffset;
  const [dGamma, dBeta] = [(outputs.dGamma ?? unasked).byteOffset, (outputs.dBeta ?? neither).byteOffset];
  loops.layerNormGradient(
    dy.byteOffset,
    x.byteOffset,
    scale,
    outputs.dx.byteOffset,
    dGamma,
    dBeta,
    rows,
    width,
    epsilon,
  );
  return true;
}

/** The loops, and vectors for the columns where they can read them; undefined where there is no SIMD, or nothing to do. */
function startOf(
  columns: number,
  size: number,
  count: number,
): { loops: Simd; rows: number; vectors: Float32Array[] } | undefined {
  const backend = tf.backend() as unknown as WasmBackend;
  const loops = simd(backend);
  const start = scratchWithin(backend, 4 * count * columns);
  if (!loops || start === undefined || size === 0) return undefined;
  const { buffer } = backend.wasm.HEAPU8;
  const vectors = Array.from({ length: count }, (_, i) => new Float32Array(buffer, start + 4 * i * columns, columns));
  return { loops, rows: size / columns, vectors };
}
