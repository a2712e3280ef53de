import type { HostCall } from '@tenonjs/runtime';
import { SHIFT } from './planarOnHost';

/** Keeps the distance from the centre differentiable at the centre itself. */
export const LEAST_SQUARE = 1e-12;

type Inputs = 'z' | 'centre' | 'a' | 'b';
type Numbers = ArrayLike<number>;

const positive = (raw: number): number => Math.max(raw + SHIFT, 0) + Math.log1p(Math.exp(-Math.abs(raw + SHIFT)));
const rise = (raw: number): number => 1 / (1 + Math.exp(-raw - SHIFT));

/** What a map does at the distance of a row: r, α + r, p and α / (α + r). */
function pointOf(z: Numbers, row: number, centre: Numbers, alpha: number, share: number) {
  let square = LEAST_SQUARE;
  for (let d = 0; d < centre.length; d++) {
    square += ((z[row * centre.length + d] as number) - (centre[d] as number)) ** 2;
  }
  const r = Math.sqrt(square);
  const reach = alpha + r;
  return { r, reach, pull: (alpha * share) / reach, part: alpha / reach };
}

/** The op `radial` on typed arrays. */
export function radialOnHost({
  inputs: { z, centre, a, b },
  outputs: { value, logDet },
}: HostCall<Inputs, 'value' | 'logDet', object>): void {
  const D = centre.length;
  const [alpha, share] = [positive(a[0] as number), positive(b[0] as number) - 1];
  for (let row = 0, i = 0; row < logDet.length; row++) {
    const { pull, part } = pointOf(z, row, centre, alpha, share);
    logDet[row] = (D - 1) * Math.log1p(pull) + Math.log1p(pull * part);
    for (let d = 0; d < D; d++, i++) {
      value[i] = (centre[d] as number) + ((z[i] as number) - (centre[d] as number)) * (1 + pull);
    }
  }
}

/** Its gradients. */
export function radialGradientOnHost({
  inputs: { z, centre, a, b, dValue, dLogDet },
  outputs: { dz, dCentre, da, db, points },
}: HostCall<Inputs | 'dValue' | 'dLogDet', 'dz' | 'dCentre' | 'da' | 'db' | 'points', object>): void {
  const D = centre.length;
  const [alpha, share] = [positive(a[0] as number), positive(b[0] as number) - 1];
  const byCentre = new Float64Array(D);
  let [byAlpha, byBeta] = [0, 0];
  for (let row = 0; row < dLogDet.length; row++) {
    const { r, reach, pull, part } = pointOf(z, row, centre, alpha, share);
    const inner = 1 + pull * part;
    let along = 0;
    for (let d = 0, i = row * D; d < D; d++, i++) {
      along += (dValue[i] as number) * ((z[i] as number) - (centre[d] as number));
    }
    const dPull = along + (dLogDet[row] as number) * ((D - 1) / (1 + pull) + part / inner);
    const dPart = ((dLogDet[row] as number) * pull) / inner;
    const dReach = -(dPull * pull + dPart * part) / reach;
    points.set([dPart / reach + dReach, dPull / reach], 2 * row);
    byAlpha += dPart / reach + dReach;
    byBeta += dPull / reach;
    for (let d = 0, i = row * D; d < D; d++, i++) {
      const own = (dValue[i] as number) * (1 + pull) + (dReach * ((z[i] as number) - (centre[d] as number))) / r;
      dz[i] = own;
      byCentre[d] = (byCentre[d] as number) + (dValue[i] as number) - own;
    }
  }
  dCentre.set(byCentre);
  da[0] = (byAlpha + byBeta * share) * rise(a[0] as number);
  db[0] = byBeta * alpha * rise(b[0] as number);
}
