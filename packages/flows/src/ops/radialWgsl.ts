import { GROUP, rowsCode, sumOverRows, totalCode } from './rowsWgsl';

const positiveCode = `
fn positive(raw: f32) -> f32 { let at = raw + params.shift; return max(at, 0.0) + log(1.0 + exp(-abs(at))); }
fn rise(raw: f32) -> f32 { return 1.0 / (1.0 + exp(-raw - params.shift)); }`;

/**
 * What is done with each number, and once with a point's distance, reach, pull and part.
 *
 * @param between - what comes before both.
 */
export const radialPointCode = (each: string, once: string, between = ''): string =>
  rowsCode({
    functions: positiveCode,
    before: `var square = params.least;
  for (var d = 0u; d < params.columns; d++) {
    let away = z[row * params.columns + d] - centre[d];
    square += away * away;
  }
  let r = sqrt(square);
  let alpha = positive(a[0]);
  let reach = alpha + r;
  let pull = alpha * (positive(b[0]) - 1.0) / reach;
  let part = alpha / reach;
  ${between}`,
    each,
    after: once,
  });

/** One workgroup adds up over all points. */
export const radialSumCode = `${positiveCode}
${totalCode}
@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) local: u32) {
  var own: vec2<f32>;
  ${sumOverRows('vec2<f32>(points[2u * row], points[2u * row + 1u])')}
  let whole = total(own, local); // the slopes of α and of β
  for (var d = 0u; d < params.columns; d++) {
    ${sumOverRows('vec2<f32>(dValue[row * params.columns + d] - dz[row * params.columns + d], 0.0)')}
    let column = total(own, local);
    if (local == 0u) { dCentre[d] = column.x; }
  }
  if (local != 0u) { return; }
  da[0] = (whole.x + whole.y * (positive(b[0]) - 1.0)) * rise(a[0]);
  db[0] = whole.y * positive(a[0]) * rise(b[0]);
}`;
