import { type Distribution, Uniform } from '@tenonjs/distributions';
import { deriveSeed } from '@tenonjs/runtime';
import { Autoregressive } from '../bijectors/autoregressive';
import type { Chain } from '../chain';
import type { Flow } from '../flow';
import { circularSpline } from '../maps/circularSpline';
import { rationalQuadratic } from '../maps/rationalQuadratic';
import { made } from '../networks/made';
import { checkPositiveInteger } from '../shapes';
import { couplingSteps, eventOf, type ImageCouplingOptions, type VectorCouplingOptions } from './couplings';
import { flowOf, layersOf } from './options';

interface SplineOptions {
  /** Into how many pieces a spline is cut. Default: 8. */
  bins?: number;
  /** Splines work on [−bound, bound]; outside nothing moves. Default: 5; π for circular ones. */
  bound?: number;
}

/** A spline flow for vectors. */
export interface VectorSplineOptions extends VectorCouplingOptions, SplineOptions {
  /**
   * What decides how a number moves: `coupling`, half of the others; `autoregressive`, those before it, in orders that turn
   * round; `circular`, half of the others, for angles in [−bound, bound). Default: coupling.
   */
  kind?: 'coupling' | 'autoregressive' | 'circular';
}

/** A spline flow for images of whole levels. */
export interface ImageSplineOptions extends ImageCouplingOptions, SplineOptions {}

/**
 * A neural spline flow: numbers are moved by rational-quadratic splines whose knots a network places. It starts as the
 * identity. Angles have a uniform base, unless another is given.
 *
 * Reference: Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", 2019.
 *
 * @throws RangeError when there is nothing to divide, or a number is not what its option says.
 *
 * @example
 * const flow = splineFlow({ dim: 2, layers: 4, bins: 8, bound: 5, seed: 1 });
 */
export function splineFlow(options: VectorSplineOptions | ImageSplineOptions): Flow<Chain> {
  const { layers, bins, bound = 5 } = options;
  checkPositiveInteger('splineFlow', 'layers', layers);
  const kind = 'shape' in options ? 'coupling' : (options.kind ?? 'coupling');
  const cut = bins === undefined ? {} : { bins };
  const shape = eventOf(options);
  if (kind === 'circular') {
    const half = options.bound ?? Math.PI;
    const base: Distribution = options.base ?? new Uniform({ low: -half, high: half, shape });
    return flowOf(shape, couplingSteps('splineFlow', circularSpline({ ...cut, bound: half }), options), base);
  }
  const map = rationalQuadratic({ ...cut, bound });
  if (kind === 'coupling') return flowOf(shape, couplingSteps('splineFlow', map, options), options.base);
  const { hidden = [64, 64], activation, context, seed } = options;
  const dim = shape[0] as number;
  const steps = layersOf(layers, (layer) => {
    const order = layer % 2 === 1 ? 'reversed' : 'natural';
    const sizes = { dim, parameters: map.parameters, hidden, activation, context };
    return new Autoregressive({ dim, map, network: made({ ...sizes, order, seed: deriveSeed(seed, layer) }) });
  });
  return flowOf(shape, steps, options.base);
}
