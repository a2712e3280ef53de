import { defineOp, type HostCall, sizeOf } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { elementwise } from '../kernels/elementwise';

/**
 * The squared distance of each vector from each: `y[i, j] = Σ (x[i] − x[j])²`, from the differences themselves, which keeps
 * the digits of vectors that are close; one dispatch on WebGPU, and no more memory than the result.
 *
 * @param x - float32, shape [B, D].
 * @returns shape [B, B].
 */
export const squaredDistances = (x: tf.Tensor): tf.Tensor => distances({ x }, {}).y;

const distances = /* @__PURE__ */ defineOp<'x', 'y', object>({
  name: 'core-layers/squaredDistances',
  outputs: ({ x: { shape } }) => ({ y: { shape: [shape[0] as number, shape[0] as number], dtype: 'float32' } }),
  compose: ({ x }) => {
    if (x.size === 0) return { y: tf.zeros([x.shape[0] as number, x.shape[0] as number]) };
    return { y: tf.sum(tf.squaredDifference(tf.expandDims(x, 1), tf.expandDims(x, 0)), 2) };
  },
  webgpu: ({ inputs: { x }, outputs: { y } }) =>
    sizeOf(x.shape) === 0
      ? undefined
      : elementwise(sizeOf(y.shape), {
          each: `let a = i / params.B * params.D;
  let b = i % params.B * params.D;
  var sum = 0.0;
  for (var d = 0u; d < params.D; d++) {
    let gap = x[a + d] - x[b + d];
    sum += gap * gap;
  }
  y[i] = sum;`,
          reads: ['x'],
          writes: ['y'],
          integers: { B: x.shape[0] as number, D: x.shape[1] as number },
        }),
  cpu: distancesOnHost,
  wasm: distancesOnHost,
  grad: {
    saves: ['x'],
    // 2 Σ_j (dy[i, j] + dy[j, i]) (x[i] − x[j])
    of: ({ y: dy }, { x }) => ({
      x(): tf.Tensor {
        if (x.size === 0) return tf.zerosLike(x);
        const both = tf.add(dy, tf.transpose(dy));
        const own = tf.mul(tf.sum(both, 1, true), x);
        return tf.mul(2, tf.sub(own, tf.matMul(both as tf.Tensor2D, x as tf.Tensor2D)));
      },
    }),
  },
});

function distancesOnHost({ inputs: { x }, outputs: { y }, shapes }: HostCall<'x', 'y', object>): void {
  const [B, D] = shapes.x as [number, number];
  for (let i = 0; i < B; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let d = 0; d < D; d++) sum += ((x[i * D + d] as number) - (x[j * D + d] as number)) ** 2;
      y[i * B + j] = sum;
      y[j * B + i] = sum;
    }
  }
}
