import { createRandom } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { registerAs } from '../registerAs';
import { type Draw, SeededInitializer } from './initializer';

export interface OrthogonalArgs {
  /** What the orthonormal columns, or rows, are scaled by. Default 1. */
  gain?: number;
  /** An integer in [0, 2⁵³). Default: in a layer of this package, one of the layer's own seed. */
  seed?: number;
}

/**
 * A random kernel [...window, inputs, outputs] whose matrix [window · inputs, outputs] has orthonormal columns, or rows
 * where those are fewer: Q of the QR decomposition of normal numbers, with R's diagonal positive, so that each rotation is
 * as likely as any other. Computed on the host in float64.
 *
 * Reference: Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
 * networks", 2013.
 *
 * @throws TypeError when the gain is no finite number, or the shape has fewer than two dimensions.
 *
 * @example
 * const recurrent = tf.layers.dense({ units: 64, kernelInitializer: new Orthogonal({ seed: 1 }) });
 */
export class Orthogonal extends SeededInitializer {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Orthogonal');
  readonly seed: number | undefined;
  private readonly gain: number;

  constructor({ gain = 1, seed }: OrthogonalArgs = {}) {
    super();
    if (!Number.isFinite(gain)) complain('Orthogonal', 'gain', 'a finite number', String(gain));
    this.gain = gain;
    this.seed = seed;
  }

  override draw(shape: number[], { seed }: Draw): tf.Tensor {
    if (shape.length < 2) complain('Orthogonal', 'shape', 'of two dimensions or more', shape);
    const outputs = shape.at(-1) as number;
    const inputs = shape.slice(0, -1).reduce((product, n) => product * n, 1);
    const [count, length] = [Math.min(inputs, outputs), Math.max(inputs, outputs)];
    const random = createRandom(seed);
    const vectors = Array.from({ length: count }, () => Float64Array.from({ length }, () => random.normal()));
    orthonormalize(vectors);
    const values = new Float32Array(inputs * outputs);
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        const [vector, at] = inputs < outputs ? [i, o] : [o, i];
        values[i * outputs + o] = this.gain * ((vectors[vector] as Float64Array)[at] as number);
      }
    }
    return tf.tensor(values, shape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { gain: this.gain, ...(this.seed !== undefined && { seed: this.seed }) };
  }
}

/** Gram and Schmidt's QR, modified: each vector is freed of those before it and scaled to length 1. */
function orthonormalize(vectors: readonly Float64Array[]): void {
  for (const [k, vector] of vectors.entries()) {
    for (const other of vectors.slice(0, k)) {
      const share = dot(vector, other);
      for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) - share * (other[i] as number);
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
