import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/distributionsKl.json';
import type { Distribution } from '../distribution';
import * as families from '../index';
import {
  Beta,
  Gamma,
  klDivergence,
  Logistic,
  Mixture,
  MultivariateNormal,
  Normal,
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
  ])('%s is infinite', async (_, p, q) => {
    expect(await read(klDivergence(p, q).value)).toBe(Infinity);
  });
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
});

test('bad input', () => {
  expect(() => klDivergence(new Normal(), new Normal({ shape: [2] }))).toThrow(
    'klDivergence: p and q must have one event shape, got [] and [2]',
  );
  expect(() => klDivergence(new Normal(), new Logistic(), { samples: 0 })).toThrow(
    'klDivergence: samples must be a positive integer, got 0',
  );
});
