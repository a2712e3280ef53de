import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/planeEntropies.json';
import { type PlaneName, plane, planeEntropy, planeNames } from './plane';

type Density = (x1: number, x2: number) => number;

/** What is known of a plane without looking at how it draws. */
interface Fact {
  density: Density;
  /** Where all but a billionth of it lies, in whole units: [low1, high1, low2, high2]. */
  box: [number, number, number, number];
  /** Its exact moments. */
  mean: [number, number];
  variance: [number, number];
  covariance: number;
}

const normal = (x: number, mean: number, std: number) =>
  Math.exp(-0.5 * ((x - mean) / std) ** 2) / (std * Math.sqrt(2 * Math.PI));

const bent =
  (f: (x1: number) => number, std: number): Density =>
  (x1, x2) =>
    normal(x1, 0, 1) * normal(x2, f(x1), std);

/** Normal noise of 0.1 around the points of curves, summed point by point: plain, slow, and without quadrature weights. */
function around(points: [number, number][]): Density {
  return (x1, x2) => {
    let sum = 0;
    for (const [c1, c2] of points) {
      const squared = (x1 - c1) ** 2 + (x2 - c2) ** 2;
      if (squared < 0.5) sum += Math.exp(-squared / 0.02);
    }
    return sum / points.length / (0.02 * Math.PI);
  };
}

/** The middles of n equal parts of [0, 1). */
const middles = (n: number) => Array.from({ length: n }, (_, i) => (i + 0.5) / n);

const moons = middles(400).flatMap((u): [number, number][] => {
  const t = Math.PI * u;
  return [
    [Math.cos(t), Math.sin(t)],
    [1 - Math.cos(t), 0.5 - Math.sin(t)],
  ];
});
const circles = middles(300).flatMap((u) =>
  [1, 2, 3].map((r): [number, number] => [r * Math.cos(2 * Math.PI * u), r * Math.sin(2 * Math.PI * u)]),
);
const arms = middles(1500).flatMap((u): [number, number][] => {
  const t = 3 * Math.PI * Math.sqrt(u);
  const arm: [number, number] = [(-t * Math.cos(t)) / 3, (t * Math.sin(t)) / 3];
  return [arm, [-arm[0], -arm[1]]];
});
const vanes: Density = (x1, x2) => {
  const [r, angle] = [Math.hypot(x1, x2), Math.atan2(x2, x1)];
  return (
    [0, 1, 2, 3, 4]
      .map((k) => angle - (2 * Math.PI * k) / 5 - Math.exp(r / 2) / 4)
      .reduce((sum, back) => sum + normal(r * Math.cos(back), 2, 0.6) * normal(r * Math.sin(back), 0, 0.2), 0) / 5
  );
};
const dark: Density = (x1, x2) => ((Math.floor(x1 / 2) + Math.floor(x2 / 2)) % 2 === 0 ? 1 / 32 : 0);

const meanAbs = Math.sqrt(2 / Math.PI);
const facts: Record<PlaneName, Fact> = {
  gaussian: { density: bent(() => 0, 0.5), box: [-6, 6, -3, 3], mean: [0, 0], variance: [1, 0.25], covariance: 0 },
  crescent: {
    density: bent((x) => x ** 2 / 2 - 1, Math.exp(-1)),
    box: [-6, 6, -4, 20],
    mean: [0, -0.5],
    variance: [1, 0.5 + Math.exp(-2)],
    covariance: 0,
  },
  crescentCubed: {
    density: bent((x) => x ** 3 / 5, 1),
    box: [-6, 6, -50, 50],
    mean: [0, 0],
    variance: [1, 15 / 25 + 1],
    covariance: 3 / 5,
  },
  sine: {
    density: bent((x) => Math.sin(5 * x), Math.exp(-1)),
    box: [-6, 6, -4, 4],
    mean: [0, 0],
    variance: [1, (1 - Math.exp(-50)) / 2 + Math.exp(-2)],
    covariance: 5 * Math.exp(-12.5),
  },
  abs: {
    density: bent((x) => Math.max(x, -x) - 1, Math.exp(-1.5)),
    box: [-6, 6, -3, 7],
    mean: [0, meanAbs - 1],
    variance: [1, 1 - meanAbs ** 2 + Math.exp(-3)],
    covariance: 0,
  },
  sign: {
    density: bent((x) => (x > 0 ? x + 1 : x - 1), Math.exp(-1.5)),
    box: [-6, 6, -9, 9],
    mean: [0, 0],
    variance: [1, 2 + 2 * meanAbs + Math.exp(-3)],
    covariance: 1 + meanAbs,
  },
  checkerboard: { density: dark, box: [-4, 4, -4, 4], mean: [0, 0], variance: [16 / 3, 16 / 3], covariance: 1 },
  twoMoons: {
    density: around(moons),
    box: [-2, 3, -2, 2],
    mean: [1 / 2, 1 / 4],
    variance: [0.75 + 0.01, 9 / 16 - 1 / Math.PI + 0.01],
    covariance: 1 / 8 - 1 / Math.PI,
  },
  rings: {
    density: around(circles),
    box: [-4, 4, -4, 4],
    mean: [0, 0],
    variance: [7 / 3 + 0.01, 7 / 3 + 0.01],
    covariance: 0,
  },
  spirals: {
    density: around(arms),
    box: [-4, 4, -4, 4],
    mean: [0, 0],
    variance: [Math.PI ** 2 / 4 + 1 / 12 + 0.01, Math.PI ** 2 / 4 - 1 / 12 + 0.01],
    covariance: Math.PI / 6 - 1 / (36 * Math.PI),
  },
  pinwheel: { density: vanes, box: [-6, 6, -6, 6], mean: [0, 0], variance: [2.2, 2.2], covariance: 0 },
};

