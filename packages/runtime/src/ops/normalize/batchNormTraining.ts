import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../../tfjs/ops/defineOp';
import { sizeOf, type TensorSpec } from '../../tfjs/ops/tensorSpec';
import { batchNormGradientInSimd, batchNormInSimd } from '../../tfjs/wasmKernels/fusedOps';
import { composedActivations } from '../activations/composed';
import { activationCode } from '../activations/wgsl';
import { columnSums } from '../kernels/columnSums';
import { elementwise } from '../kernels/elementwise';
import { columnsOf, type NormAttributes, namesOf, perColumn, scaled, scaledCode } from './affine';
import { batchNormGradientOnHost, batchNormOnHost } from './batchNormOnHost';

/** Statistics over rows, and the distances from the mean. */
function moments(x: tf.Tensor) {
  const rows = tf.reshape(x, [-1, columnsOf(x)]);
  const mean = tf.mean(rows, 0);
  const middle = tf.sub(rows, mean);
  return { mean, middle, variance: tf.mean(tf.square(middle), 0) };
}

/**
 * Normalises each column by its own mean and variance over all rows, scales and shifts it, adds a residual and applies an
 * activation; and says what the statistics were. The gradient takes them for functions of x, and counts nothing that comes
 * back through them.
 */
export const batchNormTraining = /* @__PURE__ */ defineOp<
  'x' | 'gamma' | 'beta' | 'residual',
  'y' | 'mean' | 'variance',
  NormAttributes
>({
  name: 'batchNormTraining',
  outputs: ({ x }) => ({ y: x, mean: perColumn(x), variance: perColumn(x) }),
  compose({ x, ...rest }, { epsilon, activation, alpha }) {
    if (x.size === 0) return { y: x, mean: tf.zeros([columnsOf(x)]), variance: tf.zeros([columnsOf(x)]) };
    const { mean, middle, variance } = moments(x);
    const z = scaled(tf.mul(middle, tf.rsqrt(tf.add(variance, epsilon))), rest);
    return { y: tf.reshape(composedActivations[activation].value(z, alpha), x.shape), mean, variance };
  },
  webgpu({ inputs, attributes: { epsilon, activation, alpha } }) {
    const { x } = inputs;
    const size = sizeOf(x.shape);
    if (size === 0) return undefined;
    const columns = columnsOf(x);
    const rows = size / columns;
    // Distances from the first row, so that a large mean costs no digits.
    const sums = columnSums({
      rows,
      columns,
      reads: ['x'],
      sums: ['sum', 'squares'],
      each: `let d = x[i] - x[column];
      totals[0] += d;
      totals[1] += d * d;`,
    });
    const apply = elementwise(size, {
      functions: activationCode(activation),
      each: `let c = i % params.columns;
    let d = sum[c] / params.rows;
    let spread = max(squares[c] / params.rows - d * d, 0.0);
    let normal = (x[i] - x[c] - d) * inverseSqrt(spread + params.epsilon);
    y[i] = activate(${scaledCode('normal', inputs)});
    if (i < params.columns) {
      mean[i] = x[i] + d;
      variance[i] = spread;
    }`,
      reads: ['x', 'sum', 'squares', ...namesOf(inputs, 'gamma', 'beta', 'residual')],
      writes: ['y', 'mean', 'variance'],
      integers: { columns },
      floats: { rows, epsilon, alpha },
    });
    const scratch = { ...sums.scratch, sum: perColumn(x), squares: perColumn(x) };
    return { passes: [...sums.passes, apply], scratch };
  },
  cpu: batchNormOnHost,
  wasm: (call) => batchNormInSimd(call) || batchNormOnHost(call),
  grad: {
    saves: ['x', 'gamma', 'beta', 'residual', 'mean', 'variance'],
    of({ y: dy }, { mean, variance, ...inputs }, attributes) {
      const { dx, dz, dGamma, dBeta } = batchNormGradient({ ...inputs, dy, mean, variance }, attributes);
      // Where there is no activation, dz is dy.
      return { x: () => dx, gamma: () => dGamma, beta: () => dBeta, residual: () => dz ?? tf.clone(dy) };
    },
  },
});

