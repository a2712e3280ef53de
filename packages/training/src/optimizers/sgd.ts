import * as tf from '@tensorflow/tfjs-core';
import { checkShare } from './checks';
import { InPlaceOptimizer, type OptimizerOptions } from './inPlaceOptimizer';
import type { UpdateRule } from './updateRule';

/** Learning rate: 1e-3 by default. Weight decay is added to the gradient. */
export interface SgdOptions extends OptimizerOptions {
  /** How much of the velocity stays from step to step. Default: 0, plain gradient descent. */
  momentum?: number;
  /** How much of a gradient does not enter the velocity, from the second step on. Default: 0. */
  dampening?: number;
  /** Look ahead along the velocity. Default: false. */
  nesterov?: boolean;
}

/**
 * Gradient descent, with momentum as PyTorch has it, in place: one dispatch a variable.
 *
 *     g ← g + λθ,   b ← g in the first step, then μb + (1 − τ)g,   θ ← θ − ηb, or θ − η(g + μb) of Nesterov
 *
 * Reference: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; Sutskever, Martens, Dahl,
 * Hinton, "On the importance of initialization and momentum in deep learning", 2013.
 *
 * @throws RangeError when an option is out of range, or for Nesterov without momentum or with dampening.
 *
 * @example
 * const optimizer = sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true });
 */
export function sgd(options: SgdOptions = {}): Sgd {
  return new Sgd(options);
}

export class Sgd extends InPlaceOptimizer {
  static className = 'TenonSgd';

  private readonly own: Required<Pick<SgdOptions, 'momentum' | 'dampening' | 'nesterov'>>;

  constructor(options: SgdOptions = {}) {
    const { learningRate = 1e-3, momentum = 0, dampening = 0, nesterov = false } = options;
    checkShare('sgd', 'momentum', momentum);
    checkShare('sgd', 'dampening', dampening);
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      throw new RangeError(
        `sgd: nesterov must have a momentum and no dampening, got momentum ${momentum} and dampening ${dampening}`,
      );
    }
    const own = { momentum, dampening, nesterov };
    super('sgd', momentum === 0 ? plain : withMomentum(own), { ...options, learningRate });
    this.own = own;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.own };
  }
}

const plain: UpdateRule<never, never> = {
  name: 'sgd',
  slots: [],
  constants: {},
  wgsl: 'let direction = g;',
  host({ variable, gradient }, _, { rate }) {
    for (let i = 0; i < variable.length; i++) {
      variable[i] = (variable[i] as number) - rate * (gradient[i] as number);
    }
  },
  compose: (_, g) => ({ direction: g }),
};

function withMomentum({
  momentum,
  dampening,
  nesterov,
}: Required<Omit<SgdOptions, keyof OptimizerOptions>>): UpdateRule {
  const counts = dampening !== 0; // without it the first step is like all others
  const rule: UpdateRule<'velocity', 'momentum' | 'entering' | 'fromGradient' | 'fromVelocity'> = {
    name: counts ? 'sgdDampened' : 'sgdMomentum',
    slots: ['velocity'],
    counts,
    constants: {
      momentum,
      entering: 1 - dampening,
      fromGradient: nesterov ? 1 : 0,
      fromVelocity: nesterov ? momentum : 1,
    },
    wgsl: `
    let b = params.momentum * velocity[i] + ${counts ? 'select(params.entering, 1.0, t == 1) *' : ''} g;
    velocity[i] = b;
    let direction = params.fromGradient * g + params.fromVelocity * b;`,
    host({ variable, gradient, velocity }, { momentum, entering, fromGradient, fromVelocity }, { rate, t }) {
      const share = counts && t > 1 ? entering : 1;
      for (let i = 0; i < variable.length; i++) {
        const g = gradient[i] as number;
        const b = momentum * (velocity[i] as number) + share * g;
        velocity[i] = b;
        variable[i] = (variable[i] as number) - rate * (fromGradient * g + fromVelocity * b);
      }
    },
    compose(slots, g, { momentum, entering, fromGradient, fromVelocity }, t) {
      const share = counts ? tf.where(tf.greater(t, 1), tf.scalar(entering), tf.scalar(1)) : tf.scalar(1);
      const velocity = tf.add(tf.mul(momentum, slots.velocity), tf.mul(share, g));
      return { direction: tf.add(tf.mul(fromGradient, g), tf.mul(fromVelocity, velocity)), velocity };
    },
  };
  return rule;
}
