import { GROUP, rowsCode, sumOverRows, totalCode } from './rowsWgsl';

/** WGSL: s and a of a plane, û = u + a w, and the slope of s. */
const planeCode = `
struct Plane { slope: f32, along: f32, square: f32, rise: f32 }
fn planeOf() -> Plane {
  var inner = 0.0;
  var square = 0.0;
  for (var d = 0u; d < params.columns; d++) { inner += w[d] * u[d]; square += w[d] * w[d]; }
  let at = inner + params.shift;
  let slope = max(at, 0.0) + log(1.0 + exp(-abs(at))) - 1.0;
  return Plane(slope, (slope - inner) / square, square, 1.0 / (1.0 + exp(-at)));
}`;

/**
 * What is done with each number, and once with a point's height, steepness and stretch.
 *
 * @param between - what comes before both.
 */
export const pointCode = (each: string, once: string, between = ''): string =>
  rowsCode({
    functions: planeCode,
    before: `let plane = planeOf();
  var alpha = b[0];
  for (var d = 0u; d < params.columns; d++) { alpha += z[row * params.columns + d] * w[d]; }
  let height = tanh(clamp(alpha, -20.0, 20.0)); // of large numbers a GPU's tanh may be none
  let steepness = 1.0 - height * height;
  let stretch = 1.0 + plane.slope * steepness;
  ${between}`,
    each,
    after: once,
  });

/** One workgroup adds up over all points, a column after the other, and ends with what the first thread makes of it. */
export const sumCode = `${planeCode}
${totalCode}
@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) local: u32) {
  var own: vec2<f32>;
  ${sumOverRows('vec2<f32>(points[3u * row + 1u], points[3u * row + 2u])')}
  let whole = total(own, local); // the sums of dAlpha and of the slopes of s
  var pull = 0.0;
  for (var d = 0u; d < params.columns; d++) {
    ${sumOverRows('vec2<f32>(dValue[row * params.columns + d] * points[3u * row], z[row * params.columns + d] * points[3u * row + 1u])')}
    let column = total(own, local); // of û, and of w by itself
    pull += column.x * w[d];
    if (local == 0u) { du[d] = column.x; dw[d] = column.y; }
  }
  if (local != 0u) { return; }
  let plane = planeOf();
  pull /= plane.square;
  let dInner = (whole.y + pull) * plane.rise - pull;
  for (var d = 0u; d < params.columns; d++) {
    let dUHat = du[d];
    dw[d] += plane.along * dUHat - 2.0 * plane.along * pull * w[d] + dInner * u[d];
    du[d] = dUHat + dInner * w[d];
  }
  db[0] = whole.x;
}`;
