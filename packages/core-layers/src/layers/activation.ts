import { type Activation as ActivationName, activationNames, biasActivation } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { registerAs } from '../registerAs';
import { only, TenonLayer } from './layer';
import type { Filled, LayerArgs } from './saved';

export interface ActivationArgs extends LayerArgs {
  /** One of runtime's `activationNames`: gelu, silu, mish, leakyRelu, … */
  activation: ActivationName;
  /** The slope or height on the negative side, of leakyRelu and elu. */
  alpha?: number;
}

/**
 * A function of each number by itself, in one dispatch.
 *
 * Reference: Hendrycks, Gimpel 2016 (gelu); Ramachandran et al. 2017 (silu); Misra 2019 (mish).
 *
 * @throws TypeError when there is no activation of that name.
 *
 * @example
 * const y = new Activation({ activation: 'gelu' }).apply(x);
 */
export class Activation extends TenonLayer<Filled<ActivationArgs, 'alpha'>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Activation');

  constructor(args: ActivationArgs) {
    const { activation, alpha } = args;
    checkActivation('Activation', activation);
    super(args, { activation, alpha });
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { activation, alpha } = this.options;
    return tf.tidy(() =>
      biasActivation(only(inputs), undefined, { activation, ...(alpha !== undefined && { alpha }) }),
    );
  }
}

/** One of the names that runtime knows. */
export function checkActivation(caller: string, name: string, argument = 'activation'): void {
  if (!(activationNames as readonly string[]).includes(name)) {
    complain(caller, argument, `one of ${activationNames.join(', ')}`, name);
  }
}
