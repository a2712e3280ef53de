import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import oracle from '../../../tools/oracles/distributions.json';
import type { Distribution } from './distribution';
import { Bernoulli } from './families/bernoulli';
import { Beta } from './families/beta';
import { Categorical } from './families/categorical';
import { Dirichlet } from './families/dirichlet';
import { Gamma } from './families/gamma';
import { Laplace } from './families/laplace';
import { Logistic } from './families/logistic';
import { Mixture } from './families/mixture';
import { MultivariateNormal } from './families/multivariateNormal';
import { Normal } from './families/normal';
import { StudentT } from './families/studentT';
import { Uniform } from './families/uniform';
import type { Parameter } from './parameter';

/** Every distribution is listed here once; each of its cases in the oracle meets every check below. */
const families = {
  Normal,
  MultivariateNormal,
  Uniform,
  Logistic,
  Laplace,
  Gamma,
  Beta,
  StudentT,
  Dirichlet,
  Bernoulli,
  Categorical,
  Mixture,
} as unknown as Record<string, new (options: object) => Distribution>;

interface Spec {
  family: string;
  options: Record<string, unknown>;
}

/** SciPy's values for one distribution; null stands for −∞ in `logProb` and for no derivative in `gradient`. */
interface Case extends Spec {
  x: Nested<number>;
  logProb: (number | null)[];
  /** Null where x is not continuous. */
  gradient: Nested<number | null> | null;
  bulk: Nested<number>;
  parameterGradients: Record<string, Nested<number>>;
  entropy: number | null;
  mean: Nested<number>;
  variance: Nested<number>;
  /** Where nearly all of the density is, [low, high] for each element; null where cells cannot add it up. */
  box: [number, number][] | null;
  cdf: { x: Nested<number>; p: Nested<number> };
}

type Nested<T> = T | Nested<T>[];

const cases = oracle as unknown as Case[];
const titled = cases.map((entry) => [`${entry.family} ${JSON.stringify(entry.options)}`.slice(0, 160), entry] as const);

/** Parameters that may be tensors, and how far a difference may shift one: they enter a draw nearly linearly. */
const shifts: Record<string, number> = {
  mean: 1,
  low: 0.1,
  high: 0.1,
  std: 0.05,
  scale: 0.05,
  diagonal: 0.05,
  logits: 0.05,
  rate: 0.05,
  concentration: 0.05,
  alpha: 0.05,
  beta: 0.05,
  df: 0.05,
};

/** Those that are positive, and shifted by a share of themselves. */
const positive = ['std', 'scale', 'diagonal', 'rate', 'concentration', 'alpha', 'beta', 'df'];

/** Those that enter a draw by what a sampler accepts: only in the mean does a draw follow them. */
const accepted = ['concentration', 'alpha', 'beta', 'df'];

const DRAWS = 2000;

