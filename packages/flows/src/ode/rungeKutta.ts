import * as tf from '@tensorflow/tfjs-core';
import { type Field, grown, type Integrand, type Solution, type Solver, type Stage } from './solver';

/**
 * The classical method, in steps of one size.
 *
 * Reference: Hairer, Nørsett, Wanner, "Solving ordinary differential equations I", 1993, table II.1.2.
 */
export const rungeKutta =
  (steps: number): Solver =>
  (field, from, direction, integrand) => {
    const h = direction / steps;
    let at: Solution = { end: from, integrals: [] };
    for (let step = 0; step < steps; step++) {
      const [before, time] = [at, (direction > 0 ? 0 : 1) + step * h];
      at = tf.tidy(() => ({ ...goOn(field, before, time, h, integrand) }));
    }
    return at;
  };

/** One step from time t to t + h. */
function goOn(field: Field, { end: y, integrals }: Solution, t: number, h: number, integrand?: Integrand): Solution {
  const along = (by: tf.Tensor, share: number) => tf.add(y, tf.mul(share * h, by)) as tf.Tensor2D;
  const stages: Stage[] = [];
  const slope = (state: tf.Tensor2D, at: number, share: number) => {
    const time = tf.fill([y.shape[0], 1], at) as tf.Tensor2D;
    stages.push({ state, time, share });
    return field(state, time);
  };
  const k1 = slope(y, t, 1 / 6);
  const k2 = slope(along(k1, 0.5), t + h / 2, 1 / 3);
  const k3 = slope(along(k2, 0.5), t + h / 2, 1 / 3);
  const k4 = slope(along(k3, 1), t + h, 1 / 6);
  const end = along(tf.add(tf.add(k1, k4), tf.mul(2, tf.add(k2, k3))), 1 / 6);
  return { end, integrals: integrand === undefined ? integrals : grown(integrals, stages, h, integrand) };
}
