import { deriveSeed } from '@tenonjs/runtime';
import { Autoregressive } from '../bijectors/autoregressive';
import type { Chain } from '../chain';
import type { Flow } from '../flow';
import { affine } from '../maps/affine';
import { made } from '../networks/made';
import { checkPositiveInteger } from '../shapes';
import { flowOf, layersOf, type NetworkOptions } from './options';

export interface AutoregressiveFlowOptions extends NetworkOptions {
  /** The dimension of the points. */
  dim: number;
  /** The numbers' order in the layers: turned round from one to the next, or one at random for each. Default: reversed. */
  order?: 'reversed' | 'random' | undefined;
}

/**
 * A masked autoregressive flow: densities in one pass, sampling in as many as a point has numbers. It starts as the
 * identity.
 *
 * Reference: Papamakarios, Pavlakou, Murray, "Masked autoregressive flow for density estimation", 2017.
 *
 * @throws RangeError when dim or layers is not a positive integer.
 *
 * @example
 * const flow = maf({ dim: 2, layers: 5, hidden: [64, 64], seed: 1 });
 */
export const maf = (options: AutoregressiveFlowOptions): Flow<Chain> => autoregressiveFlow('maf', 'data', options);

/**
 * An inverse autoregressive flow: sampling, with densities of what was drawn, in one pass; densities of given points in as
 * many as a point has numbers. Made for posteriors. It starts as the identity.
 *
 * Reference: Kingma, Salimans, Jozefowicz, Chen, Sutskever, Welling, "Improved variational inference with inverse
 * autoregressive flow", 2016.
 *
 * @throws RangeError when dim or layers is not a positive integer.
 *
 * @example
 * const posterior = iaf({ dim: 8, layers: 4, context: 16, seed: 1 });
 * const { value, logProb } = posterior.sampleAndLogProb(64, { seed: 2, context });
 */
export const iaf = (options: AutoregressiveFlowOptions): Flow<Chain> => autoregressiveFlow('iaf', 'latent', options);

function autoregressiveFlow(caller: string, reads: 'data' | 'latent', options: AutoregressiveFlowOptions): Flow<Chain> {
  const { dim, layers, hidden = [64, 64], activation, context, order = 'reversed', base, seed } = options;
  checkPositiveInteger(caller, 'dim', dim);
  checkPositiveInteger(caller, 'layers', layers);
  const steps = layersOf(layers, (layer) => {
    const turned = order === 'reversed' && layer % 2 === 0 ? 'natural' : order;
    const sizes = { dim, parameters: affine.parameters, hidden, activation, context };
    const network = made({ ...sizes, order: turned, seed: deriveSeed(seed, layer) });
    return new Autoregressive({ dim, map: affine, network, reads });
  });
  return flowOf([dim], steps, base);
}