type GradientInputs = 'x' | 'gamma' | 'beta' | 'residual' | 'dy' | 'mean' | 'variance';

/** The composition works the statistics out of x, so that its own gradient knows of them. */
const batchNormGradient = /* @__PURE__ */ defineOp<GradientInputs, 'dx' | 'dz' | 'dGamma' | 'dBeta', NormAttributes>({
  name: 'batchNormGrad',
  outputs({ x }, { activation }) {
    const outputs: Record<string, TensorSpec> = { dx: x, dGamma: perColumn(x), dBeta: perColumn(x) };
    if (activation !== 'linear') outputs.dz = x;
    return outputs;
  },
  compose({ x, dy, ...rest }, { epsilon, activation, alpha }) {
    if (x.size === 0) return { dx: x, dz: x, dGamma: tf.zeros([columnsOf(x)]), dBeta: tf.zeros([columnsOf(x)]) };
    const { middle, variance } = moments(x);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normal = tf.mul(middle, inverse);
    const slope = composedActivations[activation].slope(scaled(normal, rest), alpha);
    const dz = activation === 'linear' ? tf.reshape(dy, middle.shape) : tf.mul(tf.reshape(dy, middle.shape), slope);
    const away = tf.sub(tf.sub(dz, tf.mean(dz, 0)), tf.mul(normal, tf.mean(tf.mul(dz, normal), 0)));
    const dx = tf.mul(away, rest.gamma === undefined ? inverse : tf.mul(inverse, rest.gamma));
    return {
      dx: tf.reshape(dx, x.shape),
      dz: tf.reshape(dz, x.shape),
      dGamma: tf.sum(tf.mul(dz, normal), 0),
      dBeta: tf.sum(dz, 0),
    };
  },
  webgpu({ inputs, attributes: { epsilon, activation, alpha } }) {
    const { x, gamma } = inputs;
    const size = sizeOf(x.shape);
    if (size === 0) return undefined;
    const columns = columnsOf(x);
    const rows = size / columns;
    const isLinear = activation === 'linear';
    const sums = columnSums({
      rows,
      columns,
      functions: activationCode(activation),
      reads: ['x', 'dy', 'mean', 'variance', ...(isLinear ? [] : namesOf(inputs, 'gamma', 'beta', 'residual'))],
      writes: isLinear ? [] : ['dz'],
      sums: ['dGamma', 'dBeta'],
      each: `let c = column;
      let normal = (x[i] - mean[c]) * inverseSqrt(variance[c] + params.epsilon);
      let d = dy[i]${isLinear ? '' : ` * slope(${scaledCode('normal', inputs)})`};
      ${isLinear ? '' : 'dz[i] = d;'}
      totals[0] += d * normal;
      totals[1] += d;`,
      floats: { epsilon, alpha },
    });
    const above = isLinear ? 'dy' : 'dz';
    const apply = elementwise(size, {
      each: `let c = i % params.columns;
    let inverse = inverseSqrt(variance[c] + params.epsilon);
    let normal = (x[i] - mean[c]) * inverse;
    dx[i] = ${gamma ? 'gamma[c] * ' : ''}inverse * (${above}[i] - (dBeta[c] + normal * dGamma[c]) / params.rows);`,
      reads: ['x', above, 'mean', 'variance', 'dGamma', 'dBeta', ...namesOf(inputs, 'gamma')],
      writes: ['dx'],
      integers: { columns },
      floats: { rows, epsilon },
    });
    return { ...sums, passes: [...sums.passes, apply] };
  },
  cpu: batchNormGradientOnHost,
  wasm: (call) => batchNormGradientInSimd(call) || batchNormGradientOnHost(call),
});
