import { findVariable } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

export interface AdamOptions {
  /** Default: 1e-3. */
  learningRate?: number;
  /** The decay of the gradients' running mean. Default: 0.9. */
  beta1?: number;
  /** The decay of the squared gradients' running mean. Default: 0.999. */
  beta2?: number;
  /** Keeps the division away from zero. Default: 1e-8. */
  epsilon?: number;
}

/**
 * Adam, with PyTorch's defaults and order of operations. A `tf.Optimizer`, whose state is saved and taken back exactly
 * (tfjs's own recomputes its running powers, and goes on with others).
 *
 *     m ← m + (1 − β₁)(g − m),   v ← v + (1 − β₂)(g² − v),
 *     θ ← θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 *
 * Reference: Kingma, Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = adam({ learningRate: 1e-3 });
 */
export function adam(options: AdamOptions = {}): Adam {
  return new Adam(options);
}

interface Moments {
  mean: tf.Variable;
  square: tf.Variable;
}

export class Adam extends tf.Optimizer {
  static className = 'TenonAdam';

  /** May be changed between steps. */
  learningRate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  /** By the variables' positions, as tfjs's optimizers keep theirs: one instance is for one model. */
  private moments: Moments[] = [];

  constructor({ learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}) {
    super();
    if (!(learningRate >= 0)) throw new RangeError(`adam: learningRate must not be negative, got ${learningRate}`);
    if (!(beta1 >= 0 && beta1 < 1)) throw new RangeError(`adam: beta1 must be in [0, 1), got ${beta1}`);
    if (!(beta2 >= 0 && beta2 < 1)) throw new RangeError(`adam: beta2 must be in [0, 1), got ${beta2}`);
    if (!(epsilon > 0)) throw new RangeError(`adam: epsilon must be positive, got ${epsilon}`);
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  /** @param gradients - by the names of their variables. */
  applyGradients(gradients: Record<string, tf.Tensor> | { name: string; tensor: tf.Tensor }[]): void {
    const pairs = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    const t = this.iterations + 1;
    const rate = this.learningRate / (1 - this.beta1 ** t);
    tf.tidy(() => {
      // Constants are made once for all variables: each is a tensor of its own.
      const meanShare = tf.scalar(1 - this.beta1);
      const squareShare = tf.scalar(1 - this.beta2);
      const squareScale = tf.scalar(1 / Math.sqrt(1 - this.beta2 ** t));
      const epsilon = tf.scalar(this.epsilon);
      const step = tf.scalar(rate);
      pairs.forEach(([name, gradient], position) => {
        const variable = findVariable(name);
        const { mean, square } = this.momentsAt(position, variable);
        mean.assign(approach(mean, gradient, meanShare));
        square.assign(approach(square, tf.square(gradient), squareShare));
        const root = tf.add(tf.mul(tf.sqrt(square), squareScale), epsilon);
        variable.assign(tf.sub(variable, tf.mul(step, tf.div(mean, root))));
      });
    });
    this.incrementIterations();
  }

  override async getWeights(): Promise<{ name: string; tensor: tf.Tensor }[]> {
    const moments = this.moments.flatMap(({ mean, square }, i) => [
      { name: `${i}.mean`, tensor: mean as tf.Tensor },
      { name: `${i}.square`, tensor: square as tf.Tensor },
    ]);
    return [await this.saveIterations(), ...moments];
  }

  override async setWeights(weights: { name: string; tensor: tf.Tensor }[]): Promise<void> {
    const values = await this.extractIterations(weights);
    this.disposeMoments();
    tf.tidy(() => {
      this.moments = Array.from({ length: values.length / 2 }, (_, i) => ({
        mean: copyOf((values[2 * i] as (typeof values)[number]).tensor),
        square: copyOf((values[2 * i + 1] as (typeof values)[number]).tensor),
      }));
    });
  }

  getConfig(): { learningRate: number; beta1: number; beta2: number; epsilon: number } {
    const { learningRate, beta1, beta2, epsilon } = this;
    return { learningRate, beta1, beta2, epsilon };
  }

  override dispose(): void {
    this.disposeMoments();
  }

  private momentsAt(position: number, like: tf.Variable): Moments {
    this.moments[position] ??= {
      mean: tf.variable(tf.zerosLike(like), false),
      square: tf.variable(tf.zerosLike(like), false),
    };
    return this.moments[position];
  }

  private disposeMoments(): void {
    for (const { mean, square } of this.moments) tf.dispose([mean, square]);
    this.moments = [];
  }
}

/** from + share · (to − from) */
const approach = (from: tf.Tensor, to: tf.Tensor, share: tf.Scalar): tf.Tensor =>
  tf.add(from, tf.mul(share, tf.sub(to, from)));

const copyOf = (tensor: tf.Tensor): tf.Variable => tf.variable(tf.add(tensor, 0), false);
