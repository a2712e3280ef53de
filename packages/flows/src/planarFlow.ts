import { type Distribution, Normal } from '@tenonjs/distributions';
import { deriveSeed } from '@tenonjs/runtime';
import { Planar } from './bijectors/planar';
import { type Chain, chain } from './chain';
import { Flow } from './flow';
import { invert } from './invert';
import { checkPositiveInteger } from './shapes';

export interface PlanarFlowOptions {
  /** The dimension of the points. */
  dim: number;
  /** How many planar maps. */
  layers: number;
  /** The law of the latent points. Default: standard normal. */
  base?: Distribution;
  seed: number;
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
export function planarFlow({ dim, layers, base, seed }: PlanarFlowOptions): Flow<Chain> {
  checkPositiveInteger('planarFlow', 'layers', layers);
  return new Flow({
    bijector: chain(
      Array.from({ length: layers }, (_, layer) => invert(new Planar({ dim, seed: deriveSeed(seed, layer) }))),
    ),
    base: base ?? new Normal({ shape: [dim] }),
  });
}
