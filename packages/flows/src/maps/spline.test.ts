import { createRandom, deriveSeed, randomNormal, randomUniform } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/splines.json' with { type: 'json' };
import { circularSpline } from './circularSpline';
import { rationalQuadratic } from './rationalQuadratic';

const column = (values: number[]) => tf.tensor2d(values, [values.length, 1]);

/** Where the pieces of splines begin, from raw widths or heights: [N, K] → [N, K]. */
function startsOf(raw: tf.Tensor2D, bound: number): tf.Tensor2D {
  const K = raw.shape[1];
  const sizes = tf.mul(2 * bound, tf.add(1e-3, tf.mul(1 - K * 1e-3, tf.softmax(raw))));
  return tf.sub(tf.cumsum(sizes, 1, true), bound);
}
const allFinite = async (tensor: tf.Tensor) => (await tensor.data()).every((value) => Number.isFinite(value));

describeOnEachBackend('rational-quadratic splines', (backend) => {
  test('are those of the paper, with slopes as PyTorch differentiates them and inverses by bisection', async () => {
    const map = rationalQuadratic(oracle);
    const made = tf.tensor2d(oracle.cases.map(({ parameters }) => parameters));
    const x = column(oracle.cases.map((each) => each.x));
    const [there, back] = [map.move(x, made), map.moveBack(x, made)];
    expect(await distance(there.value, column(oracle.cases.map(({ y }) => y)))).toBeLessThan(2e-5);
    expect(await distance(there.logDet, tf.tensor1d(oracle.cases.map(({ logSlope }) => logSlope)))).toBeLessThan(1e-3);
    const found = await back.value.data();
    for (const [i, { inverse, slopeAtInverse }] of oracle.cases.entries()) {
      // A flat place carries a rounding of y far along x.
      expect(Math.abs((found[i] as number) - inverse)).toBeLessThan(5e-6 + 1e-5 / slopeAtInverse);
    }
  });

  test('take the parameters of several numbers one after the other', async () => {
    const map = rationalQuadratic({ bins: 3, bound: 2 });
    const made = randomNormal([4, map.parameters, 3], { seed: 1, std: 2 }) as tf.Tensor3D;
    const x = randomUniform([4, 3], { seed: 2, low: -2, high: 2 }) as tf.Tensor2D;
    const together = map.move(x, tf.reshape(made, [4, -1]) as tf.Tensor2D);
    const alone = tf.unstack(made, 2).map((own, i) => map.move(tf.slice(x, [0, i], [4, 1]), own as tf.Tensor2D));
    expect(
      await distance(
        together.value,
        tf.concat(
          alone.map(({ value }) => value),
          1,
        ),
      ),
    ).toBeLessThan(1e-6);
    expect(await distance(together.logDet, tf.addN(alone.map(({ logDet }) => logDet)))).toBeLessThan(1e-5);
  });

  test('come back at their knots, and from steep and flat pieces', async () => {
    const map = rationalQuadratic({ bins: 4, bound: 3 });
    for (const spread of [1, 3, 30]) {
      const made = randomNormal([64, map.parameters], { seed: 3, std: spread }) as tf.Tensor2D;
      const [w, h] = tf.split<tf.Tensor2D>(made, [4, 4, 3], 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const [lefts, bottoms] = [startsOf(w, 3), startsOf(h, 3)];
      for (const k of [0, 1, 2, 3]) {
        const [x, y] = [tf.slice(lefts, [0, k], [-1, 1]), tf.slice(bottoms, [0, k], [-1, 1])] as [
          tf.Tensor2D,
          tf.Tensor2D,
        ];
        // A piece a thousandth as wide as it is high moves a rounding of x a thousand times as far.
        const tolerance = spread === 30 ? 1e-2 : 3e-4;
        expect(await distance(map.move(x, made).value, y)).toBeLessThan(tolerance);
        const again = map.moveBack(y, made).value;
        if (spread < 30) expect(await distance(again, x)).toBeLessThan(tolerance);
        // One as flat carries a rounding of y to its other end, but no further.
        expect(await distance(map.move(again, made).value, y)).toBeLessThan(tolerance);
      }
      const x = randomUniform([64, 1], { seed: 4, low: -3.3, high: 3.3 }) as tf.Tensor2D;
      const { value, logDet } = map.move(x, made);
      const again = map.moveBack(value, made);
      const flattest = Math.exp(Math.min(...(await logDet.data())));
      expect(await distance(again.value, x)).toBeLessThan(Math.max(1e-4, 3e-6 / flattest));
    }
  });

  const [calls, size] = backend === 'wasm' ? [10, 100_000] : [2, 200];
  test(`are never NaN, in value or gradient, in ${calls * size} cases: saturated parameters, knots, ±1e6`, async () => {
    const bins = 3;
    const maps = [rationalQuadratic({ bins, bound: 3 }), circularSpline({ bins, bound: 3 })];
    for (let call = 0; call < calls; call++) {
      const seed = (part: number) => deriveSeed(11, call, part);
      const map = maps[call % 2] as (typeof maps)[0];
      tf.engine().startScope();
      // Parameters of all sizes up to 10⁶, points at knots, at the ends, outside, far outside.
      const size10 = randomUniform([size, map.parameters], { seed: seed(0), low: -2, high: 6 });
      const made = tf.mul(randomNormal([size, map.parameters], { seed: seed(1) }), tf.pow(10, size10)) as tf.Tensor2D;
      const lefts = tf.slice(startsOf(tf.slice(made, 0, [size, bins]), 3), [0, 1], [size, 1]);
      const random = createRandom(seed(2));
      const special = Float32Array.from(
        { length: size },
        () => [-3, 3, 0, -1e6, 1e6, 3.0000002][random.integer(6)] as number,
      );
      const kind = Float32Array.from({ length: size }, () => random.integer(3));
      const choose = (k: number, from: tf.Tensor) =>
        tf.mul(tf.cast(tf.equal(tf.tensor2d(kind, [size, 1]), k), 'float32'), from);
      const inside = randomUniform([size, 1], { seed: seed(3), low: -3.1, high: 3.1 });
      const x = tf.addN([
        choose(0, lefts),
        choose(1, tf.tensor2d(special, [size, 1])),
        choose(2, inside),
      ]) as tf.Tensor2D;
      for (const go of [map.move, map.moveBack]) {
        const { value, logDet } = go(x, made);
        const total = (at: tf.Tensor, raw: tf.Tensor) => {
          const moved = go(at as tf.Tensor2D, raw as tf.Tensor2D);
          return tf.add(tf.sum(moved.value), tf.sum(moved.logDet)) as tf.Scalar;
        };
        const gradients = tf.grads(total)([x, made]);
        for (const tensor of [value, logDet, ...gradients]) expect(await allFinite(tensor)).toBe(true);
      }
      tf.engine().endScope();
    }
  }, 120_000);

  test('of a circle: what is one round further is the same, and the ends meet with one slope', async () => {
    const map = circularSpline({ bins: 5 });
    const row = randomNormal([1, map.parameters], { seed: 5 });
    const at = (values: number[]) => map.move(column(values), tf.tile(row, [values.length, 1]) as tf.Tensor2D);
    const { value, logDet } = at([0.7, 0.7 + 2 * Math.PI, 0.7 - 4 * Math.PI]);
    const [first] = await value.data();
    expect(await distance(value, tf.fill([3, 1], first as number))).toBeLessThan(1e-5);
    expect(await distance(logDet, tf.fill([3], (await logDet.data())[0] as number))).toBeLessThan(1e-4);
    const around = at(Array.from({ length: 64 }, (_, i) => i / 5 - 6));
    expect((await tf.max(tf.abs(around.value)).data())[0]).toBeLessThanOrEqual(Math.fround(Math.PI));
    const ends = at([-Math.PI + 1e-5, Math.PI - 1e-5]);
    const [low, high] = (await ends.value.data()) as unknown as [number, number];
    expect(Math.abs(Math.sin((high - low) / 2))).toBeLessThan(1e-4); // on the circle they are neighbours
    const [before, behind] = (await ends.logDet.data()) as unknown as [number, number];
    expect(before).toBeCloseTo(behind, 3);
    expect(Math.abs(before)).toBeGreaterThan(1e-2);
  });
});

test('splines refuse what makes no sense', () => {
  expect(() => rationalQuadratic({ bins: 1 })).toThrow(
    'rationalQuadratic: bins must be an integer from 2 to 999, got 1',
  );
  expect(() => circularSpline({ bound: -1 })).toThrow('circularSpline: bound must be a positive number, got -1');
});
