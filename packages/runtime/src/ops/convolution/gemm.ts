import type { Pass } from '../../tfjs/webgpu/pass';

/** One of the matrices of a product, whose numbers are found when they are needed. */
export interface Operand {
  /** Which way four numbers lie that are loaded at once: along the sum, or along the rows of a (columns of b). */
  along: 'sum' | 'line';
  /**
   * WGSL: `fn NAMELine(line: u32) -> vec4<i32>`, what is known of a row of a (or column of b) before the sum, and
   * `fn NAMELoad(line: vec4<i32>, k: u32) -> vec4<f32>`, four numbers from term k on; zeros beyond the matrix. NAME is a or b.
   */
  code: string;
}

interface Product {
  rows: number;
  columns: number;
  terms: number;
  a: Operand;
  b: Operand;
  /** WGSL that keeps `value`, the sum of [row, column] over the terms of a part. */
  keep: string;
  /** How many parts the sum has, each computed by itself. Default 1. */
  parts?: number;
}

/** Fewer workgroups than this leave a GPU idle: then tiles are smaller. */
const ENOUGH_GROUPS = 64;

/** The tile of a workgroup: each thread computes 4 × 4 numbers of it. */
const tileOf = (rows: number, columns: number): number =>
  Math.ceil(rows / 64) * Math.ceil(columns / 64) < ENOUGH_GROUPS ? 32 : 64;

/** How many parts keep a GPU busy, none of them short. */
export function partsOf(rows: number, columns: number, terms: number): number {
  const tile = tileOf(rows, columns);
  const tiles = Math.ceil(rows / tile) * Math.ceil(columns / tile);
  return Math.max(1, Math.min(Math.ceil(ENOUGH_GROUPS / tiles), Math.ceil(terms / 1024)));
}

/** A product of matrices that exist only as they are loaded, tile by tile: what a convolution is. */
export function gemm(
  { rows, columns, terms, a, b, keep, parts = 1 }: Product,
  { reads, writes, types, integers, floats, functions = '' }: Omit<Pass, 'code' | 'groups'> & { functions?: string },
): Pass {
  const tile = tileOf(rows, columns);
  const depth = tile / 4; // terms held at a time: so each thread loads four numbers of a and four of b
  const threads = depth ** 2;
  const [tilesDown, tilesAcross] = [Math.ceil(rows / tile), Math.ceil(columns / tile)];
  return {
    code: `${functions}
const TILE = ${tile}u;
const DEPTH = ${depth}u;
var<workgroup> left: array<vec4<f32>, ${threads}>;
var<workgroup> right: array<vec4<f32>, ${threads}>;
${a.code}
${b.code}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let group = groupIndex(id, count);
  let part = group / (params.tilesDown * params.tilesAcross);
  if (part >= params.parts) { return; }
  let top = group / params.tilesAcross % params.tilesDown * TILE;
  let first = group % params.tilesAcross * TILE;
  let begin = part * params.share;
  let end = min(params.terms, begin + params.share);
  let threadRow = local / DEPTH * 4u;
  let threadColumn = local % DEPTH * 4u;
  let ofA = aLine(top + ${lineOf(a, depth)});
  let ofB = bLine(first + ${lineOf(b, depth)});
  var sums = array<vec4<f32>, 4>();
  for (var k0 = begin; k0 < end; k0 += ${depth}u) {
    left[${slotOf(a, depth)}] = aLoad(ofA, k0 + ${termOf(a, depth)});
    right[${slotOf(b, depth)}] = bLoad(ofB, k0 + ${termOf(b, depth)});
    workgroupBarrier();
    for (var q = 0u; q < ${depth / 4}u; q++) {
      ${each(4, (n) => `let x${n} = left[${heldAt(a, n, 'threadRow', depth)}];`)}
      ${each(4, (n) => `let y${n} = right[${heldAt(b, n, 'threadColumn', depth)}];`)}
      ${each(4, (k) => each(4, (i) => `sums[${i}] += ${a.along === 'sum' ? `x${i}[${k}]` : `x${k}[${i}]`} * ${rightOf(b, k)};`))}
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      let row = top + threadRow + i;
      let column = first + threadColumn + j;
      if (row < params.rows && column < params.columns) {
        let value = sums[i][j];
        ${keep}
      }
    }
  }
}`,
    reads,
    writes,
    groups: tilesDown * tilesAcross * parts,
    integers: {
      ...{ rows, columns, terms, tilesDown, tilesAcross, parts },
      share: Math.ceil(terms / parts / depth) * depth,
      ...integers,
    },
    ...(floats && { floats }),
    ...(types && { types }),
  };
}

const each = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n      ');

/** Which row of a (column of b), and which term, a thread loads its four numbers from. */
const lineOf = ({ along }: Operand, depth: number) =>
  along === 'sum' ? `local / ${depth / 4}u` : 'local % DEPTH * 4u';

const termOf = ({ along }: Operand, depth: number) =>
  along === 'sum' ? `local % ${depth / 4}u * 4u` : 'local / DEPTH';

/** Where they are held: [terms / 4][lines] of four terms, or [terms][lines / 4] of four lines. */
const slotOf = ({ along }: Operand, depth: number) =>
  along === 'sum' ? `local % ${depth / 4}u * TILE + local / ${depth / 4}u` : 'local';

const heldAt = ({ along }: Operand, n: number, line: string, depth: number) =>
  along === 'sum' ? `q * ${4 * depth}u + ${line} + ${n}u` : `(q * 4u + ${n}u) * ${depth}u + ${line} / 4u`;

const rightOf = ({ along }: Operand, k: number) =>
  along === 'line' ? `y${k}` : `vec4<f32>(${[0, 1, 2, 3].map((j) => `y${j}[${k}]`).join(', ')})`;
