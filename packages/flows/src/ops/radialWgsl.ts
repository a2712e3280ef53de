import { GROUP, totalCode } from './planarWgsl';

const positiveCode = `
fn positive(raw: f32) -> f32 { let at = raw + params.shift; return max(at, 0.0) + log(1.0 + exp(-abs(at))); }
fn rise(raw: f32) -> f32 { return 1.0 / (1.0 + exp(-raw - params.shift)); }`;

/**
 * A thread for each point: what is done `once` with its distance, reach, pull and part, and with number `i` in column `d`.
 *
 * @param between - what comes before both.
 */
export const radialPointCode = (each: string, once: string, between = ''): string => `${positiveCode}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = groupIndex(id, count) * ${GROUP}u + local;
  if (row >= params.rows) { return; }
  var square = params.least;
  for (var d = 0u; d < params.columns; d++) {
    let away = z[row * params.columns + d] - centre[d];
    square += away * away;
  }
  let r = sqrt(square);
  let alpha = positive(a[0]);
  let reach = alpha + r;
  let pull = alpha * (positive(b[0]) - 1.0) / reach;
  let part = alpha / reach;
  ${between}
  for (var d = 0u; d < params.columns; d++) {
    let i = row * params.columns + d;
    ${each}
  }
  ${once}
}`;

/** One workgroup adds up over all points. */
export const radialSumCode = `${positiveCode}
${totalCode}
@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) local: u32) {
  var own = vec2<f32>(0.0);
  for (var row = local; row < params.rows; row += ${GROUP}u) {
    own += vec2<f32>(points[2u * row], points[2u * row + 1u]);
  }
  let whole = total(own, local); // the slopes of α and of β
  for (var d = 0u; d < params.columns; d++) {
    own = vec2<f32>(0.0);
    for (var row = local; row < params.rows; row += ${GROUP}u) {
      let i = row * params.columns + d;
      own.x += dValue[i] - dz[i];
    }
    let column = total(own, local);
    if (local == 0u) { dCentre[d] = column.x; }
  }
  if (local != 0u) { return; }
  da[0] = (whole.x + whole.y * (positive(b[0]) - 1.0)) * rise(a[0]);
  db[0] = whole.y * positive(a[0]) * rise(b[0]);
}`;
