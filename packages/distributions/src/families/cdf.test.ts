import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/distributions.json';
import {
  Bernoulli,
  Beta,
  Categorical,
  Dirichlet,
  Gamma,
  Laplace,
  Logistic,
  Normal,
  StudentT,
  TabulatedDensity,
  Uniform,
} from '../index';

interface WithCdf {
  cdf(x: tf.Tensor): tf.Tensor;
  icdf?(p: tf.Tensor): tf.Tensor;
}

const families: Record<string, new (options: object) => WithCdf> = {
  Normal,
  Uniform,
  Logistic,
  Laplace,
  Gamma,
  Beta,
  StudentT: StudentT as unknown as new (options: object) => WithCdf,
};

const listed = oracle.filter(({ family }) => family in families);

describeOnEachBackend('cumulative laws', (backend) => {
  const digits = backend === 'webgpu' ? 4e-5 : 1e-5;

  test.each(listed.map((entry) => [`${entry.family} ${JSON.stringify(entry.options)}`, entry] as const))(
    '%s is that of SciPy, and undone by its inverse',
    async (_, { family, options, cdf, variance }) => {
      const law = new (families[family] as (typeof families)[string])(options);
      const x = tf.tensor(cdf.x as number[]);
      const p = tf.tensor(cdf.p as number[]);
      // What rounding x to float32 moves: the slope of a law is about 1 / its spread.
      const spread = Math.sqrt(Math.min(...[variance].flat(9)));
      const [reach] = await tf.max(tf.abs(x)).data();
      const conditioning = 1e-7 * ((reach as number) / spread);
      expect(await distance(law.cdf(x), p)).toBeLessThan(digits + conditioning);
      if (!law.icdf) return;
      const inner = tf.clipByValue(p, 0.01, 0.99);
      expect(await distance(law.cdf(law.icdf(inner)), inner)).toBeLessThan(2 * (digits + conditioning));
    },
  );

  test('the slope of a cumulative law is its density, at the middle of a symmetric one too', async () => {
    const laws = [
      new Normal({ std: 2 }),
      new Laplace(),
      new Logistic(),
      new StudentT({ df: 3 }),
      new Beta({ alpha: 2, beta: 3 }),
      new Gamma({ concentration: 2 }),
    ];
    for (const law of laws) {
      const x = tf.tensor1d(
        law instanceof Laplace ? [0.2, 0.7] : law instanceof Beta || law instanceof Gamma ? [0.2, 0.7] : [0, -0.7, 0.9],
      );
      const slope = tf.grad((at) => law.cdf(at))(x);
      expect(await distance(slope, tf.exp(law.logProb(x)))).toBeLessThan(1e-5);
    }
  });

  test('the degrees of freedom have a slope in it', async () => {
    const x = tf.tensor1d([-1.5, 0.5, 2]);
    const total = (df: tf.Tensor) => tf.sum(tf.mul(tf.tensor1d([1, 2, 3]), new StudentT({ df }).cdf(x)));
    const slope = tf.grad(total)(tf.scalar(4));
    const difference = tf.div(tf.sub(total(tf.scalar(4.2)), total(tf.scalar(3.8))), 0.4);
    expect(await distance(slope, difference)).toBeLessThan(2e-4);
  });
});

test('quantiles far out keep their digits', async () => {
  const shares = [1e-30, 1e-12, 1e-6, 0.25, 0.5, 1 - 2 ** -20].map(Math.fround);
  const laplace = shares.map((p) => 1 + 2 * (p < 0.5 ? Math.log(2 * p) : -Math.log(2 * (1 - p))));
  const logistic = shares.map((p) => 1 + 2 * Math.log(p / (1 - p)));
  const p = tf.tensor1d(shares);
  for (const [law, expected] of [
    [new Laplace({ mean: 1, scale: 2 }), laplace],
    [new Logistic({ mean: 1, scale: 2 }), logistic],
  ] as const) {
    [...(await law.icdf(p).data())].forEach((found, i) => {
      expect(Math.abs(found / (expected[i] as number) - 1)).toBeLessThan(1e-6);
    });
  }
  const slope = tf.grad((at) => new Laplace().icdf(at))(tf.tensor1d([0.2, 0.8]));
  expect(await distance(slope, tf.tensor1d([5, 5]))).toBeLessThan(1e-5);
});

