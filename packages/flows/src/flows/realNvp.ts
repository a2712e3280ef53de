import type { Chain } from '../chain';
import type { Flow } from '../flow';
import { affine } from '../maps/affine';
import { type CouplingFlowOptions, couplingSteps, eventOf } from './couplings';
import { flowOf } from './options';

/**
 * RealNVP: affine couplings, each changing what the one before kept. It starts as the identity.
 *
 * For vectors the couplings keep one half and then the other. For images they keep the two colours of a checkerboard
 * in turn and, where there are several channels – in the image, or after it was squeezed –, the two halves of those; then
 * the line is closed to the unit interval and its numbers rounded to levels, so that the flow gives the log-probability of
 * images as they are.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017.
 *
 * @throws RangeError when there is nothing to divide (dim below 2, less than 2 × 2 pixels) or layers is not a positive
 *   integer; when patches are wanted of an image with an odd side.
 *
 * @example
 * const plane = realNvp({ dim: 2, layers: 8, hidden: [64, 64], seed: 1 });
 * const images = realNvp({ shape: [28, 28, 1], layers: 8, hidden: [32, 32], seed: 1 });
 */
export const realNvp = (options: CouplingFlowOptions): Flow<Chain> =>
  flowOf(eventOf(options), couplingSteps('realNvp', affine, options), options.base);
