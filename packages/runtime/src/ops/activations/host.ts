import { erf } from './erf';
import { type Activation, GELU, NORMAL_DENSITY, SELU } from './names';

/** A function of one number, and its derivative there. */
export interface HostActivation {
  value(z: number, alpha: number): number;
  slope(z: number, alpha: number): number;
}

const logistic = (z: number) => {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
};
/** tanh(softplus(z)) */
const gate = (z: number) => {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? (1 + 2 * e) / (1 + 2 * e * (1 + e)) : (e * (e + 2)) / (e * (e + 2) + 2);
};
const normalBelow = (z: number) => 0.5 * (1 + erf(z * Math.SQRT1_2));
const cubic = (z: number) => GELU.k * z * (1 + GELU.c * z * z);

/** The activations on the host's float64. */
export const hostActivations: Readonly<Record<Activation, HostActivation>> = {
  linear: { value: (z) => z, slope: () => 1 },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  leakyRelu: { value: (z, alpha) => (z > 0 ? z : alpha * z), slope: (z, alpha) => (z > 0 ? 1 : alpha) },
  elu: {
    value: (z, alpha) => (z > 0 ? z : alpha * Math.expm1(z)),
    slope: (z, alpha) => (z > 0 ? 1 : alpha * Math.exp(z)),
  },
  selu: {
    value: (z) => SELU.scale * (z > 0 ? z : SELU.alpha * Math.expm1(z)),
    slope: (z) => SELU.scale * (z > 0 ? 1 : SELU.alpha * Math.exp(z)),
  },
  gelu: {
    value: (z) => z * normalBelow(z),
    slope: (z) => normalBelow(z) + z * NORMAL_DENSITY * Math.exp(-0.5 * z * z),
  },
  geluTanh: {
    value: (z) => 0.5 * z * (1 + Math.tanh(cubic(z))),
    slope(z) {
      const t = Math.tanh(cubic(z));
      const fall = 1 - t * t;
      return 0.5 * (1 + t) + (fall === 0 ? 0 : 0.5 * z * fall * GELU.k * (1 + 3 * GELU.c * z * z));
    },
  },
  silu: { value: (z) => z * logistic(z), slope: (z) => logistic(z) * (1 + z * logistic(-z)) },
  mish: { value: (z) => z * gate(z), slope: (z) => gate(z) + z * (1 - gate(z) ** 2) * logistic(z) },
  tanh: { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  sigmoid: { value: logistic, slope: (z) => logistic(z) * logistic(-z) },
  softplus: { value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), slope: logistic },
};
