import { additive } from '../maps/additive';
import { Coupling, type CouplingOptions } from './coupling';

/**
 * Additive coupling: some numbers of a point pass unchanged and decide how far the others are shifted.
 *
 *     x₁ = z₁,   x₂ = z₂ + t(z₁),   log |det J| = 0
 *
 * It keeps volume; put a `Scaling` before it.
 *
 * Reference: Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015, eq. 4.
 *
 * @param options.mask - which numbers pass unchanged.
 * @param options.conditioner - makes t: [batch, mask.kept] → [batch, mask.changed].
 *
 * @example
 * const mask = halfMask({ dim: 4 });
 * const conditioner = mlp({ inputs: mask.kept, outputs: mask.changed, hidden: [32], seed: 1 });
 * const coupling = new AdditiveCoupling({ mask, conditioner });
 */
export class AdditiveCoupling extends Coupling {
  constructor(options: CouplingOptions) {
    super({ ...options, map: additive });
  }
}