const N = 40_000;

/** Cells of half a unit, and this many steps of the grid across each. */
const CELLS = 2;
const STEPS = 10;

/** Sums a density over a fine grid: its mass in each cell, and its entropy. */
function integrate({ density, box: [low1, high1, low2, high2] }: Fact): { mass: Float64Array; entropy: number } {
  const [rows, columns] = [(high1 - low1) * CELLS, (high2 - low2) * CELLS];
  const mass = new Float64Array(rows * columns);
  const step = 1 / (CELLS * STEPS);
  let entropy = 0;
  for (let i = 0; i < rows * STEPS; i++) {
    for (let j = 0; j < columns * STEPS; j++) {
      const p = density(low1 + (i + 0.5) * step, low2 + (j + 0.5) * step);
      const cell = Math.floor(i / STEPS) * columns + Math.floor(j / STEPS);
      mass[cell] = (mass[cell] as number) + p * step ** 2;
      if (p > 0) entropy -= p * Math.log(p) * step ** 2;
    }
  }
  return { mass, entropy };
}

/** The mean of numbers, in its own standard errors from what it should be. */
function deviation(numbers: Float64Array, expected: number): number {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return Math.abs(mean - expected) / Math.sqrt(variance / numbers.length);
}

test('every plane has its facts here and its entropy in the oracle', () => {
  expect(Object.keys(facts).sort()).toEqual([...planeNames].sort());
  expect(Object.keys(oracle).sort()).toEqual([...planeNames].sort());
});

