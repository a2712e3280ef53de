import * as tf from '@tensorflow/tfjs-core';

/**
 * How an update knows the number of its step without the host: an int32 [2] on the device, {steps done, workgroups of
 * this step that have finished}. Each workgroup reads the first before it adds itself to the second; the last one to
 * finish, which therefore knows that all have read, advances the first and clears the second.
 */
export const makeClock = (): tf.Variable => tf.tidy(() => tf.variable(tf.zeros([2], 'int32'), false));

/** WGSL: the number of this step, from 1. All threads of a workgroup must come here. */
export const readClock = `
  if (local == 0u) { stepsDone = atomicLoad(&clock[0]); }
  let t = workgroupUniformLoad(&stepsDone) + 1;`;

/** WGSL: what stands outside the entry point for it. */
export const clockState = 'var<workgroup> stepsDone: i32;';

/** WGSL: the end of this step. */
export const advanceClock = `
  if (local == 0u && atomicAdd(&clock[1], 1) == i32(groups.x * groups.y * groups.z) - 1) {
    atomicStore(&clock[1], 0);
    atomicStore(&clock[0], t);
  }`;

/** log β, for 1 − βᵗ = −expm1(t · log β); of β = 0 one that is low enough. */
export const logOf = (beta: number): number => Math.max(Math.log(beta), -100);

/** `1 − βᵗ`, on the host. */
export const grown = (t: number, logBeta: number): number => -Math.expm1(t * logBeta);

const TERMS = 12;

/** WGSL: the same. Near 1, βᵗ would lose its digits in the difference: there a series is summed. */
export const grownWgsl = `
fn grown(t: i32, logBeta: f32) -> f32 {
  let x = f32(t) * logBeta;
  if (x < -1.0) { return 1.0 - exp(x); }
  var series = 1.0;
  for (var k = ${TERMS}; k > 1; k--) { series = 1.0 + x / f32(k) * series; }
  return -x * series;
}`;

/** The same in tfjs ops. */
export function grownComposed(t: tf.Scalar, logBeta: number): tf.Tensor {
  const x = tf.mul(t, logBeta);
  const near = tf.maximum(x, -1);
  let series: tf.Tensor = tf.onesLike(x);
  for (let k = TERMS; k > 1; k--) series = tf.add(1, tf.mul(tf.div(near, k), series));
  return tf.where(tf.less(x, -1), tf.sub(1, tf.exp(x)), tf.mul(tf.neg(near), series));
}
