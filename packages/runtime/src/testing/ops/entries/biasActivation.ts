import type { OpEntry } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { type Activation, activationNames } from '../../../ops/activations/names';
import { biasActivation } from '../../../ops/biasActivation';
import { given, numbersOf } from '../loops';

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** erf by its series, summed until nothing changes. */
function erf(x: number): number {
  let [sum, term] = [0, x];
  for (let n = 0; n < 60; n++) {
    sum += term / (2 * n + 1);
    term *= -(x * x) / (n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** As the papers write them. */
const formulas: Record<Activation, (z: number) => number> = {
  linear: (z) => z,
  relu: (z) => Math.max(0, z),
  leakyRelu: (z) => (z > 0 ? z : 0.01 * z),
  elu: (z) => (z > 0 ? z : Math.exp(z) - 1),
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * (Math.exp(z) - 1)),
  gelu: (z) => (z / 2) * (1 + erf(z / Math.SQRT2)),
  geluTanh: (z) => (z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
  silu: (z) => z * sigmoid(z),
  mish: (z) => z * Math.tanh(Math.log(1 + Math.exp(z))),
  tanh: Math.tanh,
  sigmoid,
  softplus: (z) => Math.log(1 + Math.exp(z)),
};

const withBias = (shape: number[]) => ({ x: { shape }, bias: { shape: shape.slice(-1) } });

const entryOf = (activation: Activation): OpEntry => ({
  name: `biasActivation ${activation}`,
  run: ({ x, bias }) => biasActivation(x as tf.Tensor, bias, { activation }),
  reference(inputs) {
    const bias = numbersOf(inputs, 'bias');
    return { y: given(inputs, 'x').map((x, i) => formulas[activation](x + (bias?.[i % bias.length] ?? 0))) };
  },
  samples: [
    withBias([3, 5]),
    { x: { shape: [2, 3] } },
    ...(activation === 'relu' || activation === 'gelu'
      ? [withBias([1]), withBias([2, 7, 3]), { x: { shape: [] } }, withBias([0, 3])]
      : []),
    // More than a workgroup; smooth, so that finite differences hold everywhere.
    ...(activation === 'gelu' ? [withBias([5, 131])] : []),
  ],
  gradients: ['x', 'bias'],
  dispatches: { forward: 1, withGradient: 2 },
  ...(activation === 'relu' && { large: () => ({ x: tf.range(-65_535 * 256, 5) }) }),
});

const refused: OpEntry = {
  ...entryOf('leakyRelu'),
  name: 'biasActivation alpha',
  run: ({ x, bias }) => biasActivation(x as tf.Tensor, bias, { activation: 'elu', alpha: 0.5 }),
  reference: (inputs) => ({
    y: given(inputs, 'x').map((x, i) => {
      const z = x + (given(inputs, 'bias')[i % 5] as number);
      return z > 0 ? z : 0.5 * (Math.exp(z) - 1);
    }),
  }),
  samples: [withBias([3, 5])],
  refusals: [
    [
      () => biasActivation(tf.zeros([2, 3]), tf.zeros([2])),
      'biasActivation: bias must be float32 of shape [3], got float32 of shape [2]',
    ],
    [() => biasActivation(tf.zeros([2], 'int32')), 'biasActivation: x must be float32, got int32 of shape [2]'],
    [
      () => biasActivation(tf.zeros([2]), undefined, { activation: 'swosh' as 'silu' }),
      /^biasActivation: activation must be one of linear, relu.*, got swosh/,
    ],
  ],
};

export const biasActivations: OpEntry[] = [...activationNames.map(entryOf), refused];
