import type { Distribution } from '@tenonjs/distributions';
import { deriveSeed, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { type Bijector, type MapOptions, trainableOf } from './bijector';
import { checkPoints, checkPositiveInteger } from './shapes';
import { loadVariables, saveVariables } from './weights';

export interface FlowOptions<B extends Bijector = Bijector> {
  /** Carries latent points to data. */
  bijector: B;
  /** The law of the latent points; its event shape is that of the points. */
  base: Distribution;
}

interface DrawOptions extends MapOptions {
  seed: Seed;
}

/**
 * A normalizing flow: a simple law carried through a bijector, whose density is therefore known exactly.
 *
 *     x = f(z), z ~ base,   log p(x) = log p_base(f⁻¹(x)) + log |det J_f⁻¹(x)|
 *
 * It trains with `fit`: it has `trainableVariables`, and its `loss` is the mean negative log-likelihood.
 *
 * Reference: Papamakarios et al., "Normalizing flows for probabilistic modeling and inference", 2021, eq. 4.
 *
 * @example
 * const flow = realNvp({ dim: 2, layers: 6, hidden: [64, 64], seed: 1 });
 * const points = flow.sample(1000, { seed: 2 });
 */
export class Flow<B extends Bijector = Bijector> {
  readonly bijector: B;
  readonly base: Distribution;

  constructor({ bijector, base }: FlowOptions<B>) {
    this.bijector = bijector;
    this.base = base;
  }

  /** The shape E of a point. */
  get eventShape(): number[] {
    return this.base.eventShape;
  }

  get trainableVariables(): tf.Variable[] {
    return trainableOf(this.bijector.variables);
  }

  /**
   * The log-density of points.
   *
   * @param x - shape [batch, ...E].
   * @param options.seed - of the noise of dequantizations and estimated traces, where there are any.
   * @param options.context - what a conditional flow is conditioned on: [batch, n], or [1, n] for all points.
   * @returns nats, shape [batch].
   * @throws RangeError when x has another shape.
   */
  logProb(x: tf.Tensor, { seed = 0, ...options }: MapOptions = {}): tf.Tensor1D {
    checkPoints('Flow.logProb', x, this.eventShape);
    if (x.size === 0) return tf.zeros([0]); // which tfjs cannot transpose on wasm
    return tf.tidy(() => {
      const { value, logDet } = this.bijector.inverse(x, { ...options, seed });
      return tf.add(this.base.logProb(value), logDet);
    });
  }

  /**
   * Draws points.
   *
   * @param n - how many.
   * @param options.context - of a conditional flow: [n, numbers], or [1, numbers] for all points.
   * @returns shape [n, ...E].
   */
  sample(n: number, { seed, ...options }: DrawOptions): tf.Tensor {
    return tf.tidy(
      () => this.bijector.forward(this.draw('sample', n, seed), { ...options, seed: deriveSeed(seed, 1) }).value,
    );
  }

  /**
   * Draws points, with the log-density of each, in one pass.
   *
   * @param n - how many.
   * @returns points [n, ...E] and nats [n]. With a dequantization they are the density of the point before its numbers
   *   were rounded to levels, which is the bound that `logProb` estimates.
   */
  sampleAndLogProb(n: number, { seed, ...options }: DrawOptions): { value: tf.Tensor; logProb: tf.Tensor1D } {
    return tf.tidy(() => {
      const z = this.draw('sampleAndLogProb', n, seed);
      const { value, logDet } = this.bijector.forward(z, { ...options, seed: deriveSeed(seed, 1) });
      return { value, logProb: tf.sub(this.base.logProb(z), logDet) };
    });
  }

  /** Data → latent: [batch, ...E] → [batch, ...E]. */
  encode(x: tf.Tensor, { seed = 0, ...options }: MapOptions = {}): tf.Tensor {
    checkPoints('Flow.encode', x, this.eventShape);
    if (x.size === 0) return tf.zeros(x.shape);
    return tf.tidy(() => this.bijector.inverse(x, { ...options, seed }).value);
  }

  /** Latent → data: [batch, ...E] → [batch, ...E]. */
  decode(z: tf.Tensor, { seed = 0, ...options }: MapOptions = {}): tf.Tensor {
    checkPoints('Flow.decode', z, this.eventShape);
    if (z.size === 0) return tf.zeros(z.shape);
    return tf.tidy(() => this.bijector.forward(z, { ...options, seed }).value);
  }

  /**
   * The way from one data point to another that is straight in latent space.
   *
   * @param a - the point it starts at, shape E.
   * @param b - the point it ends at, shape E.
   * @param steps - how many points it has, both ends counted: at least 2.
   * @returns shape [steps, ...E].
   */
  interpolate(a: tf.Tensor, b: tf.Tensor, steps: number, options: MapOptions = {}): tf.Tensor {
    checkPositiveInteger('Flow.interpolate', 'steps - 1', steps - 1);
    return tf.tidy(() => {
      const ends = this.encode(tf.stack([a, b]), options); // [2, ...E]
      const [from, to] = tf.split(ends, 2) as [tf.Tensor, tf.Tensor]; // [1, ...E] each
      const share = tf.reshape(tf.linspace(0, 1, steps), [steps, ...this.eventShape.map(() => 1)]); // [steps, 1, …]
      return this.decode(tf.add(tf.mul(tf.sub(1, share), from), tf.mul(share, to)), options);
    });
  }

  /**
   * The mean negative log-likelihood of a batch, in nats: what `fit` makes small.
   *
   * @param batch.x - shape [batch, ...E].
   * @param batch.context - of a conditional flow: [batch, n].
   * @throws RangeError when x has another shape.
   */
  loss({ x, ...given }: { x: tf.Tensor; context?: tf.Tensor }, options: MapOptions = {}): tf.Scalar {
    return tf.tidy(() => tf.neg(tf.mean(this.logProb(x, { ...options, ...given }))) as tf.Scalar);
  }

  /**
   * Takes from data the first state of the steps that have one to take – scale and shift of an `ActNorm` –, each from the
   * data as it arrives there. Done once, before training; what was started or loaded before stays as it is.
   *
   * @param x - some of the data, shape [n, ...E].
   * @throws RangeError when x has another shape.
   */
  startFrom(x: tf.Tensor, { seed = 0, ...options }: MapOptions = {}): void {
    checkPoints('Flow.startFrom', x, this.eventShape);
    tf.tidy(() => this.bijector.startFrom?.(x, { ...options, seed }));
  }

  /** All variables as the bytes of a safetensors file. */
  save(): Promise<Uint8Array<ArrayBuffer>> {
    return saveVariables(this.bijector.variables);
  }

  /**
   * Takes all variables from the bytes that `save` of a flow of the same make gave.
   *
   * @throws RangeError that lists every missing, unexpected and mis-shaped variable; nothing is changed then.
   */
  load(bytes: Uint8Array): void {
    loadVariables(this.bijector.variables, bytes);
  }

  /** Frees the variables and the base. */
  dispose(): void {
    tf.dispose(Object.values(this.bijector.variables));
    this.base.dispose();
  }

  private draw(caller: string, n: number, seed: Seed): tf.Tensor {
    checkPositiveInteger(`Flow.${caller}`, 'n', n);
    return this.base.sample(n, { seed: deriveSeed(seed, 0) });
  }
}
