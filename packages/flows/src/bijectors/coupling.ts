import type * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from '../bijector';
import type { Moved, UnivariateMap } from '../maps/univariateMap';
import type { Mask } from '../masks/mask';
import type { Conditioner } from '../networks/conditioner';
import { checkPoints } from '../shapes';

export interface CouplingOptions {
  /** Which numbers pass unchanged. */
  mask: Mask;
  /** Makes the parameters of the map: [batch, mask.kept] → [batch, map.parameters · mask.changed]. */
  conditioner: Conditioner;
}

/**
 * A coupling: some numbers of a point pass unchanged and decide how the others are moved, each by itself.
 *
 *     x_kept = z_kept,   x_changed = map(z_changed; conditioner(z_kept)),   log |det J| = Σ log |map′|
 *
 * Reference: Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015, §3.2.
 *
 * @param options.map - how single numbers are moved.
 * @param options.mask - which numbers pass unchanged.
 * @param options.conditioner - makes the map's parameters: [batch, mask.kept] → [batch, map.parameters · mask.changed].
 *
 * @example
 * const map = rationalQuadratic({ bins: 8, bound: 3 });
 * const mask = halfMask({ dim: 4 });
 * const conditioner = mlp({ inputs: mask.kept, outputs: map.parameters * mask.changed, hidden: [32], seed: 1 });
 * const coupling = new Coupling({ map, mask, conditioner });
 */
export class Coupling implements Bijector {
  readonly variables: Variables;
  readonly mask: Mask;
  private readonly map: UnivariateMap;
  private readonly conditioner: Conditioner;

  constructor({ map, mask, conditioner }: { map: UnivariateMap } & CouplingOptions) {
    this.variables = conditioner.variables;
    this.map = map;
    this.mask = mask;
    this.conditioner = conditioner;
  }

  forward(z: tf.Tensor, options?: MapOptions): Mapped {
    return this.couple('forward', z, (changed, made) => this.map.move(changed, made), options);
  }

  inverse(x: tf.Tensor, options?: MapOptions): Mapped {
    return this.couple('inverse', x, (changed, made) => this.map.moveBack(changed, made), options);
  }

  private couple(
    direction: string,
    points: tf.Tensor,
    move: (changed: tf.Tensor2D, made: tf.Tensor2D) => Moved,
    { context }: MapOptions = {},
  ): Mapped {
    checkPoints(`${this.constructor.name}.${direction}`, points, this.mask.event);
    const [kept, changed] = this.mask.split(points); // [B, kept], [B, changed]
    const { value, logDet } = move(changed, this.conditioner.apply(kept, context)); // from [B, parameters · changed]
    return { value: this.mask.merge(kept, value), logDet };
  }
}
