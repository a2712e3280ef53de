import { rationalQuadraticSpline } from '@tenonjs/runtime/ops';
import type * as tf from '@tensorflow/tfjs-core';
import type { Moved, UnivariateMap } from './univariateMap';

export interface RationalQuadraticOptions {
  /** K: into how many pieces the interval is cut. Default: 8. */
  bins?: number;
  /** The spline works on [−bound, bound]; outside it nothing moves. Default: 3. */
  bound?: number;
}

/**
 * A monotone rational-quadratic spline on [−bound, bound], the identity outside it: K pieces, each the ratio of two
 * quadratics, which meet with equal slopes at knots that the parameters place.
 *
 * Its 3K − 1 parameters are K raw widths and K raw heights, softened to shares of the interval of at least 10⁻³ each, and
 * K − 1 raw log-slopes at the inner knots, softly bounded to ±5; slopes at the ends are 1.
 *
 * Neither values nor gradients are ever NaN: it is the fused op `rationalQuadraticSpline` of the runtime.
 *
 * Reference: Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", 2019, §3.1 and appendix A.
 *
 * @throws RangeError when bins is not an integer from 2 to 999, or bound not a positive number.
 *
 * @example
 * const map = rationalQuadratic({ bins: 8, bound: 4 });
 * const conditioner = mlp({ inputs: 1, outputs: map.parameters, hidden: [32], seed: 1 });
 * const coupling = new Coupling({ map, mask: halfMask({ dim: 2 }), conditioner });
 */
export function rationalQuadratic({ bins = 8, bound = 3 }: RationalQuadraticOptions = {}): UnivariateMap {
  checkSpline('rationalQuadratic', bins, bound);
  const go = (points: tf.Tensor2D, made: tf.Tensor2D, inverse: boolean): Moved =>
    rationalQuadraticSpline(points, made, { bins, bound, inverse }) as Moved;
  return {
    parameters: 3 * bins - 1,
    move: (z, made) => go(z, made, false),
    moveBack: (x, made) => go(x, made, true),
  };
}

/** @throws RangeError when there is no spline of these. */
export function checkSpline(caller: string, bins: number, bound: number): void {
  if (!Number.isInteger(bins) || bins < 2 || bins >= 1000) {
    throw new RangeError(`${caller}: bins must be an integer from 2 to 999, got ${bins}`);
  }
  if (!(bound > 0 && Number.isFinite(bound))) {
    throw new RangeError(`${caller}: bound must be a positive number, got ${bound}`);
  }
}
