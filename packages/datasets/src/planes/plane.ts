import { createRandom } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, seedOf } from '../checks';
import { bentNormals } from './bentNormals';
import { checkerboard } from './checkerboard';
import { pinwheel } from './pinwheel';
import type { PlaneDensity } from './planeDensity';
import { rings } from './rings';
import { spirals } from './spirals';
import { twoMoons } from './twoMoons';

const planes = { twoMoons, rings, spirals, pinwheel, checkerboard, ...bentNormals } satisfies Record<
  string,
  PlaneDensity
>;

/** The name of a density over the plane. */
export type PlaneName = keyof typeof planes;

/** Every name that `plane` knows. */
export const planeNames = Object.keys(planes) as readonly PlaneName[];

/**
 * Points drawn from a density over the plane, from the well-known shapes on which flows are shown.
 *
 * The numbers are made on the host from the seed: the same on every backend, and the first of more points are the same
 * as of fewer.
 *
 * @param name - one of `planeNames`.
 * @param n - how many points.
 * @param options.seed - an integer in [0, 2⁵³).
 * @returns the points, shape [n, 2], float32.
 * @throws RangeError when the name is unknown, n is not a positive integer, or the seed is bad.
 *
 * @example
 * const points = plane('twoMoons', 1000, { seed: 7 });
 */
export function plane(name: PlaneName, n: number, options: { seed: number }): tf.Tensor2D {
  const density = densityOf('plane', name);
  checkCount('plane', n);
  const random = createRandom(seedOf('plane', options));
  const points = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) points.set(density.draw(random), 2 * i);
  return tf.tensor2d(points, [n, 2]);
}

/**
 * The differential entropy `−∫ p ln p` of a density over the plane, in nats: no model of its points can have a mean
 * negative log-likelihood below it.
 *
 * Exact for the densities made of normals and squares, by quadrature to six digits for the other four.
 *
 * @throws RangeError when the name is unknown.
 *
 * @example
 * planeEntropy('checkerboard'); // ln 32 ≈ 3.4657
 */
export function planeEntropy(name: PlaneName): number {
  return densityOf('planeEntropy', name).entropy;
}

function densityOf(caller: string, name: PlaneName): PlaneDensity {
  if (!planeNames.includes(name)) {
    throw new RangeError(`${caller}: name must be one of ${planeNames.join(', ')}, got ${name}`);
  }
  return planes[name];
}
