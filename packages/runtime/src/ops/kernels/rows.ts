import { powerOfTwoFrom } from './sizes';

/** How the threads of a workgroup are shared out over rows: `lanes` of them, side by side, work on one. */
export interface RowLayout {
  lanes: number;
  /** Rows that a workgroup works on at a time. */
  rows: number;
  /** Threads of a workgroup. */
  threads: number;
}

/** A layout for rows of so many numbers, in workgroups of no fewer than `least` threads. */
export function layRows(length: number, least = 64): RowLayout {
  const lanes = Math.min(256, powerOfTwoFrom(length));
  const threads = Math.max(least, lanes);
  return { lanes, rows: threads / lanes, threads };
}

/**
 * WGSL for threads that work on one row together: `LANES`, `ROWS`, `rowSum(value, local)` and `rowMax(value, local)`, which
 * every thread of the workgroup must call. Always in the same order.
 */
export const rowCode = ({ lanes, rows, threads }: RowLayout): string => `
const LANES = ${lanes}u;
const ROWS = ${rows}u;
var<workgroup> shares: array<f32, ${threads}>;
${reduction('rowSum', 'shares[local] + shares[local + rest]')}
${reduction('rowMax', 'max(shares[local], shares[local + rest])')}
`;

const reduction = (name: string, both: string) => `
fn ${name}(value: f32, local: u32) -> f32 {
  shares[local] = value;
  for (var rest = LANES / 2u; rest > 0u; rest /= 2u) {
    workgroupBarrier();
    if (local % LANES < rest) { shares[local] = ${both}; }
  }
  workgroupBarrier();
  let result = shares[local - local % LANES];
  workgroupBarrier();
  return result;
}`;

/** The head of a kernel's entry point, and what it needs to know of itself. */
export const mainCode = ({ threads }: RowLayout): string => `
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let slot = groupIndex(id, count) * ROWS + local / LANES;
  let lane = local % LANES;`;
