import { affine } from '../maps/affine';
import { Coupling, type CouplingOptions } from './coupling';

/**
 * Affine coupling: some numbers of a point pass unchanged and decide how the others are scaled and shifted.
 *
 *     x₁ = z₁,   x₂ = z₂ · exp(s(z₁)) + t(z₁),   log |det J| = Σ s(z₁)
 *
 * The log-scale is softly bounded: s = 2 tanh(raw / 2).
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, eq. 7–8.
 *
 * @param options.mask - which numbers pass unchanged.
 * @param options.conditioner - makes raw log-scales and shifts: [batch, mask.kept] → [batch, 2 · mask.changed].
 *
 * @example
 * const mask = checkerboardMask({ shape: [8, 8, 1] });
 * const conditioner = mlp({ inputs: mask.kept, outputs: 2 * mask.changed, hidden: [64], seed: 1 });
 * const coupling = new AffineCoupling({ mask, conditioner });
 */
export class AffineCoupling extends Coupling {
  constructor(options: CouplingOptions) {
    super({ ...options, map: affine });
  }
}
