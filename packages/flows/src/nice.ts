import { type Distribution, Normal } from '@tenonjs/distributions';
import { deriveSeed } from '@tenonjs/runtime';
import { AdditiveCoupling } from './bijectors/additiveCoupling';
import { Scaling } from './bijectors/scaling';
import { type Chain, chain } from './chain';
import { Flow } from './flow';
import { halfMask } from './masks/halfMask';
import { mlp } from './networks/mlp';
import { checkPositiveInteger } from './shapes';

export interface NiceOptions {
  /** The dimension of the points: at least 2. */
  dim: number;
  /** How many couplings; their halves change places from one to the next. */
  layers: number;
  /** The widths of the conditioners' hidden layers. */
  hidden?: readonly number[];
  activation?: 'relu' | 'tanh';
  /** The law of the latent points. Default: standard normal. */
  base?: Distribution;
  seed: number;
}

/**
 * NICE: one scaling, then additive couplings. It starts as the identity.
 *
 * Reference: Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015.
 *
 * @throws RangeError when dim is less than 2 or layers is not a positive integer.
 *
 * @example
 * const flow = nice({ dim: 2, layers: 8, hidden: [64, 64], seed: 1 });
 */
export function nice({ dim, layers, hidden = [64, 64], activation, base, seed }: NiceOptions): Flow<Chain> {
  checkPositiveInteger('nice', 'layers', layers);
  const couplings = Array.from({ length: layers }, (_, layer) => {
    const mask = halfMask({ dim, swap: layer % 2 === 1 });
    const network = { inputs: mask.kept, outputs: mask.changed, hidden, seed: deriveSeed(seed, layer) };
    return new AdditiveCoupling({ mask, conditioner: mlp(activation ? { ...network, activation } : network) });
  });
  return new Flow({
    bijector: chain([new Scaling({ shape: [dim] }), ...couplings]),
    base: base ?? new Normal({ shape: [dim] }),
  });
}