describeOnEachBackend('distributions', () => {
  describe.each(titled)('%s', (title, entry) => {
    const eventShape = shapeOf(entry.mean);
    const std = flat(entry.variance).map(Math.sqrt);

    check('logProb, entropy, mean and variance are those of SciPy', async () => {
      const distribution = build(entry);
      const logProb = await read(distribution.logProb(tf.tensor(entry.x as number[])));
      entry.logProb.forEach((expected, i) => {
        expect(logProb[i]).toSatisfy(near(expected ?? -Infinity, 1e-5, 1e-5));
      });
      const unit = Math.max(...std);
      expectNear(await read(distribution.mean), flat(entry.mean), 1e-5, 1e-6 * unit);
      expectNear(await read(distribution.variance), flat(entry.variance), 1e-5);
      if (entry.family === 'Mixture') return; // its entropy is an estimate, see below
      expectNear(await read(distribution.entropy()), [entry.entropy as number], 1e-5, 1e-5);
    });

    check('shapes', () => {
      const distribution = build(entry);
      expect(distribution.eventShape).toEqual(eventShape);
      expect(distribution.sample(3, { seed: 1 }).shape).toEqual([3, ...eventShape]);
      expect(distribution.logProb(tf.ones([3, ...eventShape])).shape).toEqual([3]);
      expect(distribution.mean.shape).toEqual(eventShape);
      expect(distribution.variance.shape).toEqual(eventShape);
      expect(distribution.entropy({ samples: 2 }).shape).toEqual([]);
    });

    check('the gradient with respect to x is that of differences', async () => {
      if (entry.gradient === null) return;
      const distribution = build(entry);
      const x = tf.tensor(entry.x as number[]);
      const gradient = await read(
        tf.grad((points) => distribution.logProb(points))(x, tf.ones([entry.logProb.length])),
      );
      const expected = flat(entry.gradient);
      expect(gradient.every(Number.isFinite)).toBe(true);
      expected.forEach((slope, i) => {
        if (slope !== null) expect(gradient[i]).toSatisfy(near(slope, 1e-3, 1e-4 / (std[i % std.length] as number)));
      });
    });

    check('the gradients with respect to parameters are those of differences', async () => {
      const { names, values } = parametersOf(entry);
      if (names.length === 0) return;
      const bulk = tf.tensor(entry.bulk as number[]);
      const total = (...given: tf.Tensor[]) => tf.sum(build(entry, from(names, given)).logProb(bulk));
      const gradients = tf.grads(total)(values);
      for (const [i, name] of names.entries()) {
        const expected = flat(entry.parameterGradients[name] as Nested<number>);
        expectNear(await read(gradients[i]), expected, 1e-3, 1e-4 * Math.max(...expected.map(Math.abs)) + 1e-6);
      }
    });

    check('draws are reparameterised', async () => {
      const { names, values } = parametersOf(entry);
      if (names.length === 0) return;
      const sum = (given: tf.Tensor[]) => tf.mean(build(entry, from(names, given)).sample(8, { seed: 5 }));
      const gradients = tf.grads((...given) => sum(given))(values);
      for (const [i, name] of names.entries()) {
        const kind = name.split('.').at(-1) as string;
        const value = values[i] as tf.Tensor;
        if (accepted.includes(kind)) {
          await expectMeanSlope(entry, names, values, i);
          continue;
        }
        const size = positive.includes(kind) ? tf.abs(value) : Math.min(...std);
        const shift = tf.mul(tf.onesLike(value), tf.mul(shifts[kind] as number, size));
        const moved = (sign: number) => values.map((each, j) => (j === i ? tf.add(each, tf.mul(sign, shift)) : each));
        const rounding = 1e-6 * Math.max(...flat(entry.mean).map(Math.abs), ...std);
        const difference = tf.sub(sum(moved(1)), sum(moved(-1)));
        const [expected] = kind === 'logits' ? [0] : await read(difference);
        const [slope] = await read(tf.mul(2, tf.sum(tf.mul(gradients[i] as tf.Tensor, shift))));
        expect(slope).toSatisfy(near(expected as number, 1e-2, rounding));
      }
    });

    check('draws have its moments, its marginal laws and its entropy', async () => {
      const distribution = build(entry);
      const draws = distribution.sample(DRAWS, { seed: 2 });
      const columns = await columnsOf(draws);
      const grid = await columnsOf(tf.tensor(entry.cdf.x as number[]));
      const law = await columnsOf(tf.tensor(entry.cdf.p as number[]));
      columns.forEach((values, i) => {
        const { mean, variance, meanError, varianceError } = moments(values);
        expect(Math.abs(mean - (flat(entry.mean)[i] as number)) / meanError).toBeLessThan(5);
        expect(Math.abs(variance - (flat(entry.variance)[i] as number)) / varianceError).toBeLessThan(5);
        // 2 exp(−2 · 2.3²) = 5e-5: so rarely is the Kolmogorov–Smirnov distance of a true sample above this.
        expect(ksDistance(values, grid[i] ?? [], law[i] ?? [])).toBeLessThan(2.3 / Math.sqrt(DRAWS));
      });

      const surprise = moments((await read(distribution.logProb(draws))).map((value) => -value));
      const [entropy] = await read(distribution.entropy({ samples: DRAWS, seed: 3 }));
      const spread = Math.max(surprise.meanError, 1e-5); // a uniform law is never surprised
      if (entry.entropy !== null) expect(Math.abs((entropy as number) - entry.entropy) / spread).toBeLessThan(5);
      expect(Math.abs(surprise.mean - (entry.entropy ?? (entropy as number))) / spread).toBeLessThan(5);
    });

    const size = flat(entry.mean).length;
    const { box } = entry;
    if (box && size <= 2) {
      check('the density integrates to 1', async () => {
        const cells = size === 1 ? 1800 : 90; // of which a uniform law begins and ends on an edge
        const axes = box.map(([low, high]) => {
          const width = (high - low) / cells;
          return { width, at: Array.from({ length: cells }, (_, j) => low + (j + 0.5) * width) };
        });
        const points = axes.reduce<number[][]>(
          (rows, { at }) => rows.flatMap((row) => at.map((x) => [...row, x])),
          [[]],
        );
        const x = tf.tensor(points.flat(), [points.length, ...eventShape]);
        const logCell = axes.reduce((sum, { width }) => sum + Math.log(width), 0);
        const logProb = await read(build(entry).logProb(x));
        const mass = logProb.reduce((sum, value) => sum + Math.exp(value + logCell), 0);
        expect(Math.abs(mass - 1)).toBeLessThan(1e-3);
      });
    }

    check('a seed gives the same draws again, and on every backend', async () => {
      const distribution = build(entry);
      const draw = (seed: number) => read(distribution.sample(50, { seed }));
      const draws = await draw(7);
      expect(await draw(7)).toEqual(draws);
      expect(await draw(8)).not.toEqual(draws);
      const first = firstDraws.get(title) ?? draws;
      firstDraws.set(title, first);
      draws.forEach((value, i) => {
        expect(value).toSatisfy(near(first[i] as number, 1e-5, 1e-5 * Math.max(...std)));
      });
    });

    test('no tensor is left behind, and none of the caller is taken', async () => {
      const { names, values } = parametersOf(entry);
      const x = tf.ones([2, ...eventShape]);
      const life = () => {
        const made: Distribution[] = [];
        const distribution = build(entry, from(names, values), (component) => made.push(component));
        made.push(distribution);
        const results = [
          distribution.sample(2, { seed: 1 }),
          distribution.logProb(x),
          distribution.entropy({ samples: 2 }),
          distribution.mean,
          distribution.variance,
        ];
        tf.dispose(results);
        for (const each of made) each.dispose();
        return [];
      };
      expect(await leaked(life)).toBe(0);
      expect(values.some((value) => value.isDisposed)).toBe(false);
      tf.dispose([x, ...values]);
    });
  });
});

