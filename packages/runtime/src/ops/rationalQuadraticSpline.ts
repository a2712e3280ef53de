import type * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat, checkNumber, checkShape, complain } from './check';
import { elementwise } from './kernels/elementwise';
import { layRows, mainCode, rowCode } from './kernels/rows';
import { LEAST_SHARE, parametersOf, type SplineAttributes } from './spline/attributes';
import { composedSpline } from './spline/composed';
import { composedSplineGradient } from './spline/composedGradient';
import { splineOnHost } from './spline/host';
import { splineGradientOnHost } from './spline/hostGradient';
import { giveCode, splineCode, splineGradientCode, splineParams } from './spline/wgsl';

export interface RationalQuadraticSplineOptions {
  /** K: into how many pieces the interval is cut. */
  bins: number;
  /** The spline maps [−bound, bound] onto itself; outside nothing moves. */
  bound: number;
  /** The way back. Default false. */
  inverse?: boolean;
  /** The slopes at both ends are one, a parameter, instead of 1. Default false. */
  circular?: boolean;
}

/**
 * Moves numbers by monotone rational-quadratic splines, and says by how much their volume changes: K pieces, each the ratio
 * of two quadratics, which meet with equal slopes at knots that the parameters place. With s = height / width of a piece,
 * slopes d₀ and d₁ at its ends, and ξ the share of its width:
 *
 *     y = bottom + height (s ξ² + d₀ ξ (1 − ξ)) / (s + (d₁ + d₀ − 2s) ξ (1 − ξ)),   logDet = Σ log dy/dx
 *
 * Of each number the 3K − 1 parameters are K raw widths and K raw heights, of which softmax makes shares of the interval of
 * at least 10⁻³, and K − 1 raw log-slopes at inner knots, softly bounded to ±5; a circle has one more, the first, for its
 * joined ends. All of them 0 make the identity. Finite, as are the gradients, for every finite input: numbers are held inside
 * before any arithmetic, and the way back solves its quadratic in a form in which nothing cancels. One dispatch on WebGPU,
 * one for all gradients.
 *
 * Reference: Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", 2019, §3.1 and appendix A; Rezende et al.,
 * "Normalizing flows on tori and spheres", 2020, §2.1.2.
 *
 * @param x - float32, shape [batch, n].
 * @param raw - the parameters, shape [batch, parameters · n]: the first of all n numbers, then the second of all, …
 * @returns the numbers, shape [batch, n], and logDet of the way gone, shape [batch].
 * @throws TypeError when shapes do not fit, or bins is not an integer from 2 to 999.
 *
 * @example
 * const { value, logDet } = rationalQuadraticSpline(x, raw, { bins: 8, bound: 3 }); // raw: [batch, 23 n]
 * const back = rationalQuadraticSpline(value, raw, { bins: 8, bound: 3, inverse: true });
 */
export function rationalQuadraticSpline(
  x: tf.Tensor,
  raw: tf.Tensor,
  { bins, bound, inverse = false, circular = false }: RationalQuadraticSplineOptions,
): { value: tf.Tensor; logDet: tf.Tensor } {
  checkFloat('rationalQuadraticSpline', 'x', x);
  if (x.rank !== 2) complain('rationalQuadraticSpline', 'x', 'of shape [batch, n]', `[${x.shape}]`);
  if (!Number.isInteger(bins) || bins < 2 || bins * LEAST_SHARE >= 1) {
    complain('rationalQuadraticSpline', 'bins', 'an integer from 2 to 999', String(bins));
  }
  checkNumber('rationalQuadraticSpline', 'bound', bound);
  if (bound <= 0) complain('rationalQuadraticSpline', 'bound', 'above 0', String(bound));
  const [B, n] = x.shape as [number, number];
  checkShape('rationalQuadraticSpline', 'raw', raw, [B, parametersOf({ bins, circular }) * n]);
  return forward({ x, raw }, { bins, bound, inverse, circular });
}

const forward = /* @__PURE__ */ defineOp<'x' | 'raw', 'value' | 'logDet', SplineAttributes>({
  name: 'rationalQuadraticSpline',
  outputs: ({ x }) => ({ value: x, logDet: { shape: x.shape.slice(0, 1), dtype: 'float32' } }),
  compose: ({ x, raw }, attributes) => composedSpline(x, raw, attributes),
  webgpu({ inputs: { x }, attributes }) {
    if (sizeOf(x.shape) === 0) return undefined;
    const [rows, columns] = x.shape as [number, number];
    const layout = layRows(columns);
    return {
      code: `${rowCode(layout)}
${splineCode(attributes)}
${mainCode(layout)}
  let inside = slot < params.rows;
  var total = 0.0;
  if (inside) {
    for (var c = lane; c < params.columns; c += LANES) {
      let i = slot * params.columns + c;
      value[i] = x[i];
      if (abs(x[i]) < params.bound) {
        let p = placeOf(x[i], slot, c);
        total ${attributes.inverse ? '-' : '+'}= logSlope(p);
        value[i] = ${attributes.inverse ? 'p.left + p.width * p.xi' : 'p.bottom + p.height * p.share'};
      }
    }
  }
  total = rowSum(total, local);
  if (inside && lane == 0u) { logDet[slot] = total; }
}`,
      reads: ['x', 'raw'],
      writes: ['value', 'logDet'],
      groups: Math.ceil(rows / layout.rows),
      ...splineParams(attributes, rows, columns),
    };
  },
  cpu: splineOnHost,
  wasm: splineOnHost,
  grad: {
    saves: ['x', 'raw'],
    of({ value: dValue, logDet: dLogDet }, { x, raw }, attributes) {
      const { dx, dRaw } = backward({ x, raw, dValue, dLogDet }, attributes);
      return { x: () => dx, raw: () => dRaw };
    },
  },
});

const backward = /* @__PURE__ */ defineOp<'x' | 'raw' | 'dValue' | 'dLogDet', 'dx' | 'dRaw', SplineAttributes>({
  name: 'rationalQuadraticSplineGrad',
  outputs: ({ x, raw }) => ({ dx: x, dRaw: raw }),
  compose: composedSplineGradient,
  webgpu({ inputs: { x }, attributes }) {
    if (sizeOf(x.shape) === 0) return undefined;
    const [rows, columns] = x.shape as [number, number];
    return elementwise(rows * columns, {
      functions: `${splineCode(attributes)}
${giveCode(attributes)}
fn give(i: u32, row: u32, column: u32) {
${splineGradientCode(attributes)}
}`,
      each: `let row = i / params.columns;
    let column = i % params.columns;
    if (abs(x[i]) < params.bound) {
      give(i, row, column);
    } else {
      dx[i] = dValue[i];
      for (var k = 0u; k < params.parameters; k++) { dRaw[parameterAt(row, column, k)] = 0.0; }
    }`,
      reads: ['x', 'raw', 'dValue', 'dLogDet'],
      writes: ['dx', 'dRaw'],
      ...splineParams(attributes, rows, columns),
    });
  },
  cpu: splineGradientOnHost,
  wasm: splineGradientOnHost,
});
