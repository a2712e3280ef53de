import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../../tfjs/ops/defineOp';
import { sizeOf } from '../../tfjs/ops/tensorSpec';
import { affineActivationInSimd } from '../../tfjs/wasmKernels/affineInSimd';
import { composedActivations } from '../activations/composed';
import { activationCode } from '../activations/wgsl';
import { elementwise } from '../kernels/elementwise';
import { sumOfRows } from '../sumOfRows';
import { columnsOf, type NormAttributes, namesOf, scaled, scaledCode } from './affine';
import { affineActivationOnHost, affineGradientOnHost } from './affineOnHost';

/** Mean and variance are given both or neither; without them nothing is divided. */
export type AffineInputs = 'x' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance' | 'residual';
type Given<T> = Readonly<Partial<Record<AffineInputs, T>>>;

const inverseOf = (variance: tf.Tensor, epsilon: number) => tf.rsqrt(tf.add(variance, epsilon));

function normalOf({ x, bias, mean, variance }: Given<tf.Tensor>, epsilon: number): tf.Tensor {
  const shifted = bias === undefined ? (x as tf.Tensor) : tf.add(x as tf.Tensor, bias);
  if (mean === undefined || variance === undefined) return shifted;
  return tf.mul(tf.sub(shifted, mean), inverseOf(variance, epsilon));
}

/** In WGSL, of a number `value` in column c. */
export const affineCode = (value: string, given: Given<{ shape: number[]; dtype: 'float32' | 'int32' | 'bool' }>) => {
  const shifted = `(${value}${given.bias ? ' + bias[c]' : ''}${given.mean ? ' - mean[c]' : ''})`;
  return scaledCode(given.variance ? `${shifted} * inverseSqrt(variance[c] + params.epsilon)` : shifted, given);
};

/** Columns by statistics that are given: `f((x + bias − mean) / √(variance + ε) · gamma + beta + residual)`. */
export const affineActivation = /* @__PURE__ */ defineOp<AffineInputs, 'y', NormAttributes>({
  name: 'affineActivation',
  outputs: ({ x }) => ({ y: x }),
  compose: (inputs, { epsilon, activation, alpha }) => ({
    y: composedActivations[activation].value(scaled(normalOf(inputs, epsilon), inputs), alpha),
  }),
  webgpu: ({ inputs, attributes: { epsilon, activation, alpha } }) =>
    elementwise(sizeOf(inputs.x.shape), {
      functions: activationCode(activation),
      each: `let c = i % params.columns;
    y[i] = activate(${affineCode('x[i]', inputs)});`,
      reads: namesOf(inputs, 'x', 'bias', 'gamma', 'beta', 'mean', 'variance', 'residual'),
      writes: ['y'],
      integers: { columns: columnsOf(inputs.x) },
      floats: { epsilon, alpha },
    }),
  cpu: affineActivationOnHost,
  wasm: (call) => affineActivationInSimd(call) || affineActivationOnHost(call),
  grad: {
    saves: ['x', 'bias', 'gamma', 'beta', 'mean', 'variance', 'residual'],
    of({ y: dy }, inputs, attributes) {
      const { gamma, variance } = inputs;
      const { dz, dx = dz } = affineActivationGradient({ ...inputs, dy }, attributes);
      const products = () => sumOfRows(tf.mul(dz, normalOf(inputs, attributes.epsilon)));
      return {
        x: () => tf.clone(dx),
        bias: () => sumOfRows(dx),
        gamma: products,
        beta: () => sumOfRows(dz),
        residual: () => tf.clone(dz),
        mean: () => tf.neg(sumOfRows(dx)),
        variance() {
          const along = gamma === undefined ? products() : tf.mul(gamma, products());
          return tf.mul(-0.5, tf.div(along, tf.add(variance, attributes.epsilon)));
        },
      };
    },
  },
});

/** dz = dy f′(z), and where there are statistics dx = dz · gamma / √(variance + ε). */
const affineActivationGradient = /* @__PURE__ */ defineOp<AffineInputs | 'dy', 'dz' | 'dx', NormAttributes>({
  name: 'affineActivationGrad',
  outputs: ({ x, gamma, variance }) =>
    ({ dz: x, ...((gamma ?? variance) && { dx: x }) }) as Record<'dz' | 'dx', typeof x>,
  compose({ dy, ...inputs }, { epsilon, activation, alpha }) {
    const dz = tf.mul(dy, composedActivations[activation].slope(scaled(normalOf(inputs, epsilon), inputs), alpha));
    const { gamma, variance } = inputs;
    const divided = variance === undefined ? dz : tf.mul(dz, inverseOf(variance, epsilon));
    return { dz, dx: gamma === undefined ? divided : tf.mul(divided, gamma) };
  },
  webgpu({ inputs, attributes: { epsilon, activation, alpha } }) {
    const factors = [
      ...(inputs.gamma ? ['gamma[c]'] : []),
      ...(inputs.variance ? ['inverseSqrt(variance[c] + params.epsilon)'] : []),
    ];
    return elementwise(sizeOf(inputs.x.shape), {
      functions: activationCode(activation),
      each: `let c = i % params.columns;
    let d = dy[i] * slope(${affineCode('x[i]', inputs)});
    dz[i] = d;
    ${factors.length > 0 ? `dx[i] = d * ${factors.join(' * ')};` : ''}`,
      reads: namesOf(inputs, 'x', 'bias', 'gamma', 'beta', 'mean', 'variance', 'residual', 'dy'),
      writes: ['dz', ...(factors.length > 0 ? ['dx'] : [])],
      integers: { columns: columnsOf(inputs.x) },
      floats: { epsilon, alpha },
    });
  },
  cpu: affineGradientOnHost,
  wasm: affineGradientOnHost,
});
