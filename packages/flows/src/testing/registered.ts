import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { type Bijector, trainableOf } from '../bijector';

/** A bijector as the contract suite sees it. */
export interface Registered {
  /** The shape of an event; at most 6 numbers, since its Jacobian is taken by finite differences. */
  event: number[];
  build(seed: number): Bijector;
  /** Where latent points live: a spread around 0, or an interval. Default: a spread of 2. */
  latent?: { std: number } | { low: number; high: number };
  /** The step of finite differences in latent and in data space. Default: 1e-2. */
  steps?: { latent?: number; data?: number };
  /** How far variables are moved away from where they start. Default: 0.4. */
  moved?: number;
  /** The numbers in a row of context. Default: 0, none. */
  context?: number;
  /** Its variables start so that it does nothing. Default: true. */
  startsAsIdentity?: boolean;
  /** Which numbers of the flattened event pass unchanged, for couplings: the Jacobian's zeros are exact. */
  kept?: boolean[];
  /** It takes points of any shape. */
  anyShape?: boolean;
  /** How far a round trip may miss. Default: 1e-5. */
  tolerance?: number;
  /** How far the identity that it starts as may miss, where it is the product of several maps. Default: 1e-6. */
  rounding?: number;
  /** Its contract takes minutes on a software adapter: there its values are compared with those of cpu, in costly.slow.test.ts. */
  costly?: boolean;
}

/** Moves every variable that training may change away from where it starts. */
export function perturb(bijector: Bijector, seed: number, std = 0.4): Bijector {
  tf.tidy(() => {
    trainableOf(bijector.variables).forEach((variable, i) => {
      variable.assign(tf.add(variable, randomNormal(variable.shape, { seed: deriveSeed(seed, i), std })));
    });
  });
  return bijector;
}

/** Frees a bijector's variables. */
export const free = (bijector: Bijector): void => tf.dispose(Object.values(bijector.variables));

/** The bijector of an entry; one with a context always has the same. */
export function made({ build, context }: Registered, seed: number): Bijector {
  const bijector = build(seed);
  if (!context) return bijector;
  const row = Array.from({ length: context }, (_, i) => 0.7 - i);
  return {
    variables: bijector.variables,
    forward: (z) => bijector.forward(z, { context: tf.tensor2d([row]) }),
    inverse: (x) => bijector.inverse(x, { context: tf.tensor2d([row]) }),
  };
}
