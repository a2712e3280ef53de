import type { PlaneDensity } from './planeDensity';

const RADII = [1, 2, 3];
const NOISE = 0.1;

/**
 * Three rings around the origin, equally likely, with normal noise of 0.1:
 *
 *     r ∈ {1, 2, 3},   t ~ U(0, 2π),   x = r (cos t, sin t) + 0.1 · N(0, I)
 *
 * The density depends on |x| alone: a mean over r of `exp(−(|x|² + r²) / 2σ²) I₀(r|x| / σ²) / 2πσ²`.
 */
export const rings: PlaneDensity = {
  draw(random) {
    const r = RADII[random.integer(RADII.length)] as number;
    const t = 2 * Math.PI * random.uniform();
    return [r * Math.cos(t) + NOISE * random.normal(), r * Math.sin(t) + NOISE * random.normal()];
  },
  /** By quadrature: tools/oracles/planeEntropies.py. */
  entropy: 2.648949,
};
