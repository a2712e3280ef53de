import type { Bijector } from './bijector';

/**
 * The same map read the other way: what was latent is data. It has no first state to take from data: what an `ActNorm` would
 * take, it takes the way it is read.
 *
 * @example
 * const sigmoid = invert(new Logit());
 */
export function invert(bijector: Bijector): Bijector {
  return {
    name: `inverse of ${bijector.name ?? bijector.constructor.name}`,
    variables: bijector.variables,
    forward: (z, options) => bijector.inverse(z, options),
    inverse: (x, options) => bijector.forward(x, options),
  };
}
