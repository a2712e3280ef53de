import { AdditiveCoupling } from '../bijectors/additiveCoupling';
import { AffineCoupling } from '../bijectors/affineCoupling';
import type { Mask } from '../masks/mask';
import { mlp } from '../networks/mlp';

/** With tanh, since finite differences miss the kinks of relu. */
export const conditioner = (mask: Mask, parameters: number, seed: number) =>
  mlp({ inputs: mask.kept, outputs: parameters * mask.changed, hidden: [8], activation: 'tanh', seed });
export const additive = (mask: Mask, seed: number) =>
  new AdditiveCoupling({ mask, conditioner: conditioner(mask, 1, seed) });
export const affine = (mask: Mask, seed: number) =>
  new AffineCoupling({ mask, conditioner: conditioner(mask, 2, seed) });
