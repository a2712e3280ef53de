import * as tf from '@tensorflow/tfjs-core';
import { checkNotNegative, checkPositive } from './checks';
import { InPlaceOptimizer, type OptimizerOptions } from './inPlaceOptimizer';
import type { UpdateRule } from './updateRule';

/** Learning rate: 1e-2 by default. Weight decay is added to the gradient. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sum of squares begins with. Default: 0. */
  initialSum?: number;
  /** Keeps the division away from zero. Default: 1e-10. */
  epsilon?: number;
}

/**
 * Adagrad, as PyTorch has it, in place: one dispatch a variable. (PyTorch's `lr_decay` is a schedule:
 * `learningRate: (step) => rate / (1 + step * decay)`.)
 *
 *     g ← g + λθ,   s ← s + g²,   θ ← θ − ηg / (√s + ε)
 *
 * Reference: Duchi, Hazan, Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = adagrad({ learningRate: 0.05 });
 */
export function adagrad(options: AdagradOptions = {}): Adagrad {
  return new Adagrad(options);
}

export class Adagrad extends InPlaceOptimizer {
  static className = 'TenonAdagrad';

  private readonly own: { initialSum: number; epsilon: number };

  constructor(options: AdagradOptions = {}) {
    const { learningRate = 1e-2, initialSum = 0, epsilon = 1e-10 } = options;
    checkNotNegative('adagrad', 'initialSum', initialSum);
    checkPositive('adagrad', 'epsilon', epsilon);
    const own = { initialSum, epsilon };
    super('adagrad', adagradRule(own), { ...options, learningRate });
    this.own = own;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.own };
  }
}

function adagradRule({ initialSum, epsilon }: { initialSum: number; epsilon: number }): UpdateRule {
  const rule: UpdateRule<'squares', 'epsilon'> = {
    name: 'adagrad',
    slots: ['squares'],
    initial: { squares: initialSum },
    constants: { epsilon },
    wgsl: `
    let s = squares[i] + g * g;
    squares[i] = s;
    let direction = g / (sqrt(s) + params.epsilon);`,
    host({ variable, gradient, squares }, { epsilon }, { rate }) {
      for (let i = 0; i < variable.length; i++) {
        const g = gradient[i] as number;
        const s = (squares[i] as number) + g * g;
        squares[i] = s;
        variable[i] = (variable[i] as number) - (rate * g) / (Math.sqrt(s) + epsilon);
      }
    },
    compose(slots, g, { epsilon }) {
      const squares = tf.add(slots.squares, tf.square(g));
      return { direction: tf.div(g, tf.add(tf.sqrt(squares), epsilon)), squares };
    },
  };
  return rule;
}