test('far out, and at what is no number', async () => {
  const x = tf.tensor1d([1e20, -3e38, Infinity, -Infinity, Number.NaN]);
  const law = new StudentT({ df: 1, scale: 2 });
  const far = (z: number) => Math.log(2 / Math.PI) - 2 * Math.log(z); // 1 / π σ (z / σ)², of σ = 2
  const logs = [...(await law.logProb(x).data())];
  expect(logs.slice(0, 2)).toEqual([1e20, 3e38].map((z) => expect.closeTo(far(z), 3)));
  expect([...(await law.cdf(x).data())]).toEqual([1, expect.closeTo(0, 6), 1, expect.closeTo(0, 6), Number.NaN]);
  const slope = await tf
    .grad((at) => law.logProb(at))(tf.tensor1d([1e20, 1e30, 0]))
    .data();
  expect([...slope].map(Math.abs).every((value) => value < 1e-18)).toBe(true);
  expect([...(await new Gamma({ concentration: 0.5 }).cdf(x).data())]).toEqual([1, 0, 1, 0, Number.NaN]);
  expect((await new Uniform().logProb(x).data())[4]).toBeNaN();
  const wild = await new StudentT({ df: 0.02 }).sample(2000, { seed: 1 }).data();
  expect(wild.every((value) => Number.isFinite(value))).toBe(true);
});

test('no points have no densities', () => {
  const laws = [
    new Gamma(),
    new Beta({ shape: [2] }),
    new Uniform({ shape: [2] }),
    new Dirichlet({ concentration: [1, 2] }),
    new Categorical({ probs: [0.5, 0.5] }),
    new Categorical({ probs: [0.5, 0.5], oneHot: true }),
    new TabulatedDensity({ density: [0, 1, 0], low: -1, high: 1 }),
  ];
  for (const law of laws) expect(law.logProb(tf.zeros([0, ...law.eventShape])).shape).toEqual([0]);
});

test('classes without probability', async () => {
  const masked = new Categorical({ logits: tf.tensor1d([1, -Infinity, 1]) });
  const none = new Categorical({ probs: [0.5, 0, 0.5] });
  for (const law of [masked, none]) {
    const half = expect.closeTo(Math.log(0.5), 5);
    expect([...(await law.logProb(tf.tensor1d([0, 1, 2])).data())]).toEqual([half, -Infinity, half]);
    expect((await law.entropy().data())[0]).toBeCloseTo(Math.LN2, 5);
    expect((await law.mean.data())[0]).toBeCloseTo(1, 5);
    expect([...(await law.sample(500, { seed: 1 }).data())]).not.toContain(1);
  }
  const slope = tf.grad((logits) => new Categorical({ logits }).logProb(tf.tensor1d([0])))(
    tf.tensor1d([1, -Infinity, 1]),
  );
  expect([...(await slope.data())]).toEqual([0.5, 0, -0.5].map((value) => expect.closeTo(value, 5)));
});

test('a mean and a variance that are not there', async () => {
  const law = new StudentT({ df: [0.5, 1.5, 3] });
  expect([...(await law.mean.data())]).toEqual([Number.NaN, 0, 0]);
  expect([...(await law.variance.data())]).toEqual([Number.NaN, Infinity, 3]);
});

test('what is no class, no vector of one, no share has no probability', async () => {
  const classes = new Categorical({ probs: [0.25, 0.75] });
  const log = (value: number) => expect.closeTo(Math.log(value), 5);
  expect([...(await classes.logProb(tf.tensor1d([0, 1, 2, -1, 0.5])).data())]).toEqual([
    log(0.25),
    log(0.75),
    -Infinity,
    -Infinity,
    -Infinity,
  ]);
  const vectors = new Categorical({ probs: [0.25, 0.75], oneHot: true });
  const points = tf.tensor2d([
    [1, 0],
    [0, 1],
    [0, 0],
    [0.5, 0.5],
    [1, 1],
  ]);
  expect([...(await vectors.logProb(points).data())]).toEqual([log(0.25), log(0.75), -Infinity, -Infinity, -Infinity]);
  const shares = new Dirichlet({ concentration: [1, 2] });
  const off = tf.tensor2d([
    [0.5, 0.5],
    [0.6, 0.6],
    [1.5, -0.5],
    [1, 0],
    [0, 1],
  ]);
  expect([...(await shares.logProb(off).data())]).toEqual([log(1), -Infinity, -Infinity, -Infinity, log(2)]);
});

test('certain bits', async () => {
  const sure = new Bernoulli({ probs: [0, 1] });
  const draws = await sure.sample(50, { seed: 1 }).array();
  expect(draws).toEqual(Array.from({ length: 50 }, () => [0, 1]));
  const logProb = await sure
    .logProb(
      tf.tensor2d([
        [0, 1],
        [1, 1],
      ]),
    )
    .data();
  expect(logProb[0]).toBeCloseTo(0, 5);
  expect(logProb[1]).toBeLessThan(-80);
});

test('gradients reach probabilities', async () => {
  const slope = tf.grad((probs) => new Bernoulli({ probs }).logProb(tf.tensor1d([1, 0])))(tf.scalar(0.25));
  expect((await slope.data())[0]).toBeCloseTo(4 - 4 / 3, 4);
  const byClass = tf.grad((probs) => new Categorical({ probs }).logProb(tf.tensor1d([1, 1])))(
    tf.tensor1d([0.25, 0.75]),
  );
  expect([...(await byClass.data())]).toEqual([expect.closeTo(0, 5), expect.closeTo(8 / 3, 4)]);
});
