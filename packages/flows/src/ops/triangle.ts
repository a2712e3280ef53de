import { defineOp, type HostCall } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

interface Attributes {
  lower: boolean;
  diagonal: 0 | 1;
}

/**
 * The strict lower or upper triangle of a square matrix, with zeros or ones on its diagonal, in one dispatch on WebGPU.
 *
 * @param matrix - [n, n]
 */
export const triangle = (matrix: tf.Tensor, side: 'lower' | 'upper', diagonal: 0 | 1 = 0): tf.Tensor2D =>
  cut({ matrix }, { lower: side === 'lower', diagonal }).y as tf.Tensor2D;

function cutOnHost({
  inputs: { matrix },
  outputs: { y },
  shapes,
  attributes: { lower, diagonal },
}: HostCall<'matrix', 'y', Attributes>): void {
  const n = shapes.matrix[0] as number;
  for (let row = 0, i = 0; row < n; row++) {
    for (let column = 0; column < n; column++, i++) {
      y[i] = row === column ? diagonal : row > column === lower ? (matrix[i] as number) : 0;
    }
  }
}

const cut = /* @__PURE__ */ defineOp<'matrix', 'y', Attributes>({
  name: 'flows/triangle',
  outputs: ({ matrix }) => ({ y: matrix }),
  compose({ matrix }, { lower, diagonal }) {
    const places = tf.range(0, matrix.shape[0] as number);
    const [row, column] = [tf.expandDims(places, 1), tf.expandDims(places, 0)];
    const isKept = lower ? tf.greater(row, column) : tf.greater(column, row);
    const y = tf.mul(matrix, tf.cast(isKept, 'float32'));
    return { y: diagonal === 1 ? tf.add(y, tf.eye(matrix.shape[0] as number)) : y };
  },
  webgpu({ inputs: { matrix }, attributes: { lower, diagonal } }) {
    const n = matrix.shape[0] as number;
    return {
      code: `@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * 64u + local;
  if (i >= params.n * params.n) { return; }
  let row = i / params.n;
  let column = i % params.n;
  y[i] = select(0.0, matrix[i], row ${lower ? '>' : '<'} column);
  if (row == column) { y[i] = ${diagonal}.0; }
}`,
      reads: ['matrix'],
      writes: ['y'],
      groups: Math.ceil((n * n) / 64),
      integers: { n },
    };
  },
  cpu: cutOnHost,
  wasm: cutOnHost,
  grad: { saves: [], of: ({ y: dy }, _, { lower }) => ({ matrix: () => triangle(dy, lower ? 'lower' : 'upper') }) },
});
