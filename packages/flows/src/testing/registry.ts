import { deriveSeed } from '@tenonjs/runtime';
import { Planar } from '../bijectors/planar';
import { Scaling } from '../bijectors/scaling';
import { chain } from '../chain';
import { invert } from '../invert';
import { alternatingMask } from '../masks/alternatingMask';
import { halfMask } from '../masks/halfMask';
import { additive, affine } from './couplings';
import { autoregressive } from './entries/autoregressive';
import { couplings } from './entries/couplings';
import { linear } from './entries/linear';
import { pointwise } from './entries/pointwise';
import { pushes } from './entries/pushes';
import { smooth } from './entries/smooth';
import type { Registered } from './registered';

/** Every bijector is listed once, and meets every check of the contract suite on every backend. */
export const registry: Record<string, Registered> = {
  ...couplings,
  ...pointwise,
  ...pushes,
  ...linear,
  ...autoregressive,
  ...smooth,
  'an inverted map': { event: [3], build: (seed) => invert(affine(halfMask({ dim: 3 }), seed)) },
  'a chain': {
    event: [4],
    build: (seed) =>
      chain([
        new Scaling({ shape: [4] }),
        affine(halfMask({ dim: 4 }), deriveSeed(seed, 1)),
        affine(alternatingMask({ dim: 4, swap: true }), deriveSeed(seed, 2)),
        additive(halfMask({ dim: 4, swap: true }), deriveSeed(seed, 3)),
        invert(new Planar({ dim: 4, seed: deriveSeed(seed, 4) })),
      ]),
    tolerance: 1e-4,
  },
};
