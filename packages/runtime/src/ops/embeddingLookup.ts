import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat, checkInteger, complain } from './check';
import { elementwise } from './kernels/elementwise';

/**
 * Looks rows of a table up: `y[n] = table[indices[n]]`; one dispatch on WebGPU. The gradient adds each row of dy to the row
 * of the table it came from, always in the same order: N·D additions, and one walk over the table to clear it, where tfjs's
 * own gather takes V·N·D.
 *
 * @param table - float32, shape [V, D].
 * @param indices - int32, of any shape, in 0 … V − 1; others give rows of zeros.
 * @returns shape [...indices.shape, D].
 * @throws TypeError when the table is no matrix of float32 or the indices are not int32.
 *
 * @example
 * const vectors = embeddingLookup(table, tf.tensor([3, 1, 4], [3], 'int32'));
 */
export function embeddingLookup(table: tf.Tensor, indices: tf.Tensor): tf.Tensor {
  checkFloat('embeddingLookup', 'table', table);
  if (table.rank !== 2) complain('embeddingLookup', 'table', 'of shape [V, D]', `[${table.shape}]`);
  checkInteger('embeddingLookup', 'indices', indices);
  const [rows, columns] = table.shape as [number, number];
  return lookUp({ table, indices }, { rows, columns }).y;
}

interface Attributes {
  rows: number;
  columns: number;
}

/** 1 for indices that name a row, else 0, [N, 1]; and those indices, the others 0. */
function sound(indices: tf.Tensor, rows: number) {
  const flat = tf.reshape(indices, [-1]);
  const names = tf.logicalAnd(tf.greaterEqual(flat, tf.scalar(0, 'int32')), tf.less(flat, tf.scalar(rows, 'int32')));
  const safe = tf.mul(flat, tf.cast(names, 'int32'));
  return { safe, mask: tf.expandDims(tf.cast(names, 'float32'), 1) };
}

const lookUp = /* @__PURE__ */ defineOp<'table' | 'indices', 'y', Attributes>({
  name: 'embeddingLookup',
  outputs: ({ table, indices }) => ({
    y: { shape: [...indices.shape, table.shape[1] as number], dtype: 'float32' },
  }),
  compose({ table, indices }, { rows, columns }) {
    const shape = [...indices.shape, columns];
    if (indices.size === 0 || table.size === 0) return { y: tf.zeros(shape) };
    const { safe, mask } = sound(indices, rows);
    return { y: tf.reshape(tf.mul(tf.gather(table, safe as tf.Tensor1D), mask), shape) };
  },
  webgpu: ({ outputs: { y }, inputs: { table }, attributes }) =>
    sizeOf(y.shape) === 0 || sizeOf(table.shape) === 0
      ? undefined
      : elementwise(sizeOf(y.shape), {
          each: `let row = indices[i / params.columns];
    let known = row >= 0 && row < i32(params.rows);
    y[i] = select(0.0, table[u32(select(0, row, known)) * params.columns + i % params.columns], known);`,
          reads: ['table', 'indices'],
          writes: ['y'],
          integers: { ...attributes },
        }),
  cpu: lookUpOnHost,
  wasm: lookUpOnHost,
  grad: {
    saves: ['indices'],
    of: ({ y: dy }, { indices }, attributes) => ({
      table: (): tf.Tensor => addRows({ dy, indices }, attributes).dTable,
    }),
  },
});

/** What the table's gradient is: rows added up by their index. Its own gradient looks them up again. */
export const addRows = /* @__PURE__ */ defineOp<'dy' | 'indices', 'dTable', Attributes>({
  name: 'embeddingLookupGrad',
  outputs: (_, { rows, columns }) => ({ dTable: { shape: [rows, columns], dtype: 'float32' } }),
  compose({ dy, indices }, { rows, columns }) {
    if (indices.size === 0 || rows * columns === 0) return { dTable: tf.zeros([rows, columns]) };
    const { safe, mask } = sound(indices, rows);
    const one = tf.equal(tf.expandDims(safe, 1), tf.range(0, rows, 1, 'int32')); // [N, V]
    const vectors = tf.mul(tf.reshape(dy, [-1, columns]), mask);
    return { dTable: tf.matMul(tf.cast(one, 'float32') as tf.Tensor2D, vectors as tf.Tensor2D, true) };
  },
  webgpu({ inputs: { indices }, attributes }) {
    const { rows, columns } = attributes;
    const count = sizeOf(indices.shape);
    if (count === 0 || rows * columns === 0) return undefined;
    const clear = elementwise(rows * columns, { each: 'dTable[i] = 0.0;', reads: [], writes: ['dTable'] });
    // A thread owns a column: nobody else adds to it, so that the order is always the same.
    const add = elementwise(columns, {
      each: `for (var n = 0u; n < params.count; n++) {
      let row = indices[n];
      if (row >= 0 && row < i32(params.rows)) {
        dTable[u32(row) * params.columns + i] += dy[n * params.columns + i];
      }
    }`,
      reads: ['dy', 'indices'],
      writes: ['dTable'],
      integers: { ...attributes, count },
    });
    return { passes: [clear, add] };
  },
  cpu: addRowsOnHost,
  wasm: addRowsOnHost,
  grad: {
    saves: ['indices'],
    of: ({ dTable }, { indices }, attributes) => ({
      dy: (): tf.Tensor => lookUp({ table: dTable, indices }, attributes).y,
    }),
  },
});

function lookUpOnHost({
  inputs: { table, indices },
  outputs: { y },
  attributes: { rows, columns },
}: HostCall<'table' | 'indices', 'y', Attributes>): void {
  for (const [n, row] of indices.entries()) {
    const at = n * columns;
    if (row >= 0 && row < rows) y.set(table.subarray(row * columns, (row + 1) * columns), at);
    else y.fill(0, at, at + columns);
  }
}

function addRowsOnHost({
  inputs: { dy, indices },
  outputs: { dTable },
  attributes: { rows, columns },
}: HostCall<'dy' | 'indices', 'dTable', Attributes>): void {
  dTable.fill(0);
  for (const [n, row] of indices.entries()) {
    if (!(row >= 0 && row < rows)) continue;
    for (let c = 0; c < columns; c++) {
      dTable[row * columns + c] = (dTable[row * columns + c] as number) + (dy[n * columns + c] as number);
    }
  }
}