/** The slopes of the mean square of draws, over several seeds, are about that of the distribution's own. */
async function expectMeanSlope(entry: Case, names: string[], values: tf.Tensor[], i: number): Promise<void> {
  const weights = tf.range(1, 1 + flat(entry.mean).length, 1, 'float32');
  const along = (points: tf.Tensor) => tf.sum(tf.mul(tf.reshape(points, [-1, weights.size]), weights));
  const meanSquare = (law: Distribution) => tf.add(tf.square(law.mean), law.variance);
  const placed = (value: tf.Tensor) =>
    build(
      entry,
      from(
        names,
        values.map((each, j) => (j === i ? value : each)),
      ),
    );
  const slopeOf = async (f: (value: tf.Tensor) => tf.Tensor): Promise<number> =>
    (await read(tf.sum(tf.grad(f)(values[i] as tf.Tensor))))[0] as number;
  const exact = await slopeOf((value) => along(meanSquare(placed(value))));
  const slopes: number[] = [];
  for (let seed = 0; seed < 12; seed++) {
    slopes.push(await slopeOf((value) => tf.div(along(tf.square(placed(value).sample(100, { seed }))), 100)));
  }
  const { mean, meanError } = moments(slopes);
  expect(Math.abs(mean - exact)).toBeLessThan(5 * meanError + 1e-6);
}

