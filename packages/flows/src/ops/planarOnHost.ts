import type { HostCall } from '@tenonjs/runtime';

type Inputs = 'z' | 'w' | 'u' | 'b';
type Numbers = ArrayLike<number>;

/** softplus(a + SHIFT) − 1 is 0 at a = 0, so that u = 0 makes the identity. */
export const SHIFT = Math.log(Math.E - 1);

/** s, a with û = u + a w, |w|² and the slope of s. */
function planeOf(w: Numbers, u: Numbers) {
  let [inner, square] = [0, 0];
  for (let d = 0; d < w.length; d++) {
    inner += (w[d] as number) * (u[d] as number);
    square += (w[d] as number) ** 2;
  }
  const at = inner + SHIFT;
  const slope = Math.max(at, 0) + Math.log1p(Math.exp(-Math.abs(at))) - 1;
  return { slope, along: (slope - inner) / square, square, rise: 1 / (1 + Math.exp(-at)) };
}

/** tanh(wᵀz + b) of a row. */
function heightOf(z: Numbers, row: number, w: Numbers, b: Numbers): number {
  let alpha = b[0] as number;
  for (let d = 0; d < w.length; d++) alpha += (z[row * w.length + d] as number) * (w[d] as number);
  return Math.tanh(alpha);
}

/** The op `planar` on typed arrays. */
export function planarOnHost({
  inputs: { z, w, u, b },
  outputs: { value, logDet },
}: HostCall<Inputs, 'value' | 'logDet', object>): void {
  const { slope, along } = planeOf(w, u);
  for (let row = 0, i = 0; row < logDet.length; row++) {
    const height = heightOf(z, row, w, b);
    logDet[row] = Math.log(Math.abs(1 + slope * (1 - height * height)));
    for (let d = 0; d < w.length; d++, i++) {
      value[i] = (z[i] as number) + ((u[d] as number) + along * (w[d] as number)) * height;
    }
  }
}

/** Its gradients. */
export function planarGradientOnHost({
  inputs: { z, w, u, b, dValue, dLogDet },
  outputs: { dz, dw, du, db, points },
}: HostCall<Inputs | 'dValue' | 'dLogDet', 'dz' | 'dw' | 'du' | 'db' | 'points', object>): void {
  const D = w.length;
  const { slope, along, square, rise } = planeOf(w, u);
  const [byUHat, byW] = [new Float64Array(D), new Float64Array(D)];
  let [byAlpha, bySlope] = [0, 0];
  for (let row = 0; row < dLogDet.length; row++) {
    const height = heightOf(z, row, w, b);
    const steepness = 1 - height * height;
    const dStretch = (dLogDet[row] as number) / (1 + slope * steepness);
    let push = 0;
    for (let d = 0; d < D; d++) {
      push += (dValue[row * D + d] as number) * ((u[d] as number) + along * (w[d] as number));
    }
    const dAlpha = (push - 2 * slope * height * dStretch) * steepness;
    for (let d = 0, i = row * D; d < D; d++, i++) {
      dz[i] = (dValue[i] as number) + dAlpha * (w[d] as number);
      byUHat[d] = (byUHat[d] as number) + (dValue[i] as number) * height;
      byW[d] = (byW[d] as number) + (z[i] as number) * dAlpha;
    }
    byAlpha += dAlpha;
    bySlope += dStretch * steepness;
    points.set([height, dAlpha, dStretch * steepness], 3 * row);
  }
  const pull = byUHat.reduce((sum, value, d) => sum + value * (w[d] as number), 0) / square;
  const dInner = (bySlope + pull) * rise - pull;
  for (let d = 0; d < D; d++) {
    const [dUHat, plane] = [byUHat[d] as number, w[d] as number];
    dw[d] = (byW[d] as number) + along * dUHat - 2 * along * pull * plane + dInner * (u[d] as number);
    du[d] = dUHat + dInner * plane;
  }
  db[0] = byAlpha;
}
