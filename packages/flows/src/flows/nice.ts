import { Scaling } from '../bijectors/scaling';
import type { Chain } from '../chain';
import type { Flow } from '../flow';
import { additive } from '../maps/additive';
import { type CouplingFlowOptions, couplingSteps, eventOf } from './couplings';
import { flowOf } from './options';

/**
 * NICE: one scaling, then additive couplings, for vectors or images. It starts as the identity.
 *
 * Reference: Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015.
 *
 * @throws RangeError when there is nothing to divide, or layers is not a positive integer.
 *
 * @example
 * const flow = nice({ dim: 2, layers: 8, hidden: [64, 64], seed: 1 });
 */
export function nice(options: CouplingFlowOptions): Flow<Chain> {
  const shape = eventOf(options);
  const couplings = couplingSteps('nice', additive, options);
  return flowOf(shape, [new Scaling({ shape }), ...couplings], options.base);
}
