import { deriveSeed } from '@tenonjs/runtime';
import type { Bijector } from '../bijector';
import { Planar } from '../bijectors/planar';
import { Radial } from '../bijectors/radial';
import { Sylvester } from '../bijectors/sylvester';
import type { Chain } from '../chain';
import type { Flow } from '../flow';
import { invert } from '../invert';
import { checkPositiveInteger } from '../shapes';
import { type CommonOptions, flowOf, layersOf } from './options';

export interface PushFlowOptions extends CommonOptions {
  /** The dimension of the points. */
  dim: number;
}

/**
 * A flow of planar maps, for density estimation: each map's closed form runs from data to latent, so that the
 * likelihood is quick, and sampling is what solves for roots. It starts as the identity.
 *
 * Reference: Rezende, Mohamed, "Variational inference with normalizing flows", 2015, §4.1.
 *
 * @throws RangeError when dim or layers is not a positive integer.
 *
 * @example
 * const flow = planarFlow({ dim: 2, layers: 16, seed: 1 });
 */
export const planarFlow = (options: PushFlowOptions): Flow<Chain> =>
  pushFlow('planarFlow', options, (dim, seed) => new Planar({ dim, seed }));

/**
 * A flow of radial maps, which push and pull around centres; both directions are closed forms. It starts as the identity.
 *
 * Reference: Rezende, Mohamed, "Variational inference with normalizing flows", 2015, §4.1.
 *
 * @throws RangeError when dim or layers is not a positive integer.
 *
 * @example
 * const flow = radialFlow({ dim: 2, layers: 16, seed: 1 });
 */
export const radialFlow = (options: PushFlowOptions): Flow<Chain> =>
  pushFlow('radialFlow', options, (dim, seed) => new Radial({ dim, seed }));

/**
 * A flow of Sylvester maps: planar maps along several directions at once, with closed forms from data to latent. It starts
 * as the identity.
 *
 * Reference: van den Berg, Hasenclever, Tomczak, Welling, "Sylvester normalizing flows for variational inference", 2018.
 *
 * @param options.rank - along how many directions each map pushes. Default: dim.
 * @throws RangeError when dim or layers is not a positive integer, or rank not one up to dim.
 *
 * @example
 * const flow = sylvesterFlow({ dim: 8, layers: 6, rank: 4, seed: 1 });
 */
export const sylvesterFlow = ({ rank, ...options }: PushFlowOptions & { rank?: number }): Flow<Chain> =>
  pushFlow('sylvesterFlow', options, (dim, seed) => new Sylvester({ dim, rank: rank ?? dim, seed }));

function pushFlow(caller: string, options: PushFlowOptions, make: (dim: number, seed: number) => Bijector) {
  const { dim, layers, base, seed } = options;
  checkPositiveInteger(caller, 'layers', layers);
  return flowOf(
    [dim],
    layersOf(layers, (layer) => invert(make(dim, deriveSeed(seed, layer)))),
    base,
  );
}
