import * as tf from '@tensorflow/tfjs-core';
import type { HostCall } from '../ops/hostKernel';
import { convolveInSimd, type Sizes } from './convolveInSimd';
import { scratch } from './scratch';
import { activationKinds, simd } from './simd';
import type { WasmBackend } from './wasmBackend';

/**
 * `f((x + bias − mean) / √(variance + ε) · gamma + beta + residual)` in SIMD loops, its gradient, and the convolution before it.
 * Each says whether it did the work.
 */

interface Attributes {
  epsilon: number;
  activation: keyof typeof activationKinds;
  alpha: number;
}
type Names = 'x' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance' | 'residual';

/** Where numbers lie: views are lost when the memory grows, this is not. */
type Place = Pick<Float32Array, 'byteOffset' | 'length'>;
type Places<N extends string> = Readonly<Partial<Record<N, Place>>>;

const placesOf = <N extends string>(numbers: Readonly<Record<N, Place>>): Places<N> =>
  Object.fromEntries(
    Object.entries<Place>(numbers).map(([name, { byteOffset, length }]) => [name, { byteOffset, length }]),
  ) as Places<N>;

/** y = the formula; y may be x. */
export function affineActivationInSimd({ inputs, outputs, attributes }: HostCall<Names, 'y', Attributes>): boolean {
  return affine(placesOf(inputs), placesOf(outputs).y as Place, attributes);
}

/** The same of a convolution of x. */
export function fusedConvolutionInSimd(call: HostCall<Names | 'kernel', 'y', Attributes & Sizes>): boolean {
  const { x: _, kernel: __, ...after } = placesOf(call.inputs);
  const { y } = placesOf(call.outputs) as { y: Place };
  if (!convolveInSimd(call)) return false;
  const isAll = call.attributes.activation === 'linear' && Object.keys(after).length === 0;
  return isAll || affine({ ...after, x: y }, y, call.attributes);
}

function affine(given: Places<Names>, y: Place, { epsilon, activation, alpha }: Attributes): boolean {
  const backend = tf.backend() as unknown as WasmBackend;
  const loops = simd(backend);
  if (!loops) return false;
  const { x, residual } = given as Places<Names> & { x: Place };
  const { bias, gamma, beta, mean, variance } = given;
  const columns = (bias ?? gamma ?? beta ?? mean ?? variance)?.length ?? x.length;
  if (columns === 0) return true;
  const [means, scales, shifts] = [0, 1, 2].map((i) => scratch(backend, 12 * columns) + 4 * columns * i) as [
    number,
    number,
    number,
  ];
  const { buffer } = backend.wasm.HEAPU8;
  const numbers = (at: Place | undefined) => at && new Float32Array(buffer, at.byteOffset, at.length);
  const vector = (pointer: number) => new Float32Array(buffer, pointer, columns);
  const [b, g, t, m, v] = [bias, gamma, beta, mean, variance].map(numbers);
  const [middle, factor, shift] = [vector(means), vector(scales), vector(shifts)];
  for (let c = 0; c < columns; c++) {
    middle[c] = (m?.[c] ?? 0) - (b?.[c] ?? 0);
    factor[c] = (g?.[c] ?? 1) / (v === undefined ? 1 : Math.sqrt((v[c] as number) + epsilon));
    shift[c] = t?.[c] ?? 0;
  }
  const [kind, from, beside] = [activationKinds[activation], x.byteOffset, residual?.byteOffset ?? 0];
  loops.affine(kind, from, means, scales, shifts, beside, y.byteOffset, x.length / columns, columns, alpha);
  return true;
}
