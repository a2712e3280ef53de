import { deriveSeed } from '@tenonjs/runtime';
import type { Bijector } from '../bijector';
import { ActNorm } from '../bijectors/actNorm';
import { Continuous, type ContinuousOptions } from '../bijectors/continuous';
import { Residual, type ResidualOptions } from '../bijectors/residual';
import type { Chain } from '../chain';
import type { Flow } from '../flow';
import { checkPositiveInteger } from '../shapes';
import { type CommonOptions, flowOf, layersOf } from './options';

type Given<Options> = Omit<Options, 'seed' | 'hidden'> & CommonOptions & { hidden?: readonly number[] | undefined };

export type ResidualFlowOptions = Given<ResidualOptions>;
export type ContinuousFlowOptions = Given<ContinuousOptions>;

/**
 * A residual flow: residual maps with activation norms between them. It starts as the identity.
 *
 * Reference: Chen, Behrmann, Duvenaud, Jacobsen, "Residual flows for invertible generative modeling", 2019.
 *
 * @throws RangeError when a number is not what its option says.
 *
 * @example
 * const flow = residualFlow({ dim: 2, layers: 8, hidden: [32, 32], seed: 1 });
 */
export const residualFlow = (options: ResidualFlowOptions): Flow<Chain> =>
  smoothFlow('residualFlow', options, (given) => new Residual(given));

/**
 * A continuous flow: continuous maps with activation norms between them; one layer is often enough. It starts as the
 * identity.
 *
 * Reference: Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud, "FFJORD: Free-form continuous dynamics for scalable reversible
 * generative models", 2019.
 *
 * @throws RangeError when a number is not what its option says.
 *
 * @example
 * const flow = continuousFlow({ dim: 2, layers: 1, hidden: [64, 64], steps: 8, seed: 1 });
 */
export const continuousFlow = (options: ContinuousFlowOptions): Flow<Chain> =>
  smoothFlow('continuousFlow', options, (given) => new Continuous(given));

function smoothFlow<Options extends ResidualFlowOptions | ContinuousFlowOptions>(
  caller: string,
  options: Options,
  make: (given: Options & { hidden: readonly number[]; seed: number }) => Bijector,
): Flow<Chain> {
  const { dim, layers, hidden = [64, 64], base, seed } = options;
  checkPositiveInteger(caller, 'layers', layers);
  const steps = layersOf(layers, (layer) => [
    make({ ...options, hidden, seed: deriveSeed(seed, layer) }),
    new ActNorm({ shape: [dim] }),
  ]);
  return flowOf([dim], steps.flat(), base);
}
