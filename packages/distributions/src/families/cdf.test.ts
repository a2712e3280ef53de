import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/distributions.json';
import { Bernoulli, Beta, Categorical, Dirichlet, Gamma, Laplace, Logistic, Normal, StudentT, Uniform } from '../index';

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
