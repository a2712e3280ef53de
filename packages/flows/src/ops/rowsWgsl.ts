/** Rows of a workgroup. */
export const GROUP = 256;

/** What a map on points in rows says in WGSL. */
interface RowsCode {
  /** Functions that the others call. */
  functions: string;
  /** Done once for a row, before its numbers: `row` is its place. */
  before: string;
  /** Done with each number `i` of the row, in column `d`. */
  each: string;
  /** Done once for a row, after its numbers. */
  after: string;
}

/** WGSL: a thread for each row of [params.rows, params.columns]. */
export const rowsCode = ({ functions, before, each, after }: RowsCode): string => `${functions}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = groupIndex(id, count) * ${GROUP}u + local;
  if (row >= params.rows) { return; }
  ${before}
  for (var d = 0u; d < params.columns; d++) {
    let i = row * params.columns + d;
    ${each}
  }
  ${after}
}`;

/** WGSL: two sums over all rows, of what `own` says of the row `row`, for all threads of the only workgroup. */
export const sumOverRows = (own: string): string => `
  own = vec2<f32>(0.0);
  for (var row = local; row < params.rows; row += ${GROUP}u) { own += ${own}; }`;

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
