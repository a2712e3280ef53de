/** Points of a workgroup. */
export const GROUP = 256;

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
 * A thread for each point: what is done `once` with its height, steepness and stretch, and with number `i` in column `d`.
 *
 * @param between - what comes before both.
 */
export const pointCode = (each: string, once: string, between = ''): string => `${planeCode}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = groupIndex(id, count) * ${GROUP}u + local;
  if (row >= params.rows) { return; }
  let plane = planeOf();
  var alpha = b[0];
  for (var d = 0u; d < params.columns; d++) { alpha += z[row * params.columns + d] * w[d]; }
  let height = tanh(clamp(alpha, -20.0, 20.0)); // of large numbers a GPU's tanh may be none
  let steepness = 1.0 - height * height;
  let stretch = 1.0 + plane.slope * steepness;
  ${between}
  for (var d = 0u; d < params.columns; d++) {
    let i = row * params.columns + d;
    ${each}
  }
  ${once}
}`;

/** WGSL: what all threads of a workgroup have, added up. */
export const totalCode = `var<workgroup> sums: array<vec2<f32>, ${GROUP}>;
fn total(own: vec2<f32>, local: u32) -> vec2<f32> {
  sums[local] = own;
  workgroupBarrier();
  for (var reach = ${GROUP / 2}u; reach > 0u; reach /= 2u) {
    if (local < reach) { sums[local] += sums[local + reach]; }
    workgroupBarrier();
  }
  let sum = sums[0];
  workgroupBarrier();
  return sum;
}`;

/** One workgroup adds up over all points, a column after the other, and ends with what the first thread makes of it. */
export const sumCode = `${planeCode}
${totalCode}
@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) local: u32) {
  var own = vec2<f32>(0.0);
  for (var row = local; row < params.rows; row += ${GROUP}u) {
    own += vec2<f32>(points[3u * row + 1u], points[3u * row + 2u]);
  }
  let whole = total(own, local); // the sums of dAlpha and of the slopes of s
  var pull = 0.0;
  for (var d = 0u; d < params.columns; d++) {
    own = vec2<f32>(0.0);
    for (var row = local; row < params.rows; row += ${GROUP}u) {
      let i = row * params.columns + d;
      own += vec2<f32>(dValue[i] * points[3u * row], z[i] * points[3u * row + 1u]);
    }
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
