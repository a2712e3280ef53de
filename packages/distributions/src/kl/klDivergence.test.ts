import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/distributionsKl.json';
import type { Distribution } from '../distribution';
import * as families from '../index';
import {
  Beta,
  Categorical,
  Gamma,
  klDivergence,
  Laplace,
  Logistic,
  Mixture,
  MultivariateNormal,
  Normal,
  StudentT,
  TabulatedDensity,
  TransformedDistribution,
  Uniform,
} from '../index';

interface Spec {
  family: string;
  options: object;
}

type Family = new (options: object) => Distribution;

function build({ family, options }: Spec): Distribution {
  const made = (families as unknown as Record<string, Family>)[family] as Family;
  return new made(options);
}

const read = async (tensor: tf.Tensor): Promise<number> => (await tensor.data())[0] as number;

describeOnEachBackend('KL divergence', () => {
  test.each(oracle.map((entry) => [`${entry.p.family} ‖ ${entry.q.family}`, entry] as const))(
    '%s',
    async (_, entry) => {
      const { value, standardError, exact } = klDivergence(build(entry.p), build(entry.q));
      expect(exact).toBe(true);
      expect(await read(standardError)).toBe(0);
      expect(Math.abs((await read(value)) - entry.kl)).toBeLessThan(1e-5 * Math.max(1, entry.kl));
    },
  );

  test.each(oracle.map((entry) => [entry.p.family, entry] as const))('is 0 of %s from itself', async (_, { p }) => {
    const { value } = klDivergence(build(p), build(p));
    expect(Math.abs(await read(value))).toBeLessThan(2e-6);
  });

  test('a normal law beside a multivariate one, elements added up', async () => {
    const p = new Normal({ mean: [1, 2], std: [0.5, 2] });
    const q = new MultivariateNormal({ mean: [0, 0], diagonal: [1, 4] });
    const same = klDivergence(p, new Normal({ mean: [0, 0], std: [1, 2] }));
    expect(await read(klDivergence(p, q).value)).toBeCloseTo(await read(same.value), 5);
    const spread = klDivergence(new Normal({ mean: 1, shape: [3] }), new Normal({ shape: [3] }));
    expect(await read(spread.value)).toBeCloseTo(1.5, 5);
  });

  test('without a closed form, an estimate with its error', async () => {
    const p = new Mixture({ weights: [0.3, 0.7], components: [new Normal({ mean: -1 }), new Normal({ mean: 2 })] });
    const q = new Normal({ mean: 1, std: 2 });
    const few = klDivergence(p, q, { samples: 2000, seed: 1 });
    expect(few.exact).toBe(false);
    const x = tf.linspace(-15, 15, 3001);
    const logs = p.logProb(x);
    const exact = await read(tf.mul(0.01, tf.sum(tf.mul(tf.exp(logs), tf.sub(logs, q.logProb(x))))));
    const error = await read(few.standardError);
    expect(Math.abs((await read(few.value)) - exact) / error).toBeLessThan(4);
    expect(error).toBeGreaterThan(0.001);
    expect(error).toBeLessThan(0.03);
    const again = klDivergence(p, q, { samples: 2000, seed: 1 });
    expect(await read(again.value)).toBe(await read(few.value));
  });

  test('gradients: the mean of q is drawn to that of p', async () => {
    const gradient = tf.grad((mean) => klDivergence(new Normal({ mean: 1 }), new Normal({ mean, std: 2 })).value)(
      tf.scalar(3),
    );
    expect(await read(gradient)).toBeCloseTo(0.5, 5);
    const closed = tf.grad((a) => klDivergence(new Gamma({ concentration: a }), new Gamma({ concentration: 2 })).value)(
      tf.scalar(3),
    );
    expect(await read(closed)).toBeCloseTo(0.3949341, 4); // (a − 2) ψ′(3)
  });

  test('nothing is left behind', async () => {
    const [p, q, beta] = [new Normal({ mean: 1 }), new Logistic(), new Beta()];
    for (const [a, b] of [
      [p, p],
      [p, q],
      [p, beta],
    ] as const) {
      expect(
        await leaked(() => {
          const { value, standardError } = klDivergence(a, b, { samples: 10 });
          return [value, standardError];
        }),
      ).toBe(0);
    }
  });
});

describe('where q is 0', () => {
  test.each<[string, Distribution, Distribution]>([
    ['Normal ‖ Uniform', new Normal(), new Uniform({ low: -9, high: 9 })],
    ['Uniform ‖ a smaller one', new Uniform({ high: 2 }), new Uniform()],
    ['Beta ‖ a part of its range', new Beta(), new Uniform({ high: 0.5 })],
    ['Normal ‖ Gamma', new Normal(), new Gamma()],
    ['Gamma ‖ Beta', new Gamma(), new Beta()],
    ['Uniform ‖ Gamma, from below 0', new Uniform({ low: -0.1 }), new Gamma()],
    ['Uniform ‖ Beta, from below 0', new Uniform({ low: -0.1 }), new Beta({ alpha: 2 })],
    ['Uniform ‖ Beta, up to above 1', new Uniform({ low: 0.5, high: 1.1 }), new Beta()],
    ['Categorical ‖ one without a class', new Categorical({ probs: [0.5, 0.5] }), new Categorical({ probs: [0, 1] })],
    [
      'Categorical ‖ one with a logit of −∞',
      new Categorical({ logits: [90, 0] }),
      new Categorical({ logits: tf.tensor1d([3, -Infinity]) }),
    ],
  ])('%s is infinite', async (_, p, q) => {
    expect(await read(klDivergence(p, q).value)).toBe(Infinity);
  });
});

