import * as tf from '@tensorflow/tfjs-core';
import { approach } from './adamRule';
import { checkShare } from './checks';
import { InPlaceOptimizer, type OptimizerOptions } from './inPlaceOptimizer';
import type { UpdateRule } from './updateRule';

/** Learning rate: 1e-4 by default. Weight decay shrinks the weights themselves. */
export interface LionOptions extends OptimizerOptions {
  /** How much of the running mean enters the direction of a step. Default: 0.9. */
  beta1?: number;
  /** The decay of the gradients' running mean. Default: 0.99. */
  beta2?: number;
}

/**
 * Lion: steps of one size for all weights, in the direction of the sign of a running mean; in place, one dispatch a
 * variable. Learning rates are 3 to 10 times smaller than Adam's, weight decays as much larger.
 *
 *     θ ← θ − ηλθ,   θ ← θ − η sign(m + (1 − β₁)(g − m)),   m ← m + (1 − β₂)(g − m)
 *
 * Reference: Chen et al., "Symbolic discovery of optimization algorithms", 2023.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = lion({ learningRate: 1e-4, weightDecay: 0.1 });
 */
export function lion(options: LionOptions = {}): Lion {
  return new Lion(options);
}

export class Lion extends InPlaceOptimizer {
  static className = 'TenonLion';

  private readonly own: { beta1: number; beta2: number };

  constructor(options: LionOptions = {}) {
    const { learningRate = 1e-4, beta1 = 0.9, beta2 = 0.99 } = options;
    checkShare('lion', 'beta1', beta1);
    checkShare('lion', 'beta2', beta2);
    super('lion', lionRule(beta1, beta2), { ...options, learningRate });
    this.own = { beta1, beta2 };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.own };
  }
}

function lionRule(beta1: number, beta2: number): UpdateRule {
  const rule: UpdateRule<'mean', 'stepShare' | 'meanShare'> = {
    name: 'lion',
    slots: ['mean'],
    decoupled: true,
    constants: { stepShare: 1 - beta1, meanShare: 1 - beta2 },
    wgsl: `
    let m = mean[i];
    let direction = sign(m + params.stepShare * (g - m));
    mean[i] = m + params.meanShare * (g - m);`,
    host({ variable, gradient, mean }, { stepShare, meanShare }, { rate, pull }) {
      for (let i = 0; i < variable.length; i++) {
        const theta = variable[i] as number;
        const m = mean[i] as number;
        const towards = (gradient[i] as number) - m;
        mean[i] = m + meanShare * towards;
        variable[i] = theta - rate * (Math.sign(m + stepShare * towards) + pull * theta);
      }
    },
    compose: ({ mean }, g, { stepShare, meanShare }) => ({
      direction: tf.sign(approach(mean, g, stepShare)),
      mean: approach(mean, g, meanShare),
    }),
  };
  return rule;
}
