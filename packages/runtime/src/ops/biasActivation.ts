import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { biasActivationGradientInSimd, biasActivationInSimd } from '../tfjs/wasmKernels/fusedOps';
import { composedActivations } from './activations/composed';
import { hostActivations } from './activations/host';
import { type Activation, activationNames, defaultAlpha } from './activations/names';
import { activationCode } from './activations/wgsl';
import { checkFloat, checkName, checkNumber, checkShape } from './check';
import { columnSums } from './kernels/columnSums';
import { elementwise } from './kernels/elementwise';
import { sumOfRows } from './sumOfRows';

interface Attributes {
  activation: Activation;
  alpha: number;
}

export interface BiasActivationOptions {
  /** Which function; default `linear`. */
  activation?: Activation;
  /** Slope (leakyRelu, default 0.01) or height (elu, default 1) on the negative side; others take no notice of it. */
  alpha?: number;
}

/**
 * Adds a bias to the last dimension and applies an activation: `y = f(x + b)`, one dispatch on WebGPU, and one or two for
 * both its gradients.
 *
 * `relu` max(z, 0) · `leakyRelu` z or αz · `elu` z or α(eᶻ − 1) · `selu` · `gelu` z Φ(z), Φ through erf · `geluTanh` its
 * approximation by tanh · `silu` z σ(z) · `mish` z tanh(log(1 + eᶻ)) · `tanh` · `sigmoid` σ(z) · `softplus` log(1 + eᶻ) ·
 * `linear` z. Finite, as are its gradients, for every finite z.
 *
 * Reference: Hendrycks, Gimpel, "Gaussian error linear units", 2016; Klambauer et al., "Self-normalizing neural networks",
 * 2017; Misra, "Mish: a self regularized non-monotonic activation function", 2020.
 *
 * @param x - float32, shape [..., C].
 * @param bias - shape [C]; none adds nothing.
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no float32 tensor, the bias does not fit or the activation has no such name.
 *
 * @example
 * const y = biasActivation(tf.matMul(x, kernel), bias, { activation: 'gelu' });
 */
export function biasActivation(
  x: tf.Tensor,
  bias?: tf.Tensor,
  { activation = 'linear', alpha = defaultAlpha(activation) }: BiasActivationOptions = {},
): tf.Tensor {
  checkFloat('biasActivation', 'x', x, bias === undefined ? 0 : 1);
  checkShape('biasActivation', 'bias', bias, x.shape.slice(-1));
  checkName('biasActivation', 'activation', activation, activationNames);
  checkNumber('biasActivation', 'alpha', alpha);
  return forward({ x, bias }, { activation, alpha }).y;
}

const columnsOf = (shape: readonly number[]) => shape.at(-1) ?? 1;

const forward = /* @__PURE__ */ defineOp<'x' | 'bias', 'y', Attributes>({
  name: 'biasActivation',
  outputs: ({ x }) => ({ y: x }),
  compose: ({ x, bias }, { activation, alpha }) => ({
    y: composedActivations[activation].value(bias === undefined ? x : tf.add(x, bias), alpha),
  }),
  webgpu: ({ inputs: { x, bias }, attributes: { activation, alpha } }) =>
    elementwise(sizeOf(x.shape), {
      functions: activationCode(activation),
      each: `y[i] = activate(x[i]${bias ? ' + bias[i % params.columns]' : ''});`,
      reads: bias ? ['x', 'bias'] : ['x'],
      writes: ['y'],
      integers: { columns: columnsOf(x.shape) },
      floats: { alpha },
    }),
  cpu: runOnHost,
  wasm: (call) => biasActivationInSimd(call) || runOnHost(call),
  grad: {
    saves: ['x', 'bias'],
    of({ y: dy }, { x, bias }, attributes) {
      const { dx, dBias } = backward({ x, bias, dy }, attributes);
      return { x: () => dx, bias: () => dBias };
    },
  },
});

/** dx = dy f′(x + b), and its sum over all but the last dimension. */
const backward = /* @__PURE__ */ defineOp<'x' | 'bias' | 'dy', 'dx' | 'dBias', Attributes>({
  name: 'biasActivationGrad',
  outputs: ({ x, bias }) => ({ dx: x, ...(bias && { dBias: bias }) }) as Record<'dx' | 'dBias', typeof x>,
  compose({ x, bias, dy }, { activation, alpha }) {
    const dx = tf.mul(dy, composedActivations[activation].slope(bias === undefined ? x : tf.add(x, bias), alpha));
    const results: Record<string, tf.Tensor> = { dx };
    if (bias !== undefined) results.dBias = sumOfRows(dx);
    return results;
  },
  webgpu({ inputs: { x, bias }, attributes: { activation, alpha } }) {
    const size = sizeOf(x.shape);
    const functions = activationCode(activation);
    if (size === 0) return undefined;
    if (bias === undefined) {
      const each = 'dx[i] = dy[i] * slope(x[i]);';
      return elementwise(size, { functions, each, reads: ['x', 'dy'], writes: ['dx'], floats: { alpha } });
    }
    return columnSums({
      rows: size / columnsOf(x.shape),
      columns: columnsOf(x.shape),
      functions,
      each: `let d = dy[i] * slope(x[i] + bias[column]);
      dx[i] = d;
      totals[0] += d;`,
      reads: ['x', 'bias', 'dy'],
      writes: ['dx'],
      sums: ['dBias'],
      floats: { alpha },
    });
  },
  cpu: runGradientOnHost,
  wasm: (call) => biasActivationGradientInSimd(call) || runGradientOnHost(call),
});

function runOnHost({
  inputs: { x, bias },
  outputs: { y },
  attributes: { activation, alpha },
}: HostCall<'x' | 'bias', 'y', Attributes>): void {
  const { value } = hostActivations[activation];
  const columns = bias?.length ?? 1;
  for (let i = 0; i < x.length; ) {
    for (let column = 0; column < columns; column++, i++) {
      y[i] = value((x[i] as number) + (bias === undefined ? 0 : (bias[column] as number)), alpha);
    }
  }
}

function runGradientOnHost({
  inputs: { x, bias, dy },
  outputs: { dx, dBias },
  attributes: { activation, alpha },
}: HostCall<'x' | 'bias' | 'dy', 'dx' | 'dBias', Attributes>): void {
  const { slope } = hostActivations[activation];
  const columns = bias?.length ?? 1;
  const sums = new Float64Array(columns);
  for (let i = 0; i < x.length; ) {
    for (let column = 0; column < columns; column++, i++) {
      const z = (x[i] as number) + (bias === undefined ? 0 : (bias[column] as number));
      const d = (dy[i] as number) * slope(z, alpha);
      dx[i] = d;
      sums[column] = (sums[column] as number) + d;
    }
  }
  dBias?.set(sums);
}
