import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import type { Mask } from '../masks/mask';
import type { Conditioner } from '../networks/conditioner';
import { checkPoints } from '../shapes';

export interface CouplingOptions {
  /** Which numbers pass unchanged. */
  mask: Mask;
  /** Makes the parameters of the map: [batch, mask.kept] → [batch, parameters · mask.changed]. */
  conditioner: Conditioner;
}

/** Numbers moved one by one, with log |derivative| summed over the event: shapes [batch, changed] and [batch]. */
export interface Moved {
  value: tf.Tensor2D;
  logDet: tf.Tensor1D;
}

/**
 * A coupling: some numbers of a point pass unchanged and decide how the others are moved, each by itself. Which map
 * moves them is what a subclass says.
 *
 *     x_kept = z_kept,   x_changed = map(z_changed; parameters(z_kept))
 *
 * Reference: Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015, §3.2.
 */
export abstract class Coupling implements Bijector {
  readonly variables: Variables;
  readonly mask: Mask;
  private readonly conditioner: Conditioner;

  constructor({ mask, conditioner }: CouplingOptions) {
    this.variables = conditioner.variables;
    this.mask = mask;
    this.conditioner = conditioner;
  }

  /** How many parameters the map takes for each number it moves. */
  protected abstract readonly parameters: number;
  protected abstract move(z: tf.Tensor2D, parameters: tf.Tensor2D[]): Moved;
  protected abstract moveBack(x: tf.Tensor2D, parameters: tf.Tensor2D[]): Moved;

  forward(z: tf.Tensor): Mapped {
    return this.couple('forward', z, (changed, parameters) => this.move(changed, parameters));
  }

  inverse(x: tf.Tensor): Mapped {
    return this.couple('inverse', x, (changed, parameters) => this.moveBack(changed, parameters));
  }

  private couple(
    direction: string,
    points: tf.Tensor,
    move: (changed: tf.Tensor2D, parameters: tf.Tensor2D[]) => Moved,
  ): Mapped {
    checkPoints(`${this.constructor.name}.${direction}`, points, this.mask.event);
    const [kept, changed] = this.mask.split(points); // [B, kept], [B, changed]
    const made = this.conditioner.apply(kept); // [B, parameters · changed]
    // tfjs has no gradient for a split into one.
    const parameters = this.parameters === 1 ? [made] : tf.split<tf.Tensor2D>(made, this.parameters, 1); // [B, changed] each
    const { value, logDet } = move(changed, parameters);
    return { value: this.mask.merge(kept, value), logDet };
  }
}
