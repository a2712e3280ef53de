import type * as tf from '@tensorflow/tfjs-core';
import { adamRule } from './adamRule';
import { checkPositive, checkShare } from './checks';
import { InPlaceOptimizer, type OptimizerOptions } from './inPlaceOptimizer';

/** Learning rate: 1e-3 by default. Weight decay is added to the gradient. */
export interface AdamOptions extends OptimizerOptions {
  /** The decay of the gradients' running mean. Default: 0.9. */
  beta1?: number;
  /** The decay of the squared gradients' running mean. Default: 0.999. */
  beta2?: number;
  /** Keeps the division away from zero. Default: 1e-8. */
  epsilon?: number;
  /** Divide by the largest v so far, not by the last. Default: false. */
  amsgrad?: boolean;
}

/**
 * Adam, with PyTorch's defaults and order of operations, in place: one dispatch a variable.
 *
 *     g ← g + λθ,   m ← m + (1 − β₁)(g − m),   v ← v + (1 − β₂)(g² − v),
 *     θ ← θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 *
 * Reference: Kingma, Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1; AMSGrad: Reddi, Kale, Kumar,
 * "On the convergence of Adam and beyond", 2018.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = adam({ learningRate: 1e-3 });
 */
export function adam(options: AdamOptions = {}): Adam {
  return new Adam(options);
}

export class Adam extends InPlaceOptimizer {
  static className = 'TenonAdam';

  private readonly own: { beta1: number; beta2: number; epsilon: number; amsgrad: boolean };

  constructor(options: AdamOptions = {}) {
    const { learningRate = 1e-3 } = options;
    const own = adamOptions('adam', options);
    super('adam', adamRule(own, false), { ...options, learningRate });
    this.own = own;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.own };
  }
}

/** What Adam and AdamW share, checked. */
export function adamOptions(
  title: string,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, amsgrad = false }: AdamOptions,
): { beta1: number; beta2: number; epsilon: number; amsgrad: boolean } {
  checkShare(title, 'beta1', beta1);
  checkShare(title, 'beta2', beta2);
  checkPositive(title, 'epsilon', epsilon);
  return { beta1, beta2, epsilon, amsgrad };
}