describe.each(planeNames)('%s', (name) => {
  const fact = facts[name];
  const { mass, entropy } = integrate(fact);
  const points = plane(name, N, { seed: 7 });
  const flat = points.dataSync();
  const x1 = Float64Array.from({ length: N }, (_, i) => flat[2 * i] as number);
  const x2 = Float64Array.from({ length: N }, (_, i) => flat[2 * i + 1] as number);

  test('its entropy is what two quadratures say', () => {
    expect(Math.abs(planeEntropy(name) - oracle[name].entropy)).toBeLessThan(1e-5);
    expect(Math.abs(planeEntropy(name) - entropy)).toBeLessThan(1e-4);
    expect(oracle[name].uncertainty).toBeLessThan(1e-6);
  });

  test('its points have its moments', () => {
    const centred1 = x1.map((x) => x - fact.mean[0]);
    const centred2 = x2.map((x) => x - fact.mean[1]);
    expect(deviation(x1, fact.mean[0])).toBeLessThan(4);
    expect(deviation(x2, fact.mean[1])).toBeLessThan(4);
    expect(
      deviation(
        centred1.map((x) => x ** 2),
        fact.variance[0],
      ),
    ).toBeLessThan(4);
    expect(
      deviation(
        centred2.map((x) => x ** 2),
        fact.variance[1],
      ),
    ).toBeLessThan(4);
    expect(
      deviation(
        centred1.map((x, i) => x * (centred2[i] as number)),
        fact.covariance,
      ),
    ).toBeLessThan(4);
  });

  test('its points fill the cells of the plane as the density does', () => {
    const [low1, high1, low2, high2] = fact.box;
    const columns = (high2 - low2) * CELLS;
    const counts = new Float64Array(mass.length);
    for (let i = 0; i < N; i++) {
      const [a, b] = [x1[i] as number, x2[i] as number];
      if (a < low1 || a >= high1 || b < low2 || b >= high2) continue;
      const cell = Math.floor((a - low1) * CELLS) * columns + Math.floor((b - low2) * CELLS);
      counts[cell] = (counts[cell] as number) + 1;
    }
    // Pearson's χ², the cells with few expected points taken together.
    const terms = [...mass].map((p, cell) => ({ expected: N * p, seen: counts[cell] as number }));
    const rare = terms.filter(({ expected }) => expected < 10);
    const pooled = { expected: sum(rare.map((t) => t.expected)), seen: sum(rare.map((t) => t.seen)) };
    const used = [...terms.filter(({ expected }) => expected >= 10), ...(pooled.expected >= 10 ? [pooled] : [])];
    const chi2 = sum(used.map(({ expected, seen }) => (seen - expected) ** 2 / expected));
    expect(chi2).toBeLessThan(used.length + 4 * Math.sqrt(2 * used.length));
    expect(pooled.seen).toBeLessThan(pooled.expected + 5 + 4 * Math.sqrt(pooled.expected));
  });

  test('the mean of −ln p over its points is its entropy', () => {
    const surprise = Float64Array.from(
      { length: 4000 },
      (_, i) => -Math.log(fact.density(x1[i] as number, x2[i] as number)),
    );
    const gap = Math.abs(sum([...surprise]) / surprise.length - planeEntropy(name));
    expect(name === 'checkerboard' ? gap * 1e6 : deviation(surprise, planeEntropy(name))).toBeLessThan(4);
  });

  test('the seed decides', () => {
    const same = plane(name, N, { seed: 7 });
    const fewer = plane(name, 10, { seed: 7 });
    const other = plane(name, 10, { seed: 8 });
    expect(same.dataSync()).toEqual(flat);
    expect([...fewer.dataSync()]).toEqual([...flat.slice(0, 20)]);
    expect([...other.dataSync()]).not.toEqual([...flat.slice(0, 20)]);
  });
});

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe('plane', () => {
  test('gives a float32 tensor of points, and no other', () => {
    const before = tf.memory().numTensors;
    const points = plane('rings', 5, { seed: 0 });
    expect(points.shape).toEqual([5, 2]);
    expect(points.dtype).toBe('float32');
    expect(tf.memory().numTensors).toBe(before + 1);
    points.dispose();
  });

  test('the floors as they are published', () => {
    const floor = (name: PlaneName) => planeEntropy(name).toFixed(4);
    expect(floor('gaussian')).toBe('2.1447');
    expect(floor('crescent')).toBe('1.8379');
    expect(floor('sine')).toBe('1.8379');
    expect(floor('crescentCubed')).toBe('2.8379');
    expect(floor('abs')).toBe('1.3379');
    expect(floor('sign')).toBe('1.3379');
    expect(floor('checkerboard')).toBe('3.4657');
  });

  test('says what it takes', () => {
    const names =
      'twoMoons, rings, spirals, pinwheel, checkerboard, gaussian, crescent, crescentCubed, sine, abs, sign';
    expect(() => plane('moons' as PlaneName, 5, { seed: 1 })).toThrow(
      new RangeError(`plane: name must be one of ${names}, got moons`),
    );
    expect(() => planeEntropy('toString' as PlaneName)).toThrow(
      new RangeError(`planeEntropy: name must be one of ${names}, got toString`),
    );
    for (const n of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5' as never, undefined as never]) {
      expect(() => plane('rings', n, { seed: 1 })).toThrow(
        new RangeError(`plane: n must be a positive integer, got ${n}`),
      );
    }
    for (const seed of [undefined as never, -1, 0.5, Number.NaN, 2 ** 53, '7' as never]) {
      expect(() => plane('rings', 5, { seed })).toThrow(`plane: seed must be an integer in [0, 2^53), got ${seed}`);
    }
    expect(() => plane('rings', 5, undefined as never)).toThrow('plane: seed must be');
  });
});
