import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/specialFunctions.json';
import { binet } from './binet';
import { deviance, expMinusLinear } from './differences';
import { digamma, digammaMinusLog } from './digamma';
import { gaussLegendre } from './gaussLegendre';
import { betainc } from './incompleteBeta';
import { igamma, igammac, implicitSlope } from './incompleteGamma';
import { lgamma } from './lgamma';
import { logBeta } from './logBeta';
import { normalCdf, normalIcdf } from './normalLaw';
import { polygamma } from './polygamma';

type Row = (number | null)[];
const column = (rows: Row[], k: number): tf.Tensor => tf.tensor1d(rows.map((row) => row[k] as number));

/** The largest error, against the value or, where that is smaller, against `floor`; of what the oracle has. */
async function worst(values: tf.Tensor, expected: Row, floor = 0): Promise<number> {
  const data = await values.data();
  return expected.reduce<number>((most, value, i) => {
    const error = value === null ? 0 : Math.abs((data[i] as number) - value) / Math.max(Math.abs(value), floor);
    return Number.isNaN(error) && !(value === 0 && data[i] === 0) ? Infinity : Math.max(most, error || 0);
  }, 0);
}

describeOnEachBackend('special functions', (backend) => {
  // A GPU's own logarithms and exponentials are less exact than a host's.
  const [tight, loose] = backend === 'webgpu' ? [4, 10] : [1, 1];

  test('log Γ, ψ, ψ′ and ψ″ from 1e-12 to 1e8', async () => {
    const { x, lgamma: logs, digamma: psi, trigamma, tetragamma } = oracle.gamma;
    const at = tf.tensor1d(x);
    expect(await worst(lgamma(at), logs, 0.1)).toBeLessThan(1e-6 * tight);
    expect(await worst(digamma(at), psi, 1e-3)).toBeLessThan(1e-6 * tight);
    expect(await worst(polygamma(1, at), trigamma)).toBeLessThan(1e-6 * tight);
    // 1 / x³ has no room in float32 at either end.
    const held = tetragamma.map((value) => (Math.abs(value) < 1e38 && Math.abs(value) > 1e-37 ? value : null));
    expect(await worst(polygamma(2, at), held)).toBeLessThan(2e-6 * tight);
  });

  test('each is the derivative of the one before', async () => {
    const { x, digamma: psi, trigamma } = oracle.gamma;
    const at = tf.tensor1d(x);
    const first = tf.grad((value) => lgamma(value));
    expect(await worst(first(at), psi, 1e-3)).toBeLessThan(1e-6 * tight);
    expect(await worst(tf.grad((value) => tf.sum(first(value)))(at), trigamma)).toBeLessThan(1e-6 * tight);
    // J′(x) = ψ(x) − log x + 1 / 2x
    const remainder = [0.5, 2, 7].map(Math.fround);
    const expected = [-0.27036284, -0.02036285, -0.00169718];
    expect(await worst(tf.grad(binet)(tf.tensor1d(remainder)), expected, 1e-2)).toBeLessThan(1e-4);
  });

  test('the incomplete gamma function and its derivatives', async () => {
    const rows = oracle.incompleteGamma as Row[];
    const [a, x] = [column(rows, 0), column(rows, 1)];
    const mild = rows.map((row) => (row[0] as number) <= 50);
    const of = (k: number, kept: (i: number) => boolean) =>
      rows.map((row, i) => (kept(i) ? (row[k] as number | null) : null));
    expect(
      await worst(
        igamma(a, x),
        of(2, (i) => mild[i] as boolean),
      ),
    ).toBeLessThan(3e-6 * loose);
    expect(
      await worst(
        igamma(a, x),
        of(2, () => true),
      ),
    ).toBeLessThan(2e-5 * loose);
    const above = (i: number) => (rows[i]?.[1] as number) > Math.fround((rows[i]?.[0] as number) + 1);
    expect(await worst(igammac(a, x), of(3, above))).toBeLessThan(2e-5 * loose);
    expect(
      await worst(
        igammac(a, x),
        of(3, () => true),
        1,
      ),
    ).toBeLessThan(2e-6 * loose);
    const [byShape, byPoint] = tf.grads((shape, point) => igamma(shape, point))([a, x], tf.onesLike(a)) as [
      tf.Tensor,
      tf.Tensor,
    ];
    expect(
      await worst(
        byShape,
        of(4, () => true),
      ),
    ).toBeLessThan(1e-5 * loose);
    const density = tf.exp(tf.sub(tf.mul(tf.sub(a, 1), tf.log(x)), tf.add(x, lgamma(a))));
    const small = rows.map((row) => (row[0] as number) < 20);
    const expected = [...(await density.data())].map((value, i) => (small[i] ? value : null));
    expect(await worst(byPoint, expected)).toBeLessThan(1e-5 * loose);
  });

  test('the incomplete beta function and its derivatives', async () => {
    const rows = oracle.incompleteBeta as Row[];
    const [a, b, x] = [0, 1, 2].map((k) => column(rows, k)) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const mild = (row: Row) => Math.max(row[0] as number, row[1] as number) <= 3;
    const values = betainc(a, b, x);
    expect(
      await worst(
        values,
        rows.map((row) => (mild(row) ? (row[3] as number) : null)),
      ),
    ).toBeLessThan(4e-6 * loose);
    expect(
      await worst(
        values,
        rows.map((row) => row[3] as number),
      ),
    ).toBeLessThan(2e-4 * loose);
    const slopes = tf.grads((p, q, at) => betainc(p, q, at))([a, b, x], tf.onesLike(a)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    expect(
      await worst(
        slopes[0],
        rows.map((row) => row[4] as number | null),
        1e-3,
      ),
    ).toBeLessThan(2e-4 * loose);
    expect(
      await worst(
        slopes[1],
        rows.map((row) => row[5] as number | null),
        1e-3,
      ),
    ).toBeLessThan(2e-4 * loose);
    const logs = tf.add(tf.mul(tf.sub(a, 1), tf.log(x)), tf.mul(tf.sub(b, 1), tf.log1p(tf.neg(x))));
    const density = [...(await tf.exp(tf.sub(logs, logBeta(a, b))).data())];
    expect(
      await worst(
        slopes[2],
        density.map((value, i) => (mild(rows[i] as Row) ? value : null)),
      ),
    ).toBeLessThan(1e-5 * loose);
  });

  test('the ends of incomplete functions are exact, of small shapes too', async () => {
    const small = tf.tensor1d([1e-3, 0.01, 0.5, 3]);
    const [zeros, ones] = [tf.zeros([4]), tf.ones([4])];
    for (const nothing of [igamma(small, zeros), betainc(small, ones, zeros), betainc(small, small, zeros)]) {
      expect([...(await nothing.data())]).toEqual([0, 0, 0, 0]);
    }
    for (const all of [igammac(small, zeros), betainc(ones, small, ones), betainc(small, small, ones)]) {
      expect([...(await all.data())]).toEqual([1, 1, 1, 1]);
    }
  });

  test('the normal law and its quantile', async () => {
    const { z, cdf, p, icdf } = oracle.normal;
    const held = cdf.map((value, i) => ((z[i] as number) > -4 ? value : null));
    expect(await worst(normalCdf(tf.tensor1d(z)), held)).toBeLessThan(1e-6 * loose);
    expect(
      await worst(
        normalCdf(tf.tensor1d(z)),
        cdf.map((value) => (value > 1e-37 ? value : null)),
      ),
    ).toBeLessThan(1e-5 * loose);
    expect(await worst(normalIcdf(tf.tensor1d(p)), icdf, 0.1)).toBeLessThan(1e-6 * loose);
    const slopes = tf.grad(normalIcdf)(tf.tensor1d([0.5, 0.9]));
    expect(await worst(slopes, [Math.sqrt(2 * Math.PI), 5.698058])).toBeLessThan(1e-5 * loose);
  });

  test('differences of like numbers keep their digits', async () => {
    const t = [-0.9, -0.5, -0.399, -1e-3, -1e-6, 1e-7, 0.01, 0.59, 0.61, 5].map(Math.fround);
    const taylor = (value: number) =>
      Math.abs(value) < 1e-2
        ? value ** 2 / 2 - value ** 3 / 3 + value ** 4 / 4 - value ** 5 / 5
        : value - Math.log1p(value);
    const at = tf.tensor1d(t);
    const above = t.map((value) => Math.fround(1 + value));
    const exact = above.map((value) => taylor(value - 1));
    expect(await worst(deviance(tf.tensor1d(above), tf.onesLike(at)), exact)).toBeLessThan(2e-6 * loose);
    const growth = t.map((value) =>
      Math.abs(value) < 1e-2 ? value ** 2 / 2 + value ** 3 / 6 + value ** 4 / 24 : Math.expm1(value) - value,
    );
    expect(await worst(expMinusLinear(at), growth)).toBeLessThan(2e-6 * loose);
    const large = tf.tensor1d([10, 1e3, 1e6]);
    expect(await worst(digammaMinusLog(large), [-0.0508325, -5.000833333e-4, -5.00000083e-7])).toBeLessThan(
      1e-6 * loose,
    );
  });

  test('the slope of a gamma draw has a slope of its own', async () => {
    const a = tf.tensor1d([0.3, 2, 30]);
    const x = tf.tensor1d([0.2, 2.5, 28]);
    const slope = (shape: tf.Tensor) => implicitSlope(shape, tf.log(x));
    const h = 0.02;
    const [up, down] = [tf.mul(a, 1 + h), tf.mul(a, 1 - h)];
    const difference = tf.div(tf.sub(slope(up), slope(down)), tf.mul(2 * h, a));
    const gradient = tf.grad(slope)(a);
    expect(await worst(gradient, [...(await difference.data())])).toBeLessThan(5e-3);
  });

  test('nothing is left behind', async () => {
    const x = tf.tensor1d([0.5, 3]);
    for (const f of [lgamma, digamma, (v: tf.Tensor) => polygamma(1, v), normalCdf, normalIcdf]) {
      expect(await leaked(() => f(x))).toBe(0);
    }
    expect(await leaked(() => tf.tidy(() => tf.grad((v) => igamma(x, v))(x)))).toBe(0);
    x.dispose();
  });
});

describe('what has no backend', () => {
  test('24 nodes integrate a polynomial of degree 47', () => {
    const { nodes, weights } = gaussLegendre(24);
    const integral = nodes.reduce((sum, x, i) => sum + (weights[i] as number) * x ** 47, 0);
    expect(integral).toBeCloseTo(1 / 48, 14);
    expect(weights.reduce((sum, w) => sum + w)).toBeCloseTo(1, 14);
  });

  test('polygamma has a whole order', () => {
    expect(() => polygamma(0, tf.scalar(1))).toThrow('polygamma: order must be a positive integer, got 0');
  });
});
