import type { Bijector } from './bijector';

/**
 * The same map read the other way: what was latent is data.
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
