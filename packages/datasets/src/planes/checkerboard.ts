import type { PlaneDensity } from './planeDensity';

/**
 * Uniform on the eight dark squares of a board of 4 × 4, each of side 2, on [−4, 4)²: those whose column and row add
 * up to an even number.
 *
 * Half of an area of 64 is covered, so the entropy is ln 32.
 *
 * Reference: Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", 2019, the plane data of its code.
 */
export const checkerboard: PlaneDensity = {
  draw(random) {
    const x1 = 4 * random.uniform() - 2;
    const odd = Math.abs(Math.floor(x1)) % 2;
    const x2 = random.uniform() - 2 * random.integer(2) + odd;
    return [2 * x1, 2 * x2];
  },
  entropy: Math.log(32),
};
