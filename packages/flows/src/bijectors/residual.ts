import { deriveSeed, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from '../bijector';
import { dotRows, probesFor, type Trace } from '../networks/probes';
import { roulette, type Series } from '../networks/roulette';
import { type Linearized, pullBack, type SmoothActivation, type SmoothNetwork, smoothMlp } from '../networks/smoothMlp';
import { checkPoints, checkPositiveInteger, sumOf } from '../shapes';

export interface ResidualOptions {
  /** D, of the points. */
  dim: number;
  /** The widths of the network's hidden layers. */
  hidden: readonly number[];
  activation?: SmoothActivation | undefined;
  /** The numbers in a row of context. Default: 0, none. */
  context?: number | undefined;
  /** The network's Lipschitz constant is below this, in (0, 1). Default: 0.9. */
  lipschitz?: number | undefined;
  /** How traces are found. Default: exact up to 4 numbers, Hutchinson's estimate, which needs seeds, above. */
  trace?: Trace | undefined;
  /** Of the series: a fixed number, or a random one that makes it exact on average. Default: 20. */
  terms?: number | 'roulette' | undefined;
  seed: number;
}

/** The fixed point is looked for until a step is this small. */
const PRECISION = 1e-7;

/**
 * A residual map: a network is added that stretches less than 1, so that the sum can be undone.
 *
 *     z = x + g(x),   Lip(g) < 1,   log |det dz/dx| = Σₖ (−1)ᵏ⁺¹ tr(Jᵏ) / k
 *
 * The closed form runs from data to latent, where densities are wanted; the other way is the fixed point of x = z − g(x),
 * with its exact gradient by the implicit function. With `n` fixed terms the log-determinant misses less than
 * D cⁿ⁺¹ / ((n + 1) (1 − c)); with roulette it is exact on average: the term of number 4 + j is there with probability 2^(1 − j)
 * and counts as many times more.
 *
 * Reference: Chen, Behrmann, Duvenaud, Jacobsen, "Residual flows for invertible generative modeling", 2019, eq. 6; Behrmann et
 * al., "Invertible residual networks", 2019, algorithm 1.
 *
 * @throws RangeError when a number is not what its option says.
 *
 * @example
 * const { value, logDet } = new Residual({ dim: 2, hidden: [32, 32], seed: 1 }).inverse(x);
 */
export class Residual implements Bijector {
  readonly variables: Variables;
  private readonly network: SmoothNetwork;
  private readonly dim: number;
  private readonly lipschitz: number;
  private readonly trace: Trace;
  private readonly terms: number | 'roulette';

  constructor(options: ResidualOptions) {
    const { dim, hidden, activation = 'lipSwish', context, lipschitz = 0.9, terms = 20, seed } = options;
    if (!(lipschitz > 0 && lipschitz < 1)) {
      throw new RangeError(`Residual: lipschitz must be in (0, 1), got ${lipschitz}`);
    }
    if (terms !== 'roulette') checkPositiveInteger('Residual', 'terms', terms);
    this.network = smoothMlp({ dim, hidden, activation, context, lipschitz, seed });
    this.variables = this.network.variables;
    this.dim = dim;
    this.lipschitz = lipschitz;
    this.trace = options.trace ?? (dim <= 4 ? 'exact' : 'hutchinson');
    this.terms = terms;
  }

  inverse(x: tf.Tensor, { seed, context }: MapOptions = {}): Mapped {
    checkPoints('Residual.inverse', x, [this.dim]);
    const there = this.network.at(x as tf.Tensor2D, context);
    return { value: tf.add(x, there.value), logDet: this.logDet(x as tf.Tensor2D, there, seed) };
  }

  forward(z: tf.Tensor, { seed, context }: MapOptions = {}): Mapped {
    checkPoints('Residual.forward', z, [this.dim]);
    const x = this.solve(z as tf.Tensor2D, context);
    const there = this.network.at(x, context);
    return { value: x, logDet: tf.neg(this.logDet(x, there, seed)) };
  }

  /** Σₖ (−1)ᵏ⁺¹ tr(Jᵏ) / k, [B]. */
  private logDet(points: tf.Tensor2D, { push }: Linearized, seed: Seed | undefined): tf.Tensor1D {
    const probes = probesFor('Residual', this.trace, points, seed);
    const { count, weight } = this.series(seed);
    let powers = probes;
    const terms: tf.Tensor1D[] = [];
    for (let k = 1; k <= count; k++) {
      powers = powers.map(push); // Jᵏ v
      const trace = sumOf(powers.map((power, i) => dotRows(probes[i] as tf.Tensor2D, power)));
      terms.push(tf.mul(((k % 2 === 1 ? 1 : -1) / k) * weight(k), trace) as tf.Tensor1D);
    }
    return sumOf(terms);
  }

  /** How many terms the series has this time, and how often each counts. */
  private series(seed: Seed | undefined): Series {
    if (this.terms !== 'roulette') return { count: this.terms, weight: () => 1 };
    if (typeof seed !== 'number') {
      throw new TypeError(
        'Residual: options must be { seed } with a number, got none; its terms are drawn on the host',
      );
    }
    return roulette(deriveSeed(seed, 1));
  }

  /** The x with x + g(x) = z. */
  private solve(z: tf.Tensor2D, context: tf.Tensor | undefined): tf.Tensor2D {
    const steps = Math.ceil(Math.log(PRECISION) / Math.log(this.lipschitz));
    const fixedPoint = tf.customGrad((start) => {
      let x = start as tf.Tensor2D;
      for (let step = 0; step < steps; step++) {
        x = tf.tidy(() => tf.sub(start as tf.Tensor2D, this.network.at(x, context).value));
      }
      return { value: x, gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy) };
    });
    const x = fixedPoint(z) as tf.Tensor2D; // has no gradient
    const { value, jacobian } = this.network.at(x, context);
    return implicit(tf.sub(z, value), jacobian, steps);
  }
}

/**
 * At a fixed point x = z − g(x), dx = (I + J)⁻¹ (dz − dg): the residue z − g(x), whose gradient is that of the bracket, with
 * what comes back multiplied by (I + Jᵀ)⁻¹, itself a fixed point.
 */
function implicit(residue: tf.Tensor2D, { kernels, slopes }: Linearized['jacobian'], steps: number): tf.Tensor2D {
  const op = tf.customGrad((x, ...rest) => {
    const save = rest.at(-1) as unknown as tf.GradSaveFunc;
    save([...kernels, ...slopes]);
    return {
      value: tf.add(x as tf.Tensor2D, 0),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const parts = saved as tf.Tensor2D[];
        const jacobian = { kernels: parts.slice(0, kernels.length), slopes: parts.slice(kernels.length) };
        let solved = dy as tf.Tensor2D;
        for (let step = 0; step < steps; step++) {
          solved = tf.tidy(() => tf.sub(dy as tf.Tensor2D, pullBack(jacobian, solved)));
        }
        return solved;
      },
    };
  });
  return op(residue) as tf.Tensor2D;
}
