import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from '../bijector';
import { contextRows } from '../networks/context';
import { dotRows, probesFor, type Trace } from '../networks/probes';
import { type SmoothActivation, type SmoothNetwork, smoothMlp } from '../networks/smoothMlp';
import { withAdjoint } from '../ode/adjoint';
import { dormandPrince } from '../ode/dormandPrince';
import { rungeKutta } from '../ode/rungeKutta';
import type { Field } from '../ode/solver';
import { checkPoints, checkPositiveInteger, sumOf } from '../shapes';

export interface ContinuousOptions {
  /** D, of the points. */
  dim: number;
  /** The widths of the network's hidden layers. */
  hidden: readonly number[];
  activation?: SmoothActivation | undefined;
  /** The numbers in a row of context. Default: 0, none. */
  context?: number | undefined;
  /** How traces are found. Default: exact up to 4 numbers, Hutchinson's estimate, which needs seeds, above. */
  trace?: Trace | undefined;
  /** `rungeKutta`: steps of one size; `dormandPrince`: steps that each point chooses for itself. Default: rungeKutta. */
  solver?: 'rungeKutta' | 'dormandPrince' | undefined;
  /** How many steps; of Dormand and Prince, how many may be tried. Default: 8, of Dormand and Prince 24. */
  steps?: number | undefined;
  /** Of Dormand and Prince: how large the error of a step may be, beside 1 and beside the numbers. Default: 1e-4. */
  tolerance?: number | undefined;
  /**
   * `direct`, through all steps, which are kept; `adjoint`, by solving backwards, which keeps none of them and is equal but for
   * what the solver misses. Default: direct.
   */
  gradient?: 'direct' | 'adjoint' | undefined;
  seed: number;
}

/**
 * A continuous map: points flow along a field that a network makes of place and time.
 *
 *     dz/dt = f(z, t),   d log |det J| / dt = tr ∂f/∂z,   z(0) latent, z(1) data
 *
 * Steps of one size make it exactly the same map at each call; its inverse is the same steps backwards, which miss the start
 * by what the solver misses.
 *
 * Reference: Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud, "FFJORD: Free-form continuous dynamics for scalable reversible
 * generative models", 2019; Chen, Rubanova, Bettencourt, Duvenaud, "Neural ordinary differential equations", 2018, §2 and §4.
 *
 * @throws RangeError when a number is not what its option says.
 *
 * @example
 * const { value, logDet } = new Continuous({ dim: 2, hidden: [32, 32], seed: 1 }).inverse(x);
 */
export class Continuous implements Bijector {
  readonly variables: Variables;
  private readonly network: SmoothNetwork;
  private readonly dim: number;
  private readonly context: number;
  private readonly trace: Trace;
  private readonly solve: (
    probes: tf.Tensor2D[],
    rows: tf.Tensor2D[],
    from: tf.Tensor2D,
    direction: 1 | -1,
  ) => tf.Tensor2D;

  constructor(options: ContinuousOptions) {
    const { dim, hidden, activation = 'tanh', context = 0, solver = 'rungeKutta', tolerance = 1e-4, seed } = options;
    const { gradient = 'direct' } = options;
    const { steps = solver === 'rungeKutta' ? 8 : 24 } = options;
    checkPositiveInteger('Continuous', 'steps', steps);
    if (!(tolerance > 0)) throw new RangeError(`Continuous: tolerance must be positive, got ${tolerance}`);
    this.network = smoothMlp({ dim, hidden, activation, context: 1 + context, seed });
    this.variables = this.network.variables;
    [this.dim, this.context] = [dim, context];
    this.trace = options.trace ?? (dim <= 4 ? 'exact' : 'hutchinson');
    const variables = Object.values(this.variables) as tf.Tensor[];
    const field = (probes: tf.Tensor2D[], rows: tf.Tensor2D[]) => this.field(probes, rows);
    const solve = solver === 'rungeKutta' ? rungeKutta(steps) : dormandPrince({ attempts: steps, tolerance });
    this.solve = (probes, rows, from, direction) =>
      gradient === 'adjoint'
        ? withAdjoint(solve, from, { field, constants: probes, inputs: rows, variables, direction })
        : solve(field(probes, rows), from, direction).end;
  }

  forward(z: tf.Tensor, options?: MapOptions): Mapped {
    checkPoints('Continuous.forward', z, [this.dim]);
    return this.flow(z as tf.Tensor2D, 1, options);
  }

  inverse(x: tf.Tensor, options?: MapOptions): Mapped {
    checkPoints('Continuous.inverse', x, [this.dim]);
    return this.flow(x as tf.Tensor2D, -1, options);
  }

  private flow(points: tf.Tensor2D, direction: 1 | -1, { seed, context }: MapOptions = {}): Mapped {
    const B = points.shape[0];
    const start = tf.concat([points, tf.zeros([B, 1])], 1) as tf.Tensor2D;
    const probes = probesFor('Continuous', this.trace, points, seed); // the same at all times
    const rows = this.context > 0 ? [contextRows('Continuous', context, B, this.context)] : [];
    const end = this.solve(probes, rows, start, direction); // [B, D + 1]
    return {
      value: tf.slice(end, [0, 0], [-1, this.dim]),
      logDet: tf.reshape(tf.slice(end, [0, this.dim], [-1, 1]), [-1]) as tf.Tensor1D,
    };
  }

  /** The field of points with their log-determinants, [B, D + 1]; `rows` is the context, where there is one. */
  private field(probes: tf.Tensor2D[], rows: tf.Tensor2D[]): Field {
    return (state, time) => {
      const at = tf.slice(state, [0, 0], [-1, this.dim]) as tf.Tensor2D;
      const seen = rows.length > 0 ? (tf.concat([time, ...rows], 1) as tf.Tensor2D) : time;
      const { value, push } = this.network.at(at, seen);
      const trace = sumOf(probes.map((probe) => dotRows(probe, push(probe))));
      return tf.concat([value, tf.reshape(trace, [-1, 1])], 1) as tf.Tensor2D;
    };
  }
}
