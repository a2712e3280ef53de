import type { PlaneDensity } from './planeDensity';

const ARMS = 5;

/**
 * Five vanes, each a long normal blob at distance 2 from the origin, turned further the further out it reaches:
 *
 *     v ~ N((2, 0), diag(0.6², 0.2²)),   k ∈ {0, …, 4},   x = v turned by 2πk / 5 + ¼ exp(|v| / 2)
 *
 * A turn by an angle that depends on the radius keeps area, so the density at x is that of five straight vanes at x
 * turned back, and so is the entropy.
 *
 * Reference: Johnson, Duvenaud, Wiltschko, Datta, Adams, "Composing graphical models with neural networks for
 * structured representations and fast inference", 2016, whose pinwheel turns by the first coordinate of v.
 */
export const pinwheel: PlaneDensity = {
  draw(random) {
    const [v1, v2] = [2 + 0.6 * random.normal(), 0.2 * random.normal()];
    const angle = (2 * Math.PI * random.integer(ARMS)) / ARMS + 0.25 * Math.exp(Math.hypot(v1, v2) / 2);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [v1 * cos - v2 * sin, v1 * sin + v2 * cos];
  },
  /** By quadrature: tools/oracles/planeEntropies.py. */
  entropy: 2.320588,
};
