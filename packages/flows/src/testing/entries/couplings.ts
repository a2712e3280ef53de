import { AffineCoupling } from '../../bijectors/affineCoupling';
import { Coupling } from '../../bijectors/coupling';
import { Split } from '../../bijectors/split';
import { Squeeze } from '../../bijectors/squeeze';
import { chain } from '../../chain';
import { patchCouplings } from '../../flows/patchCouplings';
import { invert } from '../../invert';
import { affine as affineMap } from '../../maps/affine';
import { circularSpline } from '../../maps/circularSpline';
import { rationalQuadratic } from '../../maps/rationalQuadratic';
import type { UnivariateMap } from '../../maps/univariateMap';
import { alternatingMask } from '../../masks/alternatingMask';
import { channelMask } from '../../masks/channelMask';
import { checkerboardMask } from '../../masks/checkerboardMask';
import { halfMask } from '../../masks/halfMask';
import type { ImageShape } from '../../masks/imageShape';
import type { Mask } from '../../masks/mask';
import { mlp } from '../../networks/mlp';
import { patchMlp } from '../../networks/patchMlp';
import { periodic } from '../../networks/periodic';
import { additive, affine, conditioner } from '../couplings';
import type { Registered } from '../registered';

const coupling = (map: UnivariateMap, mask: Mask, seed: number) =>
  new Coupling({ map, mask, conditioner: conditioner(mask, map.parameters, seed) });
const circle = { low: -2.8, high: 3 };

const seeingPatches = (mask: Mask, seen: { planes: number; shape: ImageShape }, channels: number, seed: number) => {
  const outputs = { planes: 2 * seen.planes, channels };
  return new AffineCoupling({
    mask,
    conditioner: patchMlp({ ...seen, outputs, hidden: [8], activation: 'tanh', seed }),
  });
};

const [yes, no] = [true, false];

/** Some numbers pass and decide how the others are moved. */
export const couplings: Record<string, Registered> = {
  'additive coupling, half': {
    event: [3],
    build: (seed) => additive(halfMask({ dim: 3 }), seed),
    kept: [yes, yes, no],
  },
  'additive coupling, alternating, swapped': {
    event: [5],
    build: (seed) => additive(alternatingMask({ dim: 5, swap: true }), seed),
    kept: [no, yes, no, yes, no],
  },
  'affine coupling, half': {
    event: [4],
    build: (seed) => affine(halfMask({ dim: 4 }), seed),
    kept: [yes, yes, no, no],
  },
  'affine coupling with a context': {
    event: [3],
    build: (seed) => {
      const mask = halfMask({ dim: 3 });
      const network = { inputs: 2, outputs: 2, context: 2, hidden: [6], activation: 'tanh', seed } as const;
      return new AffineCoupling({ mask, conditioner: mlp(network) });
    },
    kept: [yes, yes, no],
    context: 2,
  },
  'affine coupling, half, swapped': {
    event: [3],
    build: (seed) => affine(halfMask({ dim: 3, swap: true }), seed),
    kept: [no, no, yes],
  },
  'affine coupling, alternating': {
    event: [5],
    build: (seed) => affine(alternatingMask({ dim: 5 }), seed),
    kept: [yes, no, yes, no, yes],
  },
  'affine coupling, checkerboard': {
    event: [2, 3, 1],
    build: (seed) => affine(checkerboardMask({ shape: [2, 3, 1] }), seed),
    kept: [yes, no, yes, no, yes, no],
  },
  'affine coupling, checkerboard, swapped': {
    event: [3, 2, 1],
    build: (seed) => affine(checkerboardMask({ shape: [3, 2, 1], swap: true }), seed),
    kept: [no, yes, yes, no, no, yes],
  },
  'affine coupling, channels': {
    event: [1, 2, 3],
    build: (seed) => affine(channelMask({ shape: [1, 2, 3] }), seed),
    kept: [yes, yes, no, yes, yes, no],
  },
  'affine coupling, checkerboard, that sees patches': {
    event: [2, 2, 1],
    build: (seed) => seeingPatches(checkerboardMask({ shape: [2, 2, 1] }), { planes: 2, shape: [1, 1, 1] }, 1, seed),
    kept: [yes, no, no, yes],
  },
  'affine coupling, channels, that sees patches': {
    event: [1, 2, 3],
    build: (seed) => seeingPatches(channelMask({ shape: [1, 2, 3] }), { planes: 1, shape: [1, 2, 2] }, 1, seed),
    kept: [yes, yes, no, yes, yes, no],
  },
  'affine coupling, channels, of a squeezed image': {
    event: [2, 2, 1],
    build: (seed) => {
      const squeeze = new Squeeze({ shape: [2, 2, 1] });
      return chain([invert(squeeze), affine(channelMask({ shape: [1, 1, 4] }), seed), squeeze]);
    },
    kept: [yes, yes, no, no],
  },
  'couplings that see patches, at all scales': {
    event: [2, 2, 1],
    build: (seed) =>
      chain(patchCouplings({ map: affineMap, shape: [2, 2, 1], layers: 3, hidden: [4], activation: 'tanh', seed })),
    tolerance: 1e-4,
  },
  'spline coupling': {
    event: [4],
    build: (seed) => coupling(rationalQuadratic({ bins: 4, bound: 3 }), halfMask({ dim: 4 }), seed),
    steps: { latent: 1e-3, data: 1e-3 },
    kept: [yes, yes, no, no],
    tolerance: 1e-4,
  },
  'circular spline coupling': {
    event: [3],
    build: (seed) => {
      const [map, mask] = [circularSpline({ bins: 3 }), halfMask({ dim: 3 })];
      const sizes = { inputs: 2 * mask.kept, outputs: map.parameters * mask.changed, hidden: [6] };
      return new Coupling({ map, mask, conditioner: periodic(mlp({ ...sizes, activation: 'tanh', seed })) });
    },
    latent: circle,
    steps: { latent: 1e-3, data: 1e-3 },
    tolerance: 1e-4,
  },
  'multi-scale split': {
    event: [1, 2, 3],
    build: (seed) => {
      const [shape, rest] = [
        [1, 2, 3],
        [1, 2, 2],
      ] as const;
      const mask = channelMask({ shape, swap: true });
      const inner = affine(channelMask({ shape: rest }), seed);
      return new Split({ mask, shape: rest, bijector: inner });
    },
    kept: [yes, no, yes, yes, no, yes],
  },
};
