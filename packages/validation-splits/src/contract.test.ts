import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Split } from './index';
import * as index from './index';
import { type Case, type Listed, splitters } from './testing/registry';

type Listing = Required<Listed>;
const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);
const everyone = (n: number) => Array.from({ length: n }, (_, i) => i);
const spread = (numbers: number[]) => Math.max(...numbers) - Math.min(...numbers);

/** Runs a check on the splits of random samples. */
function forAll({ cases, make }: Listing, check: (splits: Split[], samples: Case) => void): void {
  const given = fc.record({ k: fc.integer({ min: 2, max: 5 }), seed: fc.nat() });
  fc.assert(
    fc.property(cases, given, (samples, { k, seed }) => {
      check([...make({ k, seed, n: samples.n }).split(samples.n, samples)], samples);
    }),
    { numRuns: 40, seed: 1 },
  );
}

const promised: Record<Listed['promises'][number], (splits: Split[], samples: Case) => void> = {
  partitions: (splits, { n }) => expect(sorted(splits.flatMap(({ test }) => [...test]))).toEqual(everyone(n)),
  covers: (splits, { n }) => {
    for (const { train, test } of splits) expect(sorted([...train, ...test])).toEqual(everyone(n));
  },
  even: (splits) => expect(spread(splits.map(({ test }) => test.length))).toBeLessThanOrEqual(1),
  groups: (splits, { groups }) => {
    for (const { train, test } of splits) {
      const trained = new Set(Array.from(train, (i) => groups[i]));
      for (const i of test) expect(trained.has(groups[i])).toBe(false);
    }
  },
  stratifies: (splits, { y }) => {
    for (const label of new Set(y)) {
      const counts = splits.map(({ test }) => test.reduce((count, i) => count + (y[i] === label ? 1 : 0), 0));
      expect(spread(counts)).toBeLessThanOrEqual(1);
    }
  },
  ordered: (splits) => {
    for (const { train, test } of splits) expect(Math.max(...train)).toBeLessThan(Math.min(...test));
  },
};

describe.each(splitters)('$name', (listing) => {
  test('trains and tests on different samples, each named once', () => {
    forAll(listing, (splits, { n }) => {
      expect(splits.length).toBeGreaterThan(0);
      for (const { train, test } of splits) {
        expect(train).toBeInstanceOf(Uint32Array);
        expect(test).toBeInstanceOf(Uint32Array);
        expect(train.length).toBeGreaterThan(0);
        const all = [...train, ...test];
        expect(new Set(all).size).toBe(all.length);
        expect(Math.max(...all)).toBeLessThan(n);
      }
    });
  });

  test.each(listing.promises)('keeps its promise: %s', (promise) => {
    forAll(listing, promised[promise]);
  });

  test('gives the same splits at each walk and from each splitter with its options', () => {
    const [samples] = fc.sample(listing.cases, { numRuns: 1, seed: 2 }) as [Case];
    const make = () => listing.make({ k: 3, seed: 5, n: samples.n });
    const splitter = make();
    const splits = splitter.split(samples.n, samples);
    const first = [...splits];
    for (const { train, test } of [...splits]) {
      train.fill(0);
      test.fill(0);
    }
    expect([...splits]).toEqual(first);
    expect([...splitter.split(samples.n, samples)]).toEqual(first);
    expect([...make().split(samples.n, samples)]).toEqual(first);
  });

  test('leaves its samples as they are, and does not see what becomes of them', () => {
    const [samples] = fc.sample(listing.cases, { numRuns: 1, seed: 3 }) as [Case];
    const given = structuredClone(samples);
    const splits = listing.make({ k: 3, seed: 5, n: samples.n }).split(given.n, given);
    const first = [...splits];
    expect(given).toEqual(samples);
    given.y.fill('a');
    given.groups.fill(0);
    const isGenerator = listing.name.startsWith('Repeated');
    if (!isGenerator) expect([...splits]).toEqual(first);
  });

  test.each([0, -1, 2.5, Number.NaN, '7' as unknown as number])('refuses n = %s at the call', (n) => {
    const splitter = listing.make({ k: 3, seed: 5, n: 12 });
    expect(() => splitter.split(n)).toThrow(/^split: n must be an integer of at least 1, got /);
  });
});

test('every splitter is listed', () => {
  const made = new Set(splitters.map(({ make }) => make({ k: 2, seed: 0, n: 9 }).constructor));
  const { Divider, Splitter } = index;
  const missing = Object.values(index).filter(
    (one) =>
      typeof one === 'function' && one.prototype instanceof Divider && (one as unknown) !== Splitter && !made.has(one),
  );
  expect(missing).toEqual([]);
});
