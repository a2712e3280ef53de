import { activationCode } from '../activations/wgsl';
import { LEAST_SHARE, LOG_SLOPE_BOUND, parametersOf, type SplineAttributes } from './attributes';

/** What kernels of splines know of themselves: `params`. */
export const splineParams = (attributes: SplineAttributes, rows: number, columns: number) => ({
  integers: { rows, columns, bins: attributes.bins, parameters: parametersOf(attributes) },
  floats: { bound: attributes.bound },
});

/**
 * WGSL that finds the place of a number in its spline: `placeOf(x, row, column)`; `parameterAt(row, column, p)` and
 * `knotAt(row, column, k)` say where parameters are, `weightAt(i, most)` and `slopeAt` what they become.
 */
export const splineCode = ({ inverse, circular }: SplineAttributes): string => `
${activationCode('tanh')}
const LEAST = ${LEAST_SHARE};
const SLOPES = f32(${LOG_SLOPE_BOUND});
/** Of a softmax: the largest of what is raw, the sum of all weights, and the sum of those before the piece. */
struct Weights { most: f32, total: f32, before: f32 }
struct Place {
  index: u32, widths: Weights, heights: Weights,
  left: f32, width: f32, bottom: f32, height: f32, s: f32, d0: f32, d1: f32,
  xi: f32, share: f32, above: f32, below: f32,
}
fn parameterAt(row: u32, column: u32, p: u32) -> u32 {
  return (row * params.parameters + p) * params.columns + column;
}
/** Whether the slope at a knot is a parameter, and which. */
fn isRaw(k: u32) -> bool { return ${circular ? 'true' : 'k > 0u && k < params.bins'}; }
fn knotAt(row: u32, column: u32, k: u32) -> u32 {
  return parameterAt(row, column, 2u * params.bins + ${circular ? 'k % params.bins' : 'k - 1u'});
}
fn slopeAt(row: u32, column: u32, k: u32) -> f32 {
  if (!isRaw(k)) { return 1.0; }
  return exp(SLOPES * activate(raw[knotAt(row, column, k)] / SLOPES));
}
fn weightAt(i: u32, most: f32) -> f32 { return exp(raw[i] - most); }
fn weightsFrom(first: u32) -> Weights {
  var most = raw[first];
  for (var k = 1u; k < params.bins; k++) { most = max(most, raw[first + k * params.columns]); }
  var total = 0.0;
  for (var k = 0u; k < params.bins; k++) { total += weightAt(first + k * params.columns, most); }
  return Weights(most, total, 0.0);
}
/** All that is shared out among the pieces by their weights. */
fn freeSize() -> f32 { return 2.0 * params.bound * (1.0 - f32(params.bins) * LEAST); }
fn sizeOf(weight: f32, total: f32) -> f32 { return 2.0 * params.bound * LEAST + freeSize() * (weight / total); }
fn unit(share: f32) -> f32 { return clamp(share, 0.0, 1.0); }
fn placeOf(x: f32, row: u32, column: u32) -> Place {
  let firstWidth = parameterAt(row, column, 0u);
  let firstHeight = parameterAt(row, column, params.bins);
  var p: Place;
  p.widths = weightsFrom(firstWidth);
  p.heights = weightsFrom(firstHeight);
  p.left = -params.bound;
  p.bottom = -params.bound;
  for (p.index = 0u; ; p.index++) {
    let w = weightAt(firstWidth + p.index * params.columns, p.widths.most);
    let h = weightAt(firstHeight + p.index * params.columns, p.heights.most);
    p.width = sizeOf(w, p.widths.total);
    p.height = sizeOf(h, p.heights.total);
    if (p.index + 1u == params.bins || x <= ${inverse ? 'p.bottom + p.height' : 'p.left + p.width'}) { break; }
    p.left += p.width;
    p.bottom += p.height;
    p.widths.before += w;
    p.heights.before += h;
  }
  p.s = p.height / p.width;
  p.d0 = slopeAt(row, column, p.index);
  p.d1 = slopeAt(row, column, p.index + 1u);
${inverse ? ROOT : '  p.xi = unit((x - p.left) / p.width);'}
  let rest = 1.0 - p.xi;
  let between = p.xi * rest;
  p.below = p.s * (1.0 - 2.0 * between) + (p.d0 + p.d1) * between;
  p.above = p.d1 * p.xi * p.xi + 2.0 * p.s * between + p.d0 * rest * rest;
  p.share = (p.s * p.xi * p.xi + p.d0 * between) / p.below;
  return p;
}
fn logSlope(p: Place) -> f32 { return 2.0 * log(p.s / p.below) + log(p.above); }`;

