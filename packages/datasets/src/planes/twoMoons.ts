import type { PlaneDensity } from './planeDensity';

const NOISE = 0.1;

/**
 * Two half circles that reach into each other, with normal noise of 0.1:
 *
 *     t ~ U(0, π),   c = (cos t, sin t) or (1 − cos t, ½ − sin t),   x = c + 0.1 · N(0, I)
 *
 * Reference: `make_moons(noise=0.1)` of scikit-learn, with random in place of evenly spaced t.
 */
export const twoMoons: PlaneDensity = {
  draw(random) {
    const t = Math.PI * random.uniform();
    const [c1, c2] = random.integer(2) === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
    return [c1 + NOISE * random.normal(), c2 + NOISE * random.normal()];
  },
  /** By quadrature: tools/oracles/planeEntropies.py. */
  entropy: 1.007585,
};
