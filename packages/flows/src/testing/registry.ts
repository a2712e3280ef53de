import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { type Bijector, trainableOf } from '../bijector';
import { ActNorm } from '../bijectors/actNorm';
import { AdditiveCoupling } from '../bijectors/additiveCoupling';
import { Affine } from '../bijectors/affine';
import { AffineCoupling } from '../bijectors/affineCoupling';
import { Autoregressive } from '../bijectors/autoregressive';
import { Continuous } from '../bijectors/continuous';
import { Coupling } from '../bijectors/coupling';
import { Exp } from '../bijectors/exp';
import { Householder } from '../bijectors/householder';
import { Logit } from '../bijectors/logit';
import { LuLinear } from '../bijectors/luLinear';
import { Permutation } from '../bijectors/permutation';
import { Planar } from '../bijectors/planar';
import { Radial } from '../bijectors/radial';
import { Residual } from '../bijectors/residual';
import { Scaling } from '../bijectors/scaling';
import { Sigmoid } from '../bijectors/sigmoid';
import { Softplus } from '../bijectors/softplus';
import { Split } from '../bijectors/split';
import { Squeeze } from '../bijectors/squeeze';
import { Sylvester } from '../bijectors/sylvester';
import { Tanh } from '../bijectors/tanh';
import { chain } from '../chain';
import { patchCouplings } from '../flows/patchCouplings';
import { invert } from '../invert';
import { affine as affineMap } from '../maps/affine';
import { circularSpline } from '../maps/circularSpline';
import { rationalQuadratic } from '../maps/rationalQuadratic';
import type { UnivariateMap } from '../maps/univariateMap';
import { alternatingMask } from '../masks/alternatingMask';
import { channelMask } from '../masks/channelMask';
import { checkerboardMask } from '../masks/checkerboardMask';
import { halfMask } from '../masks/halfMask';
import type { ImageShape } from '../masks/imageShape';
import type { Mask } from '../masks/mask';
import { type MadeOptions, made as madeNetwork } from '../networks/made';
import { mlp } from '../networks/mlp';
import { patchMlp } from '../networks/patchMlp';

/** A bijector as the contract suite sees it. */
export interface Registered {
  /** The shape of an event; at most 6 numbers, since its Jacobian is taken by finite differences. */
  event: number[];
  build(seed: number): Bijector;
  /** Where latent points live: a spread around 0, or an interval. Default: a spread of 2. */
  latent?: { std: number } | { low: number; high: number };
  /** The step of finite differences in latent and in data space. Default: 1e-2. */
  steps?: { latent?: number; data?: number };
  /** How far variables are moved away from where they start. Default: 0.4. */
  moved?: number;
  /** The numbers in a row of context. Default: 0, none. */
  context?: number;
  /** Its variables start so that it does nothing. Default: true. */
  startsAsIdentity?: boolean;
  /** Which numbers of the flattened event pass unchanged, for couplings: the Jacobian's zeros are exact. */
  kept?: boolean[];
  /** It takes points of any shape. */
  anyShape?: boolean;
  /** How far a round trip may miss. Default: 1e-5. */
  tolerance?: number;
  /** How far the identity that it starts as may miss, where it is the product of several maps. Default: 1e-6. */
  rounding?: number;
  /** Its contract takes minutes on a software adapter: it is held on cpu and wasm. */
  costly?: boolean;
}

/** With tanh, since finite differences miss the kinks of relu. */
const conditioner = (mask: Mask, parameters: number, seed: number) =>
  mlp({ inputs: mask.kept, outputs: parameters * mask.changed, hidden: [8], activation: 'tanh', seed });
const additive = (mask: Mask, seed: number) => new AdditiveCoupling({ mask, conditioner: conditioner(mask, 1, seed) });
const affine = (mask: Mask, seed: number) => new AffineCoupling({ mask, conditioner: conditioner(mask, 2, seed) });

const coupling = (map: UnivariateMap, mask: Mask, seed: number) =>
  new Coupling({ map, mask, conditioner: conditioner(mask, map.parameters, seed) });
const circle = { low: -2.8, high: 3 };

