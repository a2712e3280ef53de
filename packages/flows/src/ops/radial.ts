import { defineOp } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { SHIFT } from './planarOnHost';

import { LEAST_SQUARE, radialGradientOnHost, radialOnHost } from './radialOnHost';
import { radialPointCode, radialSumCode } from './radialWgsl';
import { GROUP } from './rowsWgsl';

/**
 * Points pushed away from a centre or pulled towards it, in one dispatch on WebGPU, two for all gradients:
 *
 *     value = c + (z − c)(1 + p),   logDet = (D − 1) log(1 + p) + log(1 + p α / (α + r)),   p = β / (α + r),   r = |z − c|
 *
 * with α and β made of raw numbers as {@link reachOf} says.
 *
 * @param z - [B, D]
 * @param centre - [D]
 * @param a - raw, [1]; so is b.
 * @returns value [B, D] and logDet [B].
 */
export const radial = (z: tf.Tensor, centre: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => push({ z, centre, a, b }, {});

/** α = softplus(a + log(e − 1)) and β = α (softplus(b + log(e − 1)) − 1) > −α, [1] each. */
export function reachOf(a: tf.Tensor, b: tf.Tensor): { alpha: tf.Tensor; share: tf.Tensor; beta: tf.Tensor } {
  const positive = (raw: tf.Tensor) => tf.softplus(tf.add(raw, SHIFT));
  const [alpha, share] = [positive(a), tf.sub(positive(b), 1)];
  return { alpha, share, beta: tf.mul(alpha, share) };
}

/** r of points in rows: [B, D] → [B, 1]. */
export const distanceOf = (away: tf.Tensor): tf.Tensor =>
  tf.sqrt(tf.add(tf.sum(tf.square(away), 1, true), LEAST_SQUARE));

type Inputs = 'z' | 'centre' | 'a' | 'b';

const sizesOf = (shape: readonly number[]) => ({
  integers: { rows: shape[0] as number, columns: shape[1] as number },
  floats: { shift: SHIFT, least: LEAST_SQUARE },
});

const push = /* @__PURE__ */ defineOp<Inputs, 'value' | 'logDet', object>({
  name: 'flows/radial',
  outputs: ({ z }) => ({ value: z, logDet: { shape: [z.shape[0] as number], dtype: 'float32' } }),
  compose({ z, centre, a, b }) {
    const { alpha, beta } = reachOf(a, b);
    const away = tf.sub(z, centre);
    const reach = tf.add(alpha, distanceOf(away)); // [B, 1]
    const pull = tf.div(beta, reach);
    const across = tf.mul((z.shape[1] as number) - 1, tf.log1p(pull));
    const along = tf.log1p(tf.mul(pull, tf.div(alpha, reach)));
    return {
      value: tf.add(centre, tf.mul(away, tf.add(1, pull))),
      logDet: tf.reshape(tf.add(across, along), [z.shape[0] as number]),
    };
  },
  webgpu({ inputs: { z } }) {
    const [rows] = z.shape as [number, number];
    if (rows === 0) return undefined;
    return {
      code: radialPointCode(
        `value[i] = centre[d] + (z[i] - centre[d]) * (1.0 + pull);`,
        `logDet[row] = f32(params.columns - 1u) * log(1.0 + pull) + log(1.0 + pull * part);`,
      ),
      reads: ['z', 'centre', 'a', 'b'],
      writes: ['value', 'logDet'],
      groups: Math.ceil(rows / GROUP),
      ...sizesOf(z.shape),
    };
  },
  cpu: radialOnHost,
  wasm: radialOnHost,
  grad: {
    saves: ['z', 'centre', 'a', 'b'],
    of({ value: dValue, logDet: dLogDet }, { z, centre, a, b }) {
      const { dz, dCentre, da, db } = backward({ z, centre, a, b, dValue, dLogDet }, {});
      return { z: () => dz, centre: () => dCentre, a: () => da, b: () => db };
    },
  },
});

/** `points` is what the second pass reads of each point: the slopes of α and of β, [B, 2]. */
const backward = /* @__PURE__ */ defineOp<
  Inputs | 'dValue' | 'dLogDet',
  'dz' | 'dCentre' | 'da' | 'db' | 'points',
  object
>({
  name: 'flows/radialGrad',
  outputs: ({ z, centre, a, b }) => ({
    ...{ dz: z, dCentre: centre, da: a, db: b },
    points: { shape: [z.shape[0] as number, 2], dtype: 'float32' },
  }),
  compose({ z, centre, a, b, dValue, dLogDet }) {
    const { alpha, share, beta } = reachOf(a, b);
    const away = tf.sub(z, centre);
    const r = distanceOf(away);
    const reach = tf.add(alpha, r);
    const [pull, part] = [tf.div(beta, reach), tf.div(alpha, reach)]; // [B, 1]
    const [stretch, inner] = [tf.add(1, pull), tf.add(1, tf.mul(pull, part))];
    const given = tf.expandDims(dLogDet, 1);
    const slope = tf.add(tf.div((z.shape[1] as number) - 1, stretch), tf.div(part, inner)); // of logDet by the pull
    const dPull = tf.add(tf.sum(tf.mul(dValue, away), 1, true), tf.mul(given, slope));
    const dPart = tf.mul(given, tf.div(pull, inner));
    const dReach = tf.neg(tf.div(tf.add(tf.mul(dPull, pull), tf.mul(dPart, part)), reach));
    const [dAlphas, dBetas] = [tf.add(tf.div(dPart, reach), dReach), tf.div(dPull, reach)];
    const dz = tf.add(tf.mul(dValue, stretch), tf.mul(dReach, tf.div(away, r)));
    const [dAlpha, dBeta] = [tf.sum(dAlphas), tf.sum(dBetas)];
    return {
      dz,
      dCentre: tf.sum(tf.sub(dValue, dz), 0),
      da: tf.mul(tf.add(dAlpha, tf.mul(dBeta, share)), tf.sigmoid(tf.add(a, SHIFT))),
      db: tf.mul(tf.mul(dBeta, alpha), tf.sigmoid(tf.add(b, SHIFT))),
      points: tf.concat([dAlphas, dBetas], 1),
    };
  },
  webgpu({ inputs: { z } }) {
    const [rows] = z.shape as [number, number];
    if (rows === 0) return undefined;
    return {
      passes: [
        {
          code: radialPointCode(
            `dz[i] = dValue[i] * (1.0 + pull) + dReach * (z[i] - centre[d]) / r;`,
            `points[2u * row] = dPart / reach + dReach; points[2u * row + 1u] = dPull / reach;`,
            `var along = 0.0;
    for (var d = 0u; d < params.columns; d++) {
      let i = row * params.columns + d;
      along += dValue[i] * (z[i] - centre[d]);
    }
    let inner = 1.0 + pull * part;
    let dPull = along + dLogDet[row] * (f32(params.columns - 1u) / (1.0 + pull) + part / inner);
    let dPart = dLogDet[row] * pull / inner;
    let dReach = -(dPull * pull + dPart * part) / reach;`,
          ),
          reads: ['z', 'centre', 'a', 'b', 'dValue', 'dLogDet'],
          writes: ['dz', 'points'],
          groups: Math.ceil(rows / GROUP),
          ...sizesOf(z.shape),
        },
        {
          code: radialSumCode,
          reads: ['a', 'b', 'dValue', 'dz', 'points'],
          writes: ['dCentre', 'da', 'db'],
          groups: 1,
          ...sizesOf(z.shape),
        },
      ],
    };
  },
  cpu: radialGradientOnHost,
  wasm: radialGradientOnHost,
});
