import { defineOp } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';
import { type Attributes, numbersPerComponent } from './attributes';
import { composedGradient, composedLogProb } from './composed';
import { gradientPass, logProbPass } from './onGpu';
import { gradientOnHost, logProbOnHost } from './onHost';

/**
 * The log-probability of pixels of whole levels under mixtures of logistic distributions, whose mass between the middles
 * of levels goes to the level; what lies beyond the first and the last goes to these, so that all levels have 1 together.
 *
 *     p(x) = Σₖ πₖ Π_c [σ((x_c + ½ − μ_c) / s_c) − σ((x_c − ½ − μ_c) / s_c)],   μ_c = m_c + Σ_{j<c} tanh(q_cj) x_j
 *
 * with levels scaled to [−1, 1], π the softmax of K logits and `log s = 7 tanh(raw / 7)`. A difference of sigmoids is taken as
 * `σ(a) σ(−b) (1 − e^{b−a})`, which loses no digits however far the level is from the mean.
 *
 * Reference: Salimans, Karpathy, Chen, Kingma, "PixelCNN++", 2017, §2.1–2.2.
 *
 * @param numbers - [N, K · {@link numbersPerComponent}].
 * @param x - levels, float32, [N, C].
 * @returns nats, [N].
 */
export function logisticMixture(
  numbers: tf.Tensor2D,
  x: tf.Tensor2D,
  { components, levels }: { components: number; levels: number },
): tf.Tensor1D {
  return forward({ numbers, x }, { components, levels, channels: x.shape[1] }).logProb as tf.Tensor1D;
}

const forward = /* @__PURE__ */ defineOp<'numbers' | 'x', 'logProb', Attributes>({
  name: 'flows/logisticMixture',
  outputs: ({ x }) => ({ logProb: { shape: [x.shape[0] as number], dtype: 'float32' } }),
  compose: ({ numbers, x }, attributes) => ({ logProb: composedLogProb(numbers, x, attributes) }),
  webgpu: ({ inputs: { x }, attributes }) => logProbPass(x, attributes),
  cpu: logProbOnHost,
  wasm: logProbOnHost,
  grad: {
    saves: ['numbers', 'x'],
    of: ({ logProb: dy }, { numbers, x }, attributes) => ({
      numbers: () => backward({ numbers, x, dy }, attributes).dNumbers,
    }),
  },
});

const backward = /* @__PURE__ */ defineOp<'numbers' | 'x' | 'dy', 'dNumbers', Attributes>({
  name: 'flows/logisticMixtureGrad',
  outputs: ({ numbers }) => ({ dNumbers: numbers }),
  compose: ({ numbers, x, dy }, attributes) => ({ dNumbers: composedGradient(numbers, x, dy, attributes) }),
  webgpu: ({ inputs: { x }, attributes }) => gradientPass(x, attributes),
  cpu: gradientOnHost,
  wasm: gradientOnHost,
});