/** What the first backend drew. */
const firstDraws = new Map<string, number[]>();

/** A test that frees the tensors it made. */
function check(title: string, body: () => void | Promise<void>): void {
  test(title, async () => {
    tf.engine().startScope();
    try {
      await body();
    } finally {
      tf.engine().endScope();
    }
  });
}

type Place = (value: Parameter, name: string) => Parameter;

/** Makes a distribution, each parameter as `place` has it; inner ones are shown to `onComponent`. */
function build(
  spec: Spec,
  place: Place = (value) => value,
  onComponent = (_: Distribution) => {},
  path = '',
): Distribution {
  const options = Object.entries(spec.options).map(([name, value]) => {
    if (name === 'components') {
      const components = (value as Spec[]).map((inner, k) =>
        build(inner, place, onComponent, `${path}components.${k}.`),
      );
      components.forEach(onComponent);
      return [name, components];
    }
    return [name, name in shifts ? place(value as Parameter, path + name) : value];
  });
  const family = families[spec.family] as (typeof families)[string];
  return new family(Object.fromEntries(options));
}

/** The parameters that may be tensors, as tensors, by their paths. */
function parametersOf(spec: Spec): { names: string[]; values: tf.Tensor[] } {
  const names: string[] = [];
  const values: tf.Tensor[] = [];
  build(spec, (value, name) => {
    names.push(name);
    values.push(tf.tensor(value as number[]));
    return value;
  });
  return { names, values };
}

const from = (names: string[], values: tf.Tensor[]): Place => {
  return (value, name) => values[names.indexOf(name)] ?? value;
};

const read = async (tensor: tf.Tensor | undefined): Promise<number[]> => [...((await tensor?.data()) ?? [])];

const flat = <T extends number | null>(values: Nested<T>): T[] =>
  Array.isArray(values) ? values.flatMap((inner) => flat(inner)) : [values];

const shapeOf = (values: Nested<number>): number[] =>
  typeof values === 'number' ? [] : [values.length, ...shapeOf(values[0] as Nested<number>)];

/** Within a relative error, or an absolute one. */
const near = (expected: number, relative: number, absolute = 0) => {
  return (value: number) =>
    value === expected || Math.abs(value - expected) <= relative * Math.abs(expected) + absolute;
};

function expectNear(values: number[], expected: number[], relative: number, absolute = 0): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(value).toSatisfy(near(expected[i] as number, relative, absolute), `near ${expected[i]}`);
  });
}

/** The values of each element of the event, [n, ...E] → |E| columns of n. */
async function columnsOf(points: tf.Tensor): Promise<number[][]> {
  const n = points.shape[0] as number;
  const values = await read(points);
  const size = values.length / n;
  return Array.from({ length: size }, (_, i) => Array.from({ length: n }, (_, j) => values[j * size + i] as number));
}

/** Mean and variance of a sample with their standard errors. */
function moments(values: number[]) {
  const average = (each: (value: number) => number) =>
    values.reduce((sum, value) => sum + each(value), 0) / values.length;
  const mean = average((value) => value);
  const variance = average((value) => (value - mean) ** 2);
  const fourth = average((value) => (value - mean) ** 4);
  return {
    mean,
    variance,
    meanError: Math.sqrt(variance / values.length),
    varianceError: Math.sqrt((fourth - variance ** 2) / values.length),
  };
}

/** The largest gap between the share of values up to a grid point and the law's probability. */
function ksDistance(values: number[], grid: number[], law: number[]): number {
  const share = (x: number) => values.filter((value) => value <= x).length / values.length;
  return Math.max(...grid.map((x, i) => Math.abs(share(x) - (law[i] as number))));
}
