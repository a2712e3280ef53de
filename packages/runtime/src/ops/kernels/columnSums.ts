import type { TensorSpec } from '../../tfjs/ops/tensorSpec';
import type { Passes } from '../../tfjs/webgpu/pass';
import { powerOfTwoFrom } from './sizes';

const GROUP = 256;
/** So many rows a thread adds up before the rows are shared out over more workgroups, at the price of a second pass. */
const MOST_STEPS = 64;
/** How many rows a thread then adds up, and the most parts there are. */
const STEPS = 16;
const MOST_PARTS = 256;

export interface ColumnSums {
  rows: number;
  columns: number;
  reads: readonly string[];
  /** Tensors that `each` writes, element by element. */
  writes?: readonly string[];
  /** The sums: outputs of shape [columns]. */
  sums: readonly string[];
  /** WGSL that visits element `i` = [`row`, `column`] and adds to `totals[0]`, `totals[1]`, … */
  each: string;
  /** WGSL functions that it calls. */
  functions?: string;
  integers?: Readonly<Record<string, number>>;
  floats?: Readonly<Record<string, number>>;
}

/**
 * Walks once over a matrix and sums over its rows: one dispatch, or two when there are many rows. Always in the same order,
 * so that the same numbers give the same sums.
 */
export function columnSums(walk: ColumnSums): Passes {
  const { rows, columns, sums } = walk;
  const width = Math.min(64, powerOfTwoFrom(columns));
  const lanes = GROUP / width;
  const parts = rows <= lanes * MOST_STEPS ? 1 : Math.min(MOST_PARTS, Math.ceil(rows / (lanes * STEPS)));
  const targets = parts === 1 ? sums : sums.map((name) => `${name}Parts`);
  const first = pass(walk, targets, parts, width);
  if (parts === 1) return { passes: [first] };
  const second = columnSums({
    rows: parts,
    columns,
    reads: targets,
    sums,
    each: targets.map((name, k) => `totals[${k}] += ${name}[i];`).join('\n'),
  });
  const scratch = Object.fromEntries(
    targets.map((name): [string, TensorSpec] => [name, { shape: [parts, columns], dtype: 'float32' }]),
  );
  return { passes: [first, ...second.passes], scratch };
}

function pass(walk: ColumnSums, targets: readonly string[], parts: number, width: number): Passes['passes'][number] {
  const { rows, columns, reads, writes = [], each, functions = '', integers, floats } = walk;
  const blocks = Math.ceil(columns / width);
  return {
    code: `
const WIDTH = ${width}u;
const LANES = ${GROUP / width}u;
var<workgroup> shares: array<f32, ${GROUP}>;
${functions}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let group = groupIndex(id, count);
  let part = group / params.blocks;
  let column = group % params.blocks * WIDTH + local % WIDTH;
  let inside = column < params.columns && part < params.parts;
  var totals = array<f32, ${targets.length}>();
  if (inside) {
    for (var row = part * LANES + local / WIDTH; row < params.rows; row += LANES * params.parts) {
      let i = row * params.columns + column;
      ${each}
    }
  }
${targets
  .map(
    (name, k) => `
  shares[local] = totals[${k}];
  for (var rest = LANES / 2u; rest > 0u; rest /= 2u) {
    workgroupBarrier();
    if (local < rest * WIDTH) { shares[local] += shares[local + rest * WIDTH]; }
  }
  if (inside && local < WIDTH) { ${name}[part * params.columns + column] = shares[local]; }
  workgroupBarrier();`,
  )
  .join('')}
}`,
    reads,
    writes: [...writes, ...targets],
    groups: blocks * parts,
    integers: { rows, columns, blocks, parts, ...integers },
    ...(floats && { floats }),
  };
}
