import type { HostCall } from '../../tfjs/ops/hostKernel';
import { LEAST_SHARE, LOG_SLOPE_BOUND, type SplineAttributes } from './attributes';
import { Place } from './host';

/** The gradients of x and raw on typed arrays; the formulas are those of composedGradient.ts. */
export function splineGradientOnHost({
  inputs: { x, raw, dValue, dLogDet },
  outputs: { dx, dRaw },
  attributes,
}: HostCall<'x' | 'raw' | 'dValue' | 'dLogDet', 'dx' | 'dRaw', SplineAttributes>): void {
  const { bins: K, bound, inverse } = attributes;
  const place = new Place(raw, x.length / dLogDet.length, attributes);
  const free = 2 * bound * (1 - K * LEAST_SHARE);
  dRaw.fill(0);
  /** Through the softmax: each share p gets p (its own − the mean of all by their shares). */
  const giveSizes = (row: number, column: number, from: number, dStart: number, dSize: number) => {
    const { weights, index, columns } = place;
    const total = from === 0 ? place.widthTotal : place.heightTotal;
    const before = from === 0 ? place.widthBefore : place.heightBefore;
    const mean = (dStart * before + dSize * (weights[from + index] as number)) / total;
    const scale = free / total;
    for (let k = 0, i = place.at(row, column, from); k < K; k++, i += columns) {
      const own = k < index ? dStart : k === index ? dSize : 0;
      dRaw[i] = scale * (weights[from + k] as number) * (own - mean);
    }
  };
  const giveSlope = (row: number, column: number, knot: number, dSlope: number, slope: number) => {
    const at = place.knot(row, column, knot);
    if (at === undefined) return;
    const soft = Math.tanh((raw[at] as number) / LOG_SLOPE_BOUND);
    dRaw[at] = dSlope * slope * (1 - soft * soft);
  };

  for (let row = 0, i = 0; row < dLogDet.length; row++) {
    for (let column = 0; column < place.columns; column++, i++) {
      const at = x[i] as number;
      const dv = dValue[i] as number;
      if (!(Math.abs(at) < bound)) {
        dx[i] = dv;
        continue;
      }
      place.find(at, row, column);
      const { xi, s, d0, d1, width, height, above, below, share, index } = place;
      const rest = 1 - xi;
      const between = xi * rest;
      const turn = rest - xi;
      const scale = between / (below * below);
      const shareByXi = (s * above) / (below * below);
      const shareByS = scale * (d1 * xi * xi - d0 * rest * rest);
      const shareByD0 = scale * (s * rest * rest + d1 * between);
      const shareByD1 = -scale * (s * xi * xi + d0 * between);
      const logByXi = 2 * ((d1 * xi - d0 * rest + s * turn) / above - ((d0 + d1 - 2 * s) * turn) / below);
      const logByS = 2 * (((d0 + d1) * between) / (s * below) + between / above);
      const logByD0 = (rest * rest) / above - (2 * between) / below;
      const logByD1 = (xi * xi) / above - (2 * between) / below;

      // The log-slope of the way back is that of the way there, negated; see composedGradient.ts.
      const dl = inverse ? -(dLogDet[row] as number) : (dLogDet[row] as number);
      const dShare = inverse ? -(dv * width + dl * logByXi) / shareByXi : dv * height;
      const ds = (dShare * shareByS + dl * logByS) / width;
      const dAt = inverse ? -dShare / height : (dShare * shareByXi + dl * logByXi) / width;
      dx[i] = dAt;
      if (inverse) {
        giveSizes(row, column, 0, dv, dv * xi - ds * s);
        giveSizes(row, column, K, -dAt, ds - dAt * share);
      } else {
        giveSizes(row, column, 0, -dAt, -dAt * xi - ds * s);
        giveSizes(row, column, K, dv, dv * share + ds);
      }
      giveSlope(row, column, index, dShare * shareByD0 + dl * logByD0, d0);
      giveSlope(row, column, index + 1, dShare * shareByD1 + dl * logByD1, d1);
    }
  }
}