describe('a law without the moment that a divergence takes', () => {
  const normal = new Normal({ shape: [2] });
  const tilted = new MultivariateNormal({
    covariance: [
      [1, 0.5],
      [0.5, 1],
    ],
  });
  const laplace = new Laplace({ shape: [2] });
  test.each<[number, Distribution, boolean]>([
    [0.5, normal, false],
    [1, tilted, false],
    [2, normal, false],
    [2, tilted, false],
    [2.1, normal, true],
    [2.1, tilted, true],
    [1, laplace, false],
    [1.1, laplace, true],
  ])('Student’s t with %d degrees of freedom', async (df, q, isThere) => {
    const { value, exact } = klDivergence(new StudentT({ df: [df, 9] }), q);
    expect(exact).toBe(true);
    const found = await read(value);
    if (isThere) expect(found).toBeLessThan(1e3);
    else expect(found).toBe(Infinity);
  });
});

describe('classes without probability', () => {
  test.each<[string, Categorical, Categorical, number]>([
    ['in p alone', new Categorical({ probs: [1, 0] }), new Categorical({ probs: [0.5, 0.5] }), Math.LN2],
    ['in both', new Categorical({ probs: [0, 1] }), new Categorical({ logits: tf.tensor1d([-Infinity, 3]) }), 0],
    ['nearly, in q', new Categorical({ probs: [0.5, 0.5] }), new Categorical({ logits: [-200, 0] }), 100 - Math.LN2],
  ])('%s', async (_, p, q, expected) => {
    expect(await read(klDivergence(p, q).value)).toBeCloseTo(expected, 4);
  });
});

test('a multivariate law beside Laplace’s is as far as its elements are, and as they hang together', async () => {
  const p = new MultivariateNormal({
    mean: [1, -2],
    covariance: [
      [2, 0.8],
      [0.8, 1],
    ],
  });
  const alone = new Normal({ mean: [1, -2], std: [Math.SQRT2, 1] });
  const q = new Laplace({ mean: 0.5, scale: [1, 3] });
  const together = -0.5 * Math.log(1 - 0.8 ** 2 / 2);
  const { value, exact } = klDivergence(p, q);
  expect(exact).toBe(true);
  expect(await read(value)).toBeCloseTo((await read(klDivergence(alone, q).value)) + together, 5);
});

test('a tabulated density beside a normal one', async () => {
  const tent = new TabulatedDensity({ density: [0, 1, 0], low: -1, high: 1 });
  const { value, exact } = klDivergence(tent, new Normal());
  expect(exact).toBe(true);
  expect(await read(value)).toBeCloseTo(-0.5 + 0.5 * (1 / 6 + Math.log(2 * Math.PI)), 5); // its entropy is ½
});

test('a narrow uniform law keeps its digits', async () => {
  const { value } = klDivergence(new Uniform({ low: 0.5, high: 0.500001 }), new Gamma({ concentration: 2 }));
  const [low, high] = [0.5, Math.fround(0.500001)];
  const expected = -Math.log(high - low) - Math.log((low + high) / 2) + (low + high) / 2;
  expect(Math.abs((await read(value)) - expected)).toBeLessThan(1e-5);
});

test('one map for both changes nothing', async () => {
  const exp = {
    forward: (z: tf.Tensor) => ({ value: tf.exp(z), logDet: z as tf.Tensor1D }),
    inverse: (x: tf.Tensor) => ({ value: tf.log(x), logDet: tf.neg(tf.log(x)) as tf.Tensor1D }),
  };
  const [p, q] = [new Normal({ mean: 1 }), new Normal()].map(
    (base) => new TransformedDistribution({ base, bijector: exp }),
  );
  const { value, exact } = klDivergence(p as Distribution, q as Distribution);
  expect(exact).toBe(true);
  expect(await read(value)).toBeCloseTo(0.5, 5);
  const other = new TransformedDistribution({ base: new Normal(), bijector: { ...exp } });
  expect(klDivergence(p as Distribution, other, { samples: 10 }).exact).toBe(false);
});

test('bad input', () => {
  expect(() => klDivergence(new Normal(), new Normal({ shape: [2] }))).toThrow(
    'klDivergence: p and q must have one event shape, got [] and [2]',
  );
  expect(() => klDivergence(new Normal(), new Logistic(), { samples: 0 })).toThrow(
    'klDivergence: samples must be a positive integer, got 0',
  );
});
