import { type Distribution, Uniform } from '@tenonjs/distributions';
import { deriveSeed } from '@tenonjs/runtime';
import type { Bijector } from '../bijector';
import { Autoregressive } from '../bijectors/autoregressive';
import { Coupling } from '../bijectors/coupling';
import type { Chain } from '../chain';
import type { Flow } from '../flow';
import { circularSpline } from '../maps/circularSpline';
import { rationalQuadratic } from '../maps/rationalQuadratic';
import type { UnivariateMap } from '../maps/univariateMap';
import { halfMask } from '../masks/halfMask';
import { made } from '../networks/made';
import { mlp } from '../networks/mlp';
import { periodic } from '../networks/periodic';
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
 * identity. Angles have a uniform base, unless another is given; their density is the same one round further, and has no jump
 * where a circle's ends meet.
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
  const cut = bins === undefined ? {} : { bins };
  const shape = eventOf(options);
  if (!('shape' in options) && options.kind === 'circular') {
    const half = options.bound ?? Math.PI;
    const base: Distribution = options.base ?? new Uniform({ low: -half, high: half, shape });
    return flowOf(shape, circularSteps(circularSpline({ ...cut, bound: half }), half, options), base);
  }
  const map = rationalQuadratic({ ...cut, bound });
  if ('shape' in options || options.kind !== 'autoregressive')
    return flowOf(shape, couplingSteps('splineFlow', map, options), options.base);
  const { dim, hidden = [64, 64], activation, context, seed } = options;
  const steps = layersOf(layers, (layer) => {
    const order = layer % 2 === 1 ? 'reversed' : 'natural';
    const sizes = { dim, parameters: map.parameters, hidden, activation, context };
    return new Autoregressive({ dim, map, network: made({ ...sizes, order, seed: deriveSeed(seed, layer) }) });
  });
  return flowOf(shape, steps, options.base);
}

/** Couplings of angles, whose networks see where on their circles the others are. */
function circularSteps(map: UnivariateMap, bound: number, options: VectorSplineOptions): Bijector[] {
  const { dim, layers, hidden = [64, 64], activation, context, seed } = options;
  return layersOf(layers, (layer) => {
    const mask = halfMask({ dim, swap: layer % 2 === 1 });
    const sizes = { inputs: 2 * mask.kept, outputs: map.parameters * mask.changed, hidden, activation, context };
    const network = mlp({ ...sizes, seed: deriveSeed(seed, layer) });
    return new Coupling({ map, mask, conditioner: periodic(network, { bound }) });
  });
}
