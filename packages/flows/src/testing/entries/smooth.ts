import { Continuous } from '../../bijectors/continuous';
import { Residual } from '../../bijectors/residual';
import type { Registered } from '../registered';

/** Maps that are small steps, or flows of a field. */
export const smooth: Record<string, Registered> = {
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
};
