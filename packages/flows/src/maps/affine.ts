import { affineCouple } from '@tenonjs/runtime/ops';
import type { Moved, UnivariateMap } from './univariateMap';

/** Log-scales stay inside ±LOG_SCALE_BOUND, so that no map stretches more than e² ≈ 7.4 times. */
export const LOG_SCALE_BOUND = 2;

/** A scale and a shift: `x = z · exp(s) + t`, `log |dx/dz| = s`, where s = 2 tanh(raw / 2) is softly bounded. */
export const affine: UnivariateMap = {
  parameters: 2,
  move: (z, made) => affineCouple(z, made, { bound: LOG_SCALE_BOUND }) as Moved,
  moveBack: (x, made) => affineCouple(x, made, { bound: LOG_SCALE_BOUND, inverse: true }) as Moved,
};