/** ξ for a share of the height: see `rootAt` in curve.ts. */
const ROOT = `
  let eta = unit((x - p.bottom) / p.height);
  let g = p.d0 * (1.0 - eta) - p.d1 * eta;
  let climbed = 2.0 * p.s * select(1.0 - eta, eta, g > 0.0);
  let root = climbed / (abs(g) + climbed + sqrt(g * g + 4.0 * p.s * p.s * eta * (1.0 - eta)));
  p.xi = select(1.0 - root, root, g > 0.0);`;

/** The body of the gradient's kernel for number `i` in `row` and `column`; the formulas are those of composedGradient.ts. */
export const splineGradientCode = ({ inverse }: SplineAttributes): string => `
  let p = placeOf(x[i], row, column);
  let rest = 1.0 - p.xi;
  let between = p.xi * rest;
  let turn = rest - p.xi;
  let scale = between / (p.below * p.below);
  let shareByXi = p.s * p.above / (p.below * p.below);
  let shareByS = scale * (p.d1 * p.xi * p.xi - p.d0 * rest * rest);
  let shareByD0 = scale * (p.s * rest * rest + p.d1 * between);
  let shareByD1 = -scale * (p.s * p.xi * p.xi + p.d0 * between);
  let logByXi = 2.0 * ((p.d1 * p.xi - p.d0 * rest + p.s * turn) / p.above - (p.d0 + p.d1 - 2.0 * p.s) * turn / p.below);
  let logByS = 2.0 * ((p.d0 + p.d1) * between / (p.s * p.below) + between / p.above);
  let logByD0 = rest * rest / p.above - 2.0 * between / p.below;
  let logByD1 = p.xi * p.xi / p.above - 2.0 * between / p.below;
  let dv = dValue[i];
  let dl = ${inverse ? '-' : ''}dLogDet[row];
  let dShare = ${inverse ? '-(dv * p.width + dl * logByXi) / shareByXi' : 'dv * p.height'};
  let ds = (dShare * shareByS + dl * logByS) / p.width;
  let dAt = ${inverse ? '-dShare / p.height' : '(dShare * shareByXi + dl * logByXi) / p.width'};
  dx[i] = dAt;
${
  inverse
    ? `giveSizes(parameterAt(row, column, 0u), p.index, p.widths, dv, dv * p.xi - ds * p.s);
  giveSizes(parameterAt(row, column, params.bins), p.index, p.heights, -dAt, ds - dAt * p.share);`
    : `giveSizes(parameterAt(row, column, 0u), p.index, p.widths, -dAt, -dAt * p.xi - ds * p.s);
  giveSizes(parameterAt(row, column, params.bins), p.index, p.heights, dv, dv * p.share + ds);`
}
  for (var k = 0u; k <= params.bins; k++) {
    if (!isRaw(k)) { continue; }
    let at = knotAt(row, column, k);
    if (k == p.index) { dRaw[at] = (dShare * shareByD0 + dl * logByD0) * p.d0 * slope(raw[at] / SLOPES); }
    else if (k == p.index + 1u) { dRaw[at] = (dShare * shareByD1 + dl * logByD1) * p.d1 * slope(raw[at] / SLOPES); }
    else if (!isMet(k, p.index)) { dRaw[at] = 0.0; }
  }`;

/** Functions that the gradient's kernel calls. */
export const giveCode = ({ circular }: SplineAttributes): string => `
/** Through the softmax: each share gets its own part less the mean of all by their shares. */
fn giveSizes(first: u32, index: u32, w: Weights, dStart: f32, dSize: f32) {
  let here = weightAt(first + index * params.columns, w.most);
  let mean = (dStart * w.before + dSize * here) / w.total;
  for (var k = 0u; k < params.bins; k++) {
    let i = first + k * params.columns;
    let own = select(select(0.0, dSize, k == index), dStart, k < index);
    dRaw[i] = freeSize() * (weightAt(i, w.most) / w.total) * (own - mean);
  }
}
/** Whether a knot is an end of the piece in disguise: on a circle the last is the first. */
fn isMet(k: u32, index: u32) -> bool {
  return ${circular ? 'k % params.bins == index || k % params.bins == (index + 1u) % params.bins' : 'false'};
}`;
