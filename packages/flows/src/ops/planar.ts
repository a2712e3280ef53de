import { defineOp } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { planarGradientOnHost, planarOnHost, SHIFT } from './planarOnHost';
import { pointCode, sumCode } from './planarWgsl';
import { GROUP } from './rowsWgsl';

/**
 * Points pushed along û by how far they lie on one side of a plane, in one dispatch on WebGPU, two for all gradients:
 *
 *     value = z + û h,   h = tanh(wᵀz + b),   logDet = log |1 + s (1 − h²)|,   s = wᵀû = softplus(wᵀu + log(e − 1)) − 1
 *
 * @param z - [B, D]
 * @param w - [D, 1]; so is u.
 * @param b - [1]
 * @returns value [B, D] and logDet [B].
 */
export const planar = (z: tf.Tensor, w: tf.Tensor, u: tf.Tensor, b: tf.Tensor) => push({ z, w, u, b }, {});

/** û = u + a w [D, 1], a = (s − wᵀu) / |w|² and s, both [1, 1]. */
export function constrained(w: tf.Tensor2D, u: tf.Tensor2D) {
  const inner = tf.matMul(w, u, true); // [1, 1]
  const slope = tf.sub(tf.softplus(tf.add(inner, SHIFT)), 1);
  const square = tf.sum(tf.square(w));
  const along = tf.div(tf.sub(slope, inner), square);
  return { inner, slope, square, along, uHat: tf.add(u, tf.mul(along, w)) as tf.Tensor2D };
}

type Inputs = 'z' | 'w' | 'u' | 'b';

const push = /* @__PURE__ */ defineOp<Inputs, 'value' | 'logDet', object>({
  name: 'flows/planar',
  outputs: ({ z }) => ({ value: z, logDet: { shape: [z.shape[0] as number], dtype: 'float32' } }),
  compose({ z, w, u, b }) {
    const { slope, uHat } = constrained(w as tf.Tensor2D, u as tf.Tensor2D);
    const height = tf.tanh(tf.add(tf.matMul(z as tf.Tensor2D, w as tf.Tensor2D), b)) as tf.Tensor2D; // [B, 1]
    const stretch = tf.add(1, tf.mul(slope, tf.sub(1, tf.square(height)))); // [B, 1]
    return {
      value: tf.add(z, tf.matMul(height, uHat, false, true)), // [B, 1] · [1, D]
      logDet: tf.reshape(tf.log(tf.abs(stretch)), [z.shape[0] as number]),
    };
  },
  webgpu({ inputs: { z } }) {
    const [rows, columns] = z.shape as [number, number];
    if (rows === 0) return undefined;
    return {
      code: pointCode(`value[i] = z[i] + (u[d] + plane.along * w[d]) * height;`, `logDet[row] = log(abs(stretch));`),
      reads: ['z', 'w', 'u', 'b'],
      writes: ['value', 'logDet'],
      groups: Math.ceil(rows / GROUP),
      integers: { rows, columns },
      floats: { shift: SHIFT },
    };
  },
  cpu: planarOnHost,
  wasm: planarOnHost,
  grad: {
    saves: ['z', 'w', 'u', 'b'],
    of({ value: dValue, logDet: dLogDet }, { z, w, u, b }) {
      const { dz, dw, du, db } = backward({ z, w, u, b, dValue, dLogDet }, {});
      return { z: () => dz, w: () => dw, u: () => du, b: () => db };
    },
  },
});

/** `points` is what the second pass reads of each point: h, the slope of wᵀz + b, and that of s, [B, 3]. */
const backward = /* @__PURE__ */ defineOp<Inputs | 'dValue' | 'dLogDet', 'dz' | 'dw' | 'du' | 'db' | 'points', object>({
  name: 'flows/planarGrad',
  outputs: ({ z, w, u, b }) => ({
    ...{ dz: z, dw: w, du: u, db: b },
    points: { shape: [z.shape[0] as number, 3], dtype: 'float32' },
  }),
  compose({ z, w, u, b, dValue, dLogDet }) {
    const W = w as tf.Tensor2D;
    const { inner, slope, square, along, uHat } = constrained(W, u as tf.Tensor2D);
    const height = tf.tanh(tf.add(tf.matMul(z as tf.Tensor2D, W), b)) as tf.Tensor2D; // [B, 1]
    const steepness = tf.sub(1, tf.square(height));
    const dStretch = tf.div(tf.expandDims(dLogDet, 1), tf.add(1, tf.mul(slope, steepness)));
    const dHeight = tf.sub(tf.matMul(dValue as tf.Tensor2D, uHat), tf.mul(tf.mul(2, slope), tf.mul(height, dStretch)));
    const dAlpha = tf.mul(dHeight, steepness) as tf.Tensor2D; // [B, 1]
    const dSlopes = tf.mul(dStretch, steepness); // of each point, [B, 1]
    const dUHat = tf.matMul(dValue as tf.Tensor2D, height, true); // [D, 1]
    const pull = tf.div(tf.matMul(W, dUHat, true), square); // [1, 1]
    const dInner = tf.sub(tf.mul(tf.add(tf.sum(dSlopes), pull), tf.sigmoid(tf.add(inner, SHIFT))), pull);
    const direct = tf.sub(tf.matMul(z as tf.Tensor2D, dAlpha, true), tf.mul(tf.mul(2, tf.mul(along, pull)), W));
    return {
      dz: tf.add(dValue, tf.matMul(dAlpha, W, false, true)),
      dw: tf.add(tf.add(direct, tf.mul(along, dUHat)), tf.mul(dInner, u)),
      du: tf.add(dUHat, tf.mul(dInner, W)),
      db: tf.reshape(tf.sum(dAlpha), [1]),
      points: tf.concat([height, dAlpha, dSlopes], 1),
    };
  },
  webgpu({ inputs: { z } }) {
    const [rows, columns] = z.shape as [number, number];
    if (rows === 0) return undefined;
    const sizes = { integers: { rows, columns }, floats: { shift: SHIFT } };
    const each = `dz[i] = dValue[i] + dAlpha * w[d];`;
    return {
      passes: [
        {
          code: pointCode(
            each,
            `points[3u * row] = height; points[3u * row + 1u] = dAlpha; points[3u * row + 2u] = dStretch * steepness;`,
            `var push = 0.0;
    for (var d = 0u; d < params.columns; d++) { push += dValue[row * params.columns + d] * (u[d] + plane.along * w[d]); }
    let dStretch = dLogDet[row] / stretch;
    let dAlpha = (push - 2.0 * plane.slope * height * dStretch) * steepness;`,
          ),
          reads: ['z', 'w', 'u', 'b', 'dValue', 'dLogDet'],
          writes: ['dz', 'points'],
          groups: Math.ceil(rows / GROUP),
          ...sizes,
        },
        { code: sumCode, reads: ['z', 'w', 'u', 'dValue', 'points'], writes: ['dw', 'du', 'db'], groups: 1, ...sizes },
      ],
    };
  },
  cpu: planarGradientOnHost,
  wasm: planarGradientOnHost,
});
