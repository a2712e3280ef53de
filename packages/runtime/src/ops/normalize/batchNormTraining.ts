import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../../tfjs/ops/defineOp';
import type { HostCall } from '../../tfjs/ops/hostKernel';
import { sizeOf, type TensorSpec } from '../../tfjs/ops/tensorSpec';
import { batchNormGradientInSimd, batchNormInSimd } from '../../tfjs/wasmKernels/fusedOps';
import { columnSums } from '../kernels/columnSums';
import { elementwise } from '../kernels/elementwise';

interface Attributes {
  epsilon: number;
}

const columnsOf = ({ shape }: { shape: readonly number[] }) => shape.at(-1) as number;
const perColumn = (x: TensorSpec): TensorSpec => ({ shape: [columnsOf(x)], dtype: 'float32' });

/** Statistics over rows, and the distances from the mean. */
function moments(x: tf.Tensor) {
  const rows = tf.reshape(x, [-1, columnsOf(x)]);
  const mean = tf.mean(rows, 0);
  const middle = tf.sub(rows, mean);
  return { mean, middle, variance: tf.mean(tf.square(middle), 0) };
}

/**
 * Normalises each column by its own mean and variance over all rows, and says what these were. The gradient takes them for
 * functions of x, and counts nothing that comes back through them.
 */
export const batchNormTraining = /* @__PURE__ */ defineOp<
  'x' | 'gamma' | 'beta',
  'y' | 'mean' | 'variance',
  Attributes
>({
  name: 'batchNormTraining',
  outputs: ({ x }) => ({ y: x, mean: perColumn(x), variance: perColumn(x) }),
  compose({ x, gamma, beta }, { epsilon }) {
    if (x.size === 0) return { y: x, mean: tf.zeros([columnsOf(x)]), variance: tf.zeros([columnsOf(x)]) };
    const { mean, middle, variance } = moments(x);
    let y = tf.mul(middle, tf.rsqrt(tf.add(variance, epsilon)));
    if (gamma !== undefined) y = tf.mul(y, gamma);
    if (beta !== undefined) y = tf.add(y, beta);
    return { y: tf.reshape(y, x.shape), mean, variance };
  },
  webgpu({ inputs: { x, gamma, beta }, attributes: { epsilon } }) {
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
      each: `let c = i % params.columns;
    let d = sum[c] / params.rows;
    let spread = max(squares[c] / params.rows - d * d, 0.0);
    y[i] = (x[i] - x[c] - d) * inverseSqrt(spread + params.epsilon)${gamma ? ' * gamma[c]' : ''}${beta ? ' + beta[c]' : ''};
    if (i < params.columns) {
      mean[i] = x[i] + d;
      variance[i] = spread;
    }`,
      reads: ['x', 'sum', 'squares', ...(gamma ? ['gamma'] : []), ...(beta ? ['beta'] : [])],
      writes: ['y', 'mean', 'variance'],
      integers: { columns },
      floats: { rows, epsilon },
    });
    const scratch = { ...sums.scratch, sum: perColumn(x), squares: perColumn(x) };
    return { passes: [...sums.passes, apply], scratch };
  },
  cpu: runOnHost,
  wasm: (call) => batchNormInSimd(call) || runOnHost(call),
  grad: {
    saves: ['x', 'gamma', 'beta', 'mean', 'variance'],
    of({ y: dy }, { x, gamma, beta, mean, variance }, { epsilon }) {
      const { dx, dGamma, dBeta } = batchNormGradient({ x, gamma, dy, mean, variance }, { epsilon });
      return { x: () => dx, ...(gamma && { gamma: () => dGamma }), ...(beta && { beta: () => dBeta }) };
    },
  },
});

type GradientInputs = 'x' | 'gamma' | 'dy' | 'mean' | 'variance';

