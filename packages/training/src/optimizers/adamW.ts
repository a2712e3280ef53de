import type * as tf from '@tensorflow/tfjs-core';
import { type AdamOptions, adamOptions } from './adam';
import { adamRule } from './adamRule';
import { InPlaceOptimizer } from './inPlaceOptimizer';

/**
 * Adam with weight decay that does not go through its moments, in place: one dispatch a variable.
 *
 *     θ ← θ − ηλθ,   m ← m + (1 − β₁)(g − m),   v ← v + (1 − β₂)(g² − v),
 *     θ ← θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 *
 * Reference: Loshchilov, Hutter, "Decoupled weight decay regularization", 2019.
 *
 * @param options - as of `adam`; weightDecay λ is 1e-2 by default, and learningRate η 1e-3.
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = adamW({ learningRate: 1e-3, weightDecay: 0.05 });
 */
export function adamW(options: AdamOptions = {}): AdamW {
  return new AdamW(options);
}

export class AdamW extends InPlaceOptimizer {
  static className = 'TenonAdamW';

  private readonly own: { beta1: number; beta2: number; epsilon: number; amsgrad: boolean };

  constructor(options: AdamOptions = {}) {
    const { learningRate = 1e-3, weightDecay = 1e-2 } = options;
    const own = adamOptions('adamW', options);
    super('adamW', adamRule(own, true), { ...options, learningRate, weightDecay });
    this.own = own;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.own };
  }
}
