import { Autoregressive } from '../../bijectors/autoregressive';
import { affine as affineMap } from '../../maps/affine';
import { rationalQuadratic } from '../../maps/rationalQuadratic';
import type { UnivariateMap } from '../../maps/univariateMap';
import { type MadeOptions, made as madeNetwork } from '../../networks/made';
import type { Registered } from '../registered';

/** A MAF, or an IAF where it reads latent points. */
const optionsOf = (map: UnivariateMap, options: Partial<MadeOptions> & { dim: number; seed: number }) => {
  const network = { parameters: map.parameters, hidden: [8], activation: 'tanh', ...options } as const;
  return { dim: options.dim, map, network: madeNetwork(network) };
};

/** Each number is moved as those before it decide. */
export const autoregressive: Record<string, Registered> = {
  'masked autoregressive': {
    event: [4],
    build: (seed) => new Autoregressive(optionsOf(affineMap, { dim: 4, seed })),
  },
  'masked autoregressive, in a random order': {
    event: [5],
    build: (seed) => new Autoregressive(optionsOf(affineMap, { dim: 5, hidden: [8, 6], order: 'random', seed })),
  },
  'masked autoregressive with a context': {
    event: [2],
    build: (seed) => new Autoregressive(optionsOf(affineMap, { dim: 2, context: 3, order: 'reversed', seed })),
    context: 3,
  },
  'inverse autoregressive': {
    event: [3],
    build: (seed) => new Autoregressive({ ...optionsOf(affineMap, { dim: 3, seed }), reads: 'latent' }),
  },
  'autoregressive splines': {
    event: [3],
    build: (seed) => new Autoregressive(optionsOf(rationalQuadratic({ bins: 3, bound: 4 }), { dim: 3, seed })),
    steps: { latent: 1e-3, data: 1e-3 },
    tolerance: 1e-4,
  },
};