/** The composition works the statistics out of x, so that its own gradient knows of them. */
const batchNormGradient = /* @__PURE__ */ defineOp<GradientInputs, 'dx' | 'dGamma' | 'dBeta', Attributes>({
  name: 'batchNormGrad',
  outputs: ({ x }) => ({ dx: x, dGamma: perColumn(x), dBeta: perColumn(x) }),
  compose({ x, gamma, dy }, { epsilon }) {
    if (x.size === 0) return { dx: x, dGamma: tf.zeros([columnsOf(x)]), dBeta: tf.zeros([columnsOf(x)]) };
    const { middle, variance } = moments(x);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normal = tf.mul(middle, inverse);
    const d = tf.reshape(dy, middle.shape);
    const away = tf.sub(tf.sub(d, tf.mean(d, 0)), tf.mul(normal, tf.mean(tf.mul(d, normal), 0)));
    const dx = tf.mul(away, gamma === undefined ? inverse : tf.mul(inverse, gamma));
    return { dx: tf.reshape(dx, x.shape), dGamma: tf.sum(tf.mul(d, normal), 0), dBeta: tf.sum(d, 0) };
  },
  webgpu({ inputs: { x, gamma }, attributes: { epsilon } }) {
    const size = sizeOf(x.shape);
    if (size === 0) return undefined;
    const columns = columnsOf(x);
    const rows = size / columns;
    const sums = columnSums({
      rows,
      columns,
      reads: ['x', 'dy', 'mean', 'variance'],
      sums: ['dGamma', 'dBeta'],
      each: `totals[0] += dy[i] * (x[i] - mean[column]) * inverseSqrt(variance[column] + params.epsilon);
      totals[1] += dy[i];`,
      floats: { epsilon },
    });
    const apply = elementwise(size, {
      each: `let c = i % params.columns;
    let inverse = inverseSqrt(variance[c] + params.epsilon);
    let normal = (x[i] - mean[c]) * inverse;
    dx[i] = ${gamma ? 'gamma[c] * ' : ''}inverse * (dy[i] - (dBeta[c] + normal * dGamma[c]) / params.rows);`,
      reads: ['x', 'dy', 'mean', 'variance', 'dGamma', 'dBeta', ...(gamma ? ['gamma'] : [])],
      writes: ['dx'],
      integers: { columns },
      floats: { rows, epsilon },
    });
    return { ...sums, passes: [...sums.passes, apply] };
  },
  cpu: runGradientOnHost,
  wasm: (call) => batchNormGradientInSimd(call) || runGradientOnHost(call),
});

type ForwardCall = HostCall<'x' | 'gamma' | 'beta', 'y' | 'mean' | 'variance', Attributes>;

function runOnHost({ inputs: { x, gamma, beta }, outputs: { y, mean, variance }, attributes }: ForwardCall): void {
  const columns = mean.length;
  const rows = x.length / columns;
  const [middles, spreads] = [new Float64Array(columns), new Float64Array(columns)];
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) middles[c] = (middles[c] as number) + (x[i] as number) / rows;
  }
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      spreads[c] = (spreads[c] as number) + ((x[i] as number) - (middles[c] as number)) ** 2 / rows;
    }
  }
  mean.set(middles);
  variance.set(spreads);
  const scales = spreads.map((spread, c) => (gamma?.[c] ?? 1) / Math.sqrt(spread + attributes.epsilon));
  const shifts = middles.map((middle, c) => (beta?.[c] ?? 0) - middle * (scales[c] as number));
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) y[i] = (x[i] as number) * (scales[c] as number) + (shifts[c] as number);
  }
}

type BackwardCall = HostCall<GradientInputs, 'dx' | 'dGamma' | 'dBeta', Attributes>;

function runGradientOnHost({ inputs, outputs: { dx, dGamma, dBeta }, attributes: { epsilon } }: BackwardCall): void {
  const { x, gamma, dy, mean, variance } = inputs;
  const columns = mean.length;
  const rows = x.length / columns;
  const inverses = Float64Array.from(variance, (spread) => 1 / Math.sqrt(spread + epsilon));
  const [products, sums] = [new Float64Array(columns), new Float64Array(columns)];
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      const normal = ((x[i] as number) - (mean[c] as number)) * (inverses[c] as number);
      products[c] = (products[c] as number) + (dy[i] as number) * normal;
      sums[c] = (sums[c] as number) + (dy[i] as number);
    }
  }
  dGamma.set(products);
  dBeta.set(sums);
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      const inverse = inverses[c] as number;
      const normal = ((x[i] as number) - (mean[c] as number)) * inverse;
      const away = ((sums[c] as number) + normal * (products[c] as number)) / rows;
      dx[i] = (gamma?.[c] ?? 1) * inverse * ((dy[i] as number) - away);
    }
  }
}
