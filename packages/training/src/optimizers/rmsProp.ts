import * as tf from '@tensorflow/tfjs-core';
import { approach } from './adamRule';
import { checkPositive, checkShare } from './checks';
import { InPlaceOptimizer, type OptimizerOptions } from './inPlaceOptimizer';
import type { UpdateRule } from './updateRule';

/** Learning rate: 1e-2 by default. Weight decay is added to the gradient. */
export interface RmsPropOptions extends OptimizerOptions {
  /** The decay of the squared gradients' running mean. Default: 0.99. */
  decay?: number;
  /** Keeps the division away from zero. Default: 1e-8. */
  epsilon?: number;
  /** Default: 0, none. */
  momentum?: number;
  /** Divide by the gradients' standard deviation, not by their root mean square. Default: false. */
  centered?: boolean;
}

/**
 * RMSProp, with PyTorch's defaults and order of operations, in place: one dispatch a variable.
 *
 *     g ← g + λθ,   v ← v + (1 − ρ)(g² − v),   d = g / (√v + ε), centred: g / (√(v − ḡ²) + ε) with ḡ ← ḡ + (1 − ρ)(g − ḡ),
 *     b ← μb + d,   θ ← θ − ηb
 *
 * Reference: Tieleman, Hinton, "Lecture 6.5 – RMSProp", 2012; centred: Graves, "Generating sequences with recurrent
 * neural networks", 2013.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = rmsProp({ learningRate: 1e-3, momentum: 0.9 });
 */
export function rmsProp(options: RmsPropOptions = {}): RmsProp {
  return new RmsProp(options);
}

type Own = Required<Omit<RmsPropOptions, keyof OptimizerOptions>>;

export class RmsProp extends InPlaceOptimizer {
  static className = 'TenonRmsProp';

  private readonly own: Own;

  constructor(options: RmsPropOptions = {}) {
    const { learningRate = 1e-2, decay = 0.99, epsilon = 1e-8, momentum = 0, centered = false } = options;
    checkShare('rmsProp', 'decay', decay);
    checkPositive('rmsProp', 'epsilon', epsilon);
    checkShare('rmsProp', 'momentum', momentum);
    const own = { decay, epsilon, momentum, centered };
    super('rmsProp', rmsPropRule(own), { ...options, learningRate });
    this.own = own;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.own };
  }
}

type Slot = 'square' | 'mean' | 'velocity';

function rmsPropRule({ decay, epsilon, momentum, centered }: Own): UpdateRule {
  const carries = momentum !== 0;
  const rule: UpdateRule<Slot, 'share' | 'epsilon' | 'momentum'> = {
    name: `rmsProp${centered ? 'Centered' : ''}${carries ? 'Momentum' : ''}`,
    slots: ['square', ...(centered ? (['mean'] as const) : []), ...(carries ? (['velocity'] as const) : [])],
    constants: { share: 1 - decay, epsilon, momentum },
    wgsl: `
    let v = square[i] + params.share * (g * g - square[i]);
    square[i] = v;
    ${
      centered
        ? `let m = mean[i] + params.share * (g - mean[i]);
    mean[i] = m;
    let root = sqrt(max(v - m * m, T(0))) + params.epsilon;`
        : 'let root = sqrt(v) + params.epsilon;'
    }
    ${carries ? 'let direction = params.momentum * velocity[i] + g / root; velocity[i] = direction;' : 'let direction = g / root;'}`,
    host({ variable, gradient, square, mean, velocity }, { share, epsilon, momentum }, { rate }) {
      for (let i = 0; i < variable.length; i++) {
        const g = gradient[i] as number;
        const v = (square[i] as number) + share * (g * g - (square[i] as number));
        square[i] = v;
        let variance = v;
        if (centered) {
          const m = (mean[i] as number) + share * (g - (mean[i] as number));
          mean[i] = m;
          variance = Math.max(0, v - m * m);
        }
        let direction = g / (Math.sqrt(variance) + epsilon);
        if (carries) {
          direction += momentum * (velocity[i] as number);
          velocity[i] = direction;
        }
        variable[i] = (variable[i] as number) - rate * direction;
      }
    },
    compose(slots, g, { share, epsilon, momentum }) {
      const square = approach(slots.square, tf.square(g), share);
      const mean = centered ? approach(slots.mean, g, share) : undefined;
      const variance = mean ? tf.maximum(0, tf.sub(square, tf.square(mean))) : square;
      const own = tf.div(g, tf.add(tf.sqrt(variance), epsilon));
      const velocity = carries ? tf.add(tf.mul(momentum, slots.velocity), own) : own;
      return { direction: velocity, square, mean: mean ?? square, velocity };
    },
  };
  return rule;
}
