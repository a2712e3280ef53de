import { erfCode } from './erf';
import { type Activation, GELU, NORMAL_DENSITY, SELU } from './names';

/** Safe for every finite z: whatever is exponentiated is not positive. */
const functions = `
${erfCode}
/** exp(z) - 1 for z ≤ 0. */
fn expMinusOne(z: f32) -> f32 {
  let series = z * (1.0 + z * (0.5 + z * (0.16666667 + z * (0.041666668 + z * 0.008333334))));
  return select(exp(z) - 1.0, series, z > -0.1);
}
/** log(1 + e) for 0 ≤ e ≤ 1. */
fn logOnePlus(e: f32) -> f32 {
  return select(log(1.0 + e), e * (1.0 - e * (0.5 - e * (0.33333334 - e * 0.25))), e < 0.01);
}
fn logistic(z: f32) -> f32 {
  let e = exp(-abs(z));
  return select(e, 1.0, z >= 0.0) / (1.0 + e);
}
fn safeTanh(z: f32) -> f32 {
  let s = z * z;
  let series = z * (1.0 - s * (0.33333334 - s * (0.13333334 - s * 0.053968254)));
  let e = exp(-2.0 * abs(z));
  return select(sign(z) * (1.0 - e) / (1.0 + e), series, s < 0.04);
}
/** tanh(softplus(z)) */
fn gate(z: f32) -> f32 {
  let e = exp(-abs(z));
  let rising = e * (e + 2.0) / (e * (e + 2.0) + 2.0);
  return select(rising, (1.0 + 2.0 * e) / (1.0 + 2.0 * e * (1.0 + e)), z >= 0.0);
}
fn normal(z: f32) -> f32 {
  let near = clamp(z, -15.0, 15.0);
  return ${NORMAL_DENSITY} * exp(-0.5 * near * near);
}
fn cubic(z: f32) -> f32 {
  let near = clamp(z, -20.0, 20.0);
  return ${GELU.k} * near * (1.0 + ${GELU.c} * near * near);
}
fn cubicSlope(z: f32) -> f32 {
  let near = clamp(z, -20.0, 20.0);
  return ${GELU.k} * (1.0 + ${3 * GELU.c} * near * near);
}`;

/** Value and derivative at z, as WGSL expressions. */
const expressions: Readonly<Record<Activation, readonly [value: string, slope: string]>> = {
  linear: ['z', '1.0'],
  relu: ['max(z, 0.0)', 'select(0.0, 1.0, z > 0.0)'],
  leakyRelu: ['select(params.alpha * z, z, z > 0.0)', 'select(params.alpha, 1.0, z > 0.0)'],
  elu: [
    'select(params.alpha * expMinusOne(min(z, 0.0)), z, z > 0.0)',
    'select(params.alpha * exp(min(z, 0.0)), 1.0, z > 0.0)',
  ],
  selu: [
    `${SELU.scale} * select(${SELU.alpha} * expMinusOne(min(z, 0.0)), z, z > 0.0)`,
    `${SELU.scale} * select(${SELU.alpha} * exp(min(z, 0.0)), 1.0, z > 0.0)`,
  ],
  gelu: [`0.5 * z * (1.0 + erf(z * ${Math.SQRT1_2}))`, `0.5 * (1.0 + erf(z * ${Math.SQRT1_2})) + z * normal(z)`],
  geluTanh: [
    '0.5 * z * (1.0 + safeTanh(cubic(z)))',
    '0.5 * (1.0 + safeTanh(cubic(z))) + 0.5 * z * (1.0 - safeTanh(cubic(z)) * safeTanh(cubic(z))) * cubicSlope(z)',
  ],
  silu: ['z * logistic(z)', 'logistic(z) * (1.0 + z * logistic(-z))'],
  mish: ['z * gate(z)', 'gate(z) + z * (1.0 - gate(z) * gate(z)) * logistic(z)'],
  tanh: ['safeTanh(z)', '1.0 - safeTanh(z) * safeTanh(z)'],
  sigmoid: ['logistic(z)', 'logistic(z) * logistic(-z)'],
  softplus: ['max(z, 0.0) + logOnePlus(exp(-abs(z)))', 'logistic(z)'],
};

/** WGSL with `fn activate(z)` and `fn slope(z)`; they read `params.alpha`. */
export function activationCode(activation: Activation): string {
  const [value, slope] = expressions[activation];
  return `${functions}
fn activate(z: f32) -> f32 { return ${value}; }
fn slope(z: f32) -> f32 { return ${slope}; }
`;
}
