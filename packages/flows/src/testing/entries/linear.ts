import { Householder } from '../../bijectors/householder';
import { LuLinear } from '../../bijectors/luLinear';
import { Permutation } from '../../bijectors/permutation';
import type { Registered } from '../registered';

/** Reordered, turned, mixed. */
export const linear: Record<string, Registered> = {
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
};
