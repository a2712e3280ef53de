import { Planar } from '../../bijectors/planar';
import { Radial } from '../../bijectors/radial';
import { Sylvester } from '../../bijectors/sylvester';
import type { Registered } from '../registered';

/** Points pushed along a few directions. */
export const pushes: Record<string, Registered> = {
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
};
