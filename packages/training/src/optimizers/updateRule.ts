import type { Numbers } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Elementwise } from '../elementwise/elementwise';

/**
 * In which direction d an optimizer moves one variable θ, given its gradient g and what it remembers. The same for all
 * rules: g is clipped before, weight decay λ is added to it (or, decoupled, to d), and θ ← θ − ηd.
 */
export interface UpdateRule<Slot extends string = string, Constant extends string = string> {
  /** What is computed must depend on nothing else but the constants. */
  name: string;
  /** What is kept for each variable, of its shape. */
  slots: readonly Slot[];
  /** What slots begin with, where that is not 0. */
  initial?: Partial<Record<Slot, number>>;
  /** Whether it needs t, the number of the step, counted for each variable from 1. */
  counts?: boolean;
  /** Weight decay is added to the direction: it shrinks θ itself, and no slot sees it. */
  decoupled?: boolean;
  constants: Record<Constant, number>;
  wgslFunctions?: string;
  /** WGSL that declares `direction` from `g`, `t`, `params` and the element `i` of the slots, which it renews. */
  wgsl: string;
  /**
   * The same and the step in one loop over typed arrays; `pull` is λ where that is decoupled, otherwise 0: a decoupled
   * rule moves θ by −η(d + pull · θ).
   */
  host(
    numbers: Record<'variable' | 'gradient' | Slot, Numbers>,
    constants: Record<Constant, number>,
    step: { rate: number; pull: number; t: number },
  ): void;
  /** The same in tfjs ops. */
  compose(
    slots: Record<Slot, tf.Tensor>,
    g: tf.Tensor,
    constants: Record<Constant, number>,
    t: tf.Scalar,
  ): Record<'direction' | Slot, tf.Tensor>;
}

/** The largest finite float32: a bound that clips nothing. */
export const UNBOUNDED = (2 - 2 ** -23) * 2 ** 127;

/** The constants of all rules. */
export interface CommonConstants {
  /** Elements of the gradient are clipped to [−bound, bound]. */
  bound: number;
  /** λ. */
  decay: number;
}

/**
 * The update of one variable by a rule: of `variable` and the rule's slots, by `gradient` and `control`, which is
 * {learning rate η, scale of the gradients}.
 */
export function updateOf(rule: UpdateRule): Elementwise {
  const { decoupled = false, counts = false, wgslFunctions = '' } = rule;
  return {
    name: `training/${rule.name}`,
    writes: ['variable', ...rule.slots],
    reads: ['gradient'],
    shared: ['control'],
    counts,
    wgslFunctions,
    wgsl: `
    let clipped = clamp(control[1] * gradient[i], T(-params.bound), T(params.bound));
    let pull = params.decay * variable[i];
    let g = ${decoupled ? 'clipped' : 'clipped + pull'};
    ${rule.wgsl}
    variable[i] -= control[0] * ${decoupled ? '(direction + pull)' : 'direction'};`,
    host(numbers, constants, t) {
      const { variable, gradient, control } = numbers as Record<'variable' | 'gradient' | 'control', Numbers>;
      const [rate, scale] = control as unknown as [number, number];
      const { bound, decay } = constants as unknown as CommonConstants;
      const added = decoupled ? 0 : decay;
      const asItIs = scale === 1 && bound >= UNBOUNDED && added === 0;
      const g = asItIs ? gradient : prepared(gradient, variable, { scale, bound, added });
      rule.host({ ...numbers, variable, gradient: g }, constants, { rate, pull: decay - added, t });
    },
    compose(tensors, constants, t) {
      const { variable, gradient, control } = tensors as Record<'variable' | 'gradient' | 'control', tf.Tensor>;
      const { bound, decay } = constants as unknown as CommonConstants;
      const [rate, scale] = tf.unstack(control) as [tf.Scalar, tf.Scalar];
      const clipped = tf.clipByValue(tf.mul(scale, gradient), -bound, bound);
      const pull = tf.mul(decay, variable);
      const { direction, ...slots } = rule.compose(tensors, decoupled ? clipped : tf.add(clipped, pull), constants, t);
      const step = tf.mul(rate, decoupled ? tf.add(direction as tf.Tensor, pull) : (direction as tf.Tensor));
      return { ...slots, variable: tf.sub(variable, step) };
    },
  };
}

/** The gradient as a rule sees it: scaled, clipped, and with the weight decay that is added to it. */
function prepared(
  gradient: Numbers,
  variable: Numbers,
  { scale, bound, added }: { scale: number; bound: number; added: number },
): Numbers {
  const ready = new Float32Array(gradient.length);
  for (let i = 0; i < ready.length; i++) {
    const clipped = Math.max(-bound, Math.min(bound, scale * (gradient[i] as number)));
    ready[i] = clipped + added * (variable[i] as number);
  }
  return ready;
}
