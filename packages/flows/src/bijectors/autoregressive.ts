import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from '../bijector';
import type { Moved, UnivariateMap } from '../maps/univariateMap';
import type { Conditioner } from '../networks/conditioner';
import { checkPoints, checkPositiveInteger } from '../shapes';

export interface AutoregressiveOptions {
  /** D, the numbers of a point. */
  dim: number;
  /** How single numbers are moved. */
  map: UnivariateMap;
  /**
   * Makes the map's parameters, [batch, dim] → [batch, map.parameters · dim], those of a number from the numbers before it
   * in some order: a `made`.
   */
  network: Conditioner;
  /** The side that the network looks at, and from which the way to the other one is short. Default: data. */
  reads?: 'data' | 'latent';
}

/**
 * An autoregressive map: each number is moved in a way that the numbers before it decide.
 *
 *     reads data:    xᵢ = map(zᵢ; network(x)ᵢ),   z in one pass, x in D passes (masked autoregressive flow)
 *     reads latent:  xᵢ = map(zᵢ; network(z)ᵢ),   x in one pass, z in D passes (inverse autoregressive flow)
 *
 * Its Jacobian is triangular: `log |det J| = Σ log |map′|`. On the long way each pass makes one more number right.
 *
 * Reference: Papamakarios, Pavlakou, Murray, "Masked autoregressive flow for density estimation", 2017, eq. 3–4; Kingma et
 * al., "Improved variational inference with inverse autoregressive flow", 2016, eq. 9–10.
 *
 * @throws RangeError when dim is not a positive integer.
 *
 * @example
 * const network = made({ dim: 4, parameters: affine.parameters, hidden: [64], seed: 1 });
 * const step = new Autoregressive({ dim: 4, map: affine, network });
 */
export class Autoregressive implements Bijector {
  readonly variables: Variables;
  private readonly dim: number;
  private readonly map: UnivariateMap;
  private readonly network: Conditioner;
  private readonly reads: 'data' | 'latent';

  constructor({ dim, map, network, reads = 'data' }: AutoregressiveOptions) {
    checkPositiveInteger('Autoregressive', 'dim', dim);
    this.variables = network.variables;
    this.dim = dim;
    this.map = map;
    this.network = network;
    this.reads = reads;
  }

  forward(z: tf.Tensor, options?: MapOptions): Mapped {
    checkPoints('Autoregressive.forward', z, [this.dim]);
    return this.go(z as tf.Tensor2D, (at, made) => this.map.move(at, made), this.reads === 'latent', options);
  }

  inverse(x: tf.Tensor, options?: MapOptions): Mapped {
    checkPoints('Autoregressive.inverse', x, [this.dim]);
    return this.go(x as tf.Tensor2D, (at, made) => this.map.moveBack(at, made), this.reads === 'data', options);
  }

  private go(
    from: tf.Tensor2D,
    move: (at: tf.Tensor2D, made: tf.Tensor2D) => Moved,
    isShort: boolean,
    { context }: MapOptions = {},
  ): Moved {
    if (isShort) return move(from, this.network.apply(from, context));
    const parametersAt = this.network.prepare?.() ?? ((at: tf.Tensor2D, given) => this.network.apply(at, given));
    let moved = move(from, parametersAt(tf.zerosLike(from), context)); // the first number is right
    for (let right = 1; right < this.dim; right++) moved = move(from, parametersAt(moved.value, context));
    return moved;
  }
}