/** A MAF, or an IAF where it reads latent points. */
const autoregressive = (map: UnivariateMap, options: Partial<MadeOptions> & { dim: number; seed: number }) => {
  const network = { parameters: map.parameters, hidden: [8], activation: 'tanh', ...options } as const;
  return { dim: options.dim, map, network: madeNetwork(network) };
};

const seeingPatches = (mask: Mask, seen: { planes: number; shape: ImageShape }, channels: number, seed: number) => {
  const outputs = { planes: 2 * seen.planes, channels };
  return new AffineCoupling({
    mask,
    conditioner: patchMlp({ ...seen, outputs, hidden: [8], activation: 'tanh', seed }),
  });
};

const [yes, no] = [true, false];
/** A map of single numbers: any shape will do, and it does not start as anything. */
const withoutVariables = { anyShape: true, startsAsIdentity: false };
const unit = { low: 0.05, high: 0.95 };

/** Every bijector is listed here once, and meets every check of the contract suite on every backend. */
export const registry: Record<string, Registered> = {
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
  'activation norm': { event: [2, 3], build: () => new ActNorm({ shape: [2, 3] }) },
  'activation norm of channels': {
    event: [2, 1, 2],
    build: () => new ActNorm({ shape: [2, 1, 2], perChannel: true }),
  },
  scaling: { event: [2, 3], build: () => new Scaling({ shape: [2, 3] }) },
  planar: {
    event: [3],
    build: (seed) => new Planar({ dim: 3, seed }),
    tolerance: 1e-4, // its inverse is a root
  },
  radial: { event: [3], build: (seed) => new Radial({ dim: 3, seed }), tolerance: 1e-4 },
  'radial on a line': { event: [1], build: (seed) => new Radial({ dim: 1, seed }), tolerance: 1e-4 },
  sylvester: { event: [3], build: (seed) => new Sylvester({ dim: 3, seed }), tolerance: 1e-4 },
  'sylvester, of fewer directions': {
    event: [4],
    build: (seed) => new Sylvester({ dim: 4, rank: 2, seed }),
    tolerance: 1e-4,
  },
  logit: {
    event: [3],
    build: () => new Logit({ alpha: 0.05 }),
    latent: unit,
    steps: { latent: 1e-3 },
    anyShape: true,
    startsAsIdentity: false,
  },
  'logit without a margin': {
    event: [2],
    build: () => new Logit({ alpha: 0 }),
    latent: unit,
    steps: { latent: 1e-3 },
    anyShape: true,
    startsAsIdentity: false,
  },
  'masked autoregressive': {
    event: [4],
    build: (seed) => new Autoregressive(autoregressive(affineMap, { dim: 4, seed })),
  },
  'masked autoregressive, in a random order': {
    event: [5],
    build: (seed) => new Autoregressive(autoregressive(affineMap, { dim: 5, hidden: [8, 6], order: 'random', seed })),
  },
  'masked autoregressive with a context': {
    event: [2],
    build: (seed) => new Autoregressive(autoregressive(affineMap, { dim: 2, context: 3, order: 'reversed', seed })),
    context: 3,
  },
  'inverse autoregressive': {
    event: [3],
    build: (seed) => new Autoregressive({ ...autoregressive(affineMap, { dim: 3, seed }), reads: 'latent' }),
  },
  'spline coupling': {
    event: [4],
    build: (seed) => coupling(rationalQuadratic({ bins: 4, bound: 3 }), halfMask({ dim: 4 }), seed),
    steps: { latent: 1e-3, data: 1e-3 },
    kept: [yes, yes, no, no],
    tolerance: 1e-4,
  },
  'autoregressive splines': {
    event: [3],
    build: (seed) => new Autoregressive(autoregressive(rationalQuadratic({ bins: 3, bound: 4 }), { dim: 3, seed })),
    steps: { latent: 1e-3, data: 1e-3 },
    tolerance: 1e-4,
  },
  'circular spline coupling': {
    event: [3],
    build: (seed) => coupling(circularSpline({ bins: 3 }), halfMask({ dim: 3 }), seed),
    latent: circle,
    steps: { latent: 1e-3, data: 1e-3 },
    tolerance: 1e-4,
  },
  exp: { event: [3], build: () => new Exp(), latent: { std: 0.5 }, steps: { data: 1e-3 }, ...withoutVariables },
  sigmoid: { event: [3], build: () => new Sigmoid(), latent: { std: 1 }, steps: { data: 1e-3 }, ...withoutVariables },
  tanh: { event: [3], build: () => new Tanh(), latent: { std: 0.5 }, steps: { data: 1e-3 }, ...withoutVariables },
  softplus: { event: [3], build: () => new Softplus(), latent: { std: 1 }, steps: { data: 1e-3 }, ...withoutVariables },
  affine: {
    event: [2, 2],
    build: () => new Affine({ shape: [2, 2], scale: [2, -0.5, 1, 3], shift: [0, 1, -4, 0.1] }),
    startsAsIdentity: false,
  },
  permutation: { event: [5], build: (seed) => new Permutation({ shape: [5], seed }), startsAsIdentity: false },
  'permutation of channels': {
    event: [1, 2, 3],
    build: () => new Permutation({ shape: [1, 2, 3], order: [2, 0, 1] }),
    startsAsIdentity: false,
  },
  householder: { event: [3], build: (seed) => new Householder({ dim: 3, reflections: 4, seed }), rounding: 2e-6 },
  'householder, an odd number': {
    event: [4],
    build: (seed) => new Householder({ dim: 4, reflections: 1, seed }),
    startsAsIdentity: false,
  },
  'LU linear': {
    event: [4],
    build: (seed) => new LuLinear({ shape: [4], seed }),
    startsAsIdentity: false,
    tolerance: 1e-4,
  },
  'LU linear, from the identity': {
    event: [5],
    build: (seed) => new LuLinear({ shape: [5], start: 'identity', seed }),
    tolerance: 1e-4,
  },
  'invertible 1×1 convolution': {
    event: [1, 2, 3],
    build: (seed) => new LuLinear({ shape: [1, 2, 3], start: 'permutation', seed }),
    startsAsIdentity: false,
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
  residual: {
    costly: true,
    event: [2],
    build: (seed) => new Residual({ dim: 2, hidden: [6], lipschitz: 0.5, terms: 9, seed }),
    tolerance: 1e-4,
  },
  'residual with a context': {
    costly: true,
    event: [3],
    build: (seed) =>
      new Residual({ dim: 3, hidden: [6], activation: 'tanh', lipschitz: 0.5, terms: 9, context: 2, seed }),
    context: 2,
    tolerance: 1e-4,
  },
  continuous: {
    costly: true,
    event: [2],
    build: (seed) => new Continuous({ dim: 2, hidden: [6], steps: 6, seed }),
    tolerance: 1e-3,
  },
  'continuous, with steps of its own and a context': {
    costly: true,
    event: [2],
    build: (seed) =>
      new Continuous({ dim: 2, hidden: [4], context: 1, solver: 'dormandPrince', steps: 6, tolerance: 1e-3, seed }),
    context: 1,
    tolerance: 1e-3,
  },
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

/** Moves every variable that training may change away from where it starts. */
export function perturb(bijector: Bijector, seed: number, std = 0.4): Bijector {
  tf.tidy(() => {
    trainableOf(bijector.variables).forEach((variable, i) => {
      variable.assign(tf.add(variable, randomNormal(variable.shape, { seed: deriveSeed(seed, i), std })));
    });
  });
  return bijector;
}

/** Frees a bijector's variables. */
export const free = (bijector: Bijector): void => tf.dispose(Object.values(bijector.variables));

/** The bijector of an entry; one with a context always has the same. */
export function made({ build, context }: Registered, seed: number): Bijector {
  const bijector = build(seed);
  if (!context) return bijector;
  const row = Array.from({ length: context }, (_, i) => 0.7 - i);
  return {
    variables: bijector.variables,
    forward: (z) => bijector.forward(z, { context: tf.tensor2d([row]) }),
    inverse: (x) => bijector.inverse(x, { context: tf.tensor2d([row]) }),
  };
}
