import type { Numbers } from '../../tfjs/ops/heap';
import type { HostCall } from '../../tfjs/ops/hostKernel';
import { LEAST_SHARE, LOG_SLOPE_BOUND, parametersOf, type SplineAttributes } from './attributes';

/** The spline on typed arrays. */
export function splineOnHost({
  inputs: { x, raw },
  outputs: { value, logDet },
  attributes,
}: HostCall<'x' | 'raw', 'value' | 'logDet', SplineAttributes>): void {
  const { bound, inverse } = attributes;
  const place = new Place(raw, x.length / logDet.length, attributes);
  for (let row = 0, i = 0; row < logDet.length; row++) {
    let sum = 0;
    for (let column = 0; column < place.columns; column++, i++) {
      const at = x[i] as number;
      if (!(Math.abs(at) < bound)) {
        value[i] = at;
        continue;
      }
      place.find(at, row, column);
      const { xi, s, above, below } = place;
      const ratio = s / below;
      const logSlope = Math.log(ratio * ratio * above);
      sum += inverse ? -logSlope : logSlope;
      value[i] = inverse ? place.left + place.width * xi : place.bottom + place.height * place.share;
    }
    logDet[row] = sum;
  }
}

/** Where a number is in its spline; one for all numbers of a call, found for one after the other. */
export class Place {
  readonly columns: number;
  /** exp(raw − the largest): of K widths, then of K heights; and their sums. */
  readonly weights: Float64Array;
  widthTotal = 0;
  heightTotal = 0;
  /** Which piece, and the weights of the pieces before it. */
  index = 0;
  widthBefore = 0;
  heightBefore = 0;
  left = 0;
  width = 0;
  bottom = 0;
  height = 0;
  /** height / width, and the slopes at both ends. */
  s = 0;
  d0 = 0;
  d1 = 0;
  /** The share of the width, of the height, and the formulas' A and D there. */
  xi = 0;
  share = 0;
  above = 0;
  below = 0;

  private readonly raw: Numbers;
  private readonly attributes: SplineAttributes;
  private readonly parameters: number;

  constructor(raw: Numbers, columns: number, attributes: SplineAttributes) {
    this.raw = raw;
    this.columns = columns;
    this.attributes = attributes;
    this.parameters = parametersOf(attributes);
    this.weights = new Float64Array(2 * attributes.bins);
  }

  /** Where parameter p of a number is. */
  at(row: number, column: number, p: number): number {
    return (row * this.parameters + p) * this.columns + column;
  }

  find(x: number, row: number, column: number): void {
    const { bins: K, bound, inverse } = this.attributes;
    const { weights } = this;
    this.widthTotal = this.weigh(row, column, 0);
    this.heightTotal = this.weigh(row, column, K);
    const free = 2 * bound * (1 - K * LEAST_SHARE);
    const [perWidth, perHeight, least] = [free / this.widthTotal, free / this.heightTotal, 2 * bound * LEAST_SHARE];
    let [k, left, bottom, widthBefore, heightBefore] = [0, -bound, -bound, 0, 0];
    let width = least + perWidth * (weights[0] as number);
    let height = least + perHeight * (weights[K] as number);
    while (k < K - 1 && x > (inverse ? bottom + height : left + width)) {
      widthBefore += weights[k] as number;
      heightBefore += weights[K + k] as number;
      left += width;
      bottom += height;
      k++;
      width = least + perWidth * (weights[k] as number);
      height = least + perHeight * (weights[K + k] as number);
    }
    this.index = k;
    this.widthBefore = widthBefore;
    this.heightBefore = heightBefore;
    this.left = left;
    this.width = width;
    this.bottom = bottom;
    this.height = height;
    this.s = height / width;
    this.d0 = this.slope(row, column, k);
    this.d1 = this.slope(row, column, k + 1);
    this.enter(inverse ? this.root(unit((x - bottom) / height)) : unit((x - left) / width));
  }

  /** The raw log-slope at a knot, where there is one. */
  knot(row: number, column: number, k: number): number | undefined {
    const { bins: K, circular } = this.attributes;
    if (circular) return this.at(row, column, 2 * K + (k % K));
    return k > 0 && k < K ? this.at(row, column, 2 * K + k - 1) : undefined;
  }

  private slope(row: number, column: number, k: number): number {
    const at = this.knot(row, column, k);
    return at === undefined ? 1 : Math.exp(LOG_SLOPE_BOUND * Math.tanh((this.raw[at] as number) / LOG_SLOPE_BOUND));
  }

  /** The weights of the widths, from parameter 0, or of the heights, from K; and their sum. */
  private weigh(row: number, column: number, from: number): number {
    const { raw, weights, columns } = this;
    const { bins: K } = this.attributes;
    const first = this.at(row, column, from);
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0, i = first; k < K; k++, i += columns) if ((raw[i] as number) > most) most = raw[i] as number;
    let sum = 0;
    for (let k = 0, i = first; k < K; k++, i += columns) {
      const weight = Math.exp((raw[i] as number) - most);
      weights[from + k] = weight;
      sum += weight;
    }
    return sum;
  }

  /** ξ for a share of the height: see `rootAt` in curve.ts. */
  private root(eta: number): number {
    const { s, d0, d1 } = this;
    const g = d0 * (1 - eta) - d1 * eta;
    const root = Math.sqrt(g * g + 4 * s * s * eta * (1 - eta));
    const above = 2 * s * (g > 0 ? eta : 1 - eta);
    const share = above / (Math.abs(g) + above + root);
    return g > 0 ? share : 1 - share;
  }

  private enter(xi: number): void {
    const { s, d0, d1 } = this;
    const rest = 1 - xi;
    const between = xi * rest;
    this.xi = xi;
    this.below = s * (1 - 2 * between) + (d0 + d1) * between;
    this.above = d1 * xi * xi + 2 * s * between + d0 * rest * rest;
    this.share = (s * xi * xi + d0 * between) / this.below;
  }
}

/** Rounding may lead out of a piece. */
const unit = (share: number): number => Math.min(1, Math.max(0, share));
