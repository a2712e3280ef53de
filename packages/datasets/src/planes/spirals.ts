import type { PlaneDensity } from './planeDensity';

const TURN = 3 * Math.PI;
const NOISE = 0.1;

/**
 * Two arms that wind one and a half times around the origin, each the other turned by 180°, with normal noise of 0.1:
 *
 *     t = 3π √U(0, 1),   x = ± ⅓ t (−cos t, sin t) + 0.1 · N(0, I)
 *
 * The root spreads the points about evenly along an arm, which grows longer with each turn.
 */
export const spirals: PlaneDensity = {
  draw(random) {
    const t = TURN * Math.sqrt(random.uniform());
    const r = (random.integer(2) === 0 ? t : -t) / 3;
    return [-r * Math.cos(t) + NOISE * random.normal(), r * Math.sin(t) + NOISE * random.normal()];
  },
  /** By quadrature: tools/oracles/planeEntropies.py. */
  entropy: 2.540618,
};
