import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ContinuousStratifiedKFold,
  GroupShuffleSplit,
  GroupTimeSeriesSplit,
  KFold,
  MultilabelStratifiedKFold,
  PurgedTimeSeriesSplit,
  RepeatedKFold,
  ShuffleSplit,
  SlidingWindowSplit,
  type Split,
  Splitter,
  StratifiedShuffleSplit,
  trainTestSplit,
} from '../index';

const sizes = ({ train, test }: Split) => [train.length, test.length];
const lists = (splits: Iterable<Split>) => Array.from(splits, ({ train, test }) => [[...train], [...test]]);
const count = (rows: Uint32Array, is: (i: number) => boolean) => rows.filter(is).length;

describe('sizes', () => {
  test.each([
    [{}, 10, [9, 1]],
    [{ testSize: 0.25 }, 10, [7, 3]],
    [{ trainSize: 0.25 }, 10, [2, 8]],
    [{ testSize: 0.11, trainSize: 0.39 }, 10, [3, 2]],
    [{ testSize: 3 }, 10, [7, 3]],
    [{ testSize: 1, trainSize: 1 }, 10, [1, 1]],
  ])('ShuffleSplit %j of %i', (options, n, expected) => {
    for (const split of new ShuffleSplit(options).split(n)) expect(sizes(split)).toEqual(expected);
  });

  test('GroupShuffleSplit counts groups', () => {
    const groups = [...Array(50).fill('a'), 'b', 'c', 'd', 'e'];
    for (const { test: tested } of new GroupShuffleSplit({ testSize: 0.5 }).split(54, { groups })) {
      expect(new Set(Array.from(tested, (i) => groups[i])).size).toBe(3);
    }
  });
});

describe('trainTestSplit', () => {
  test('draws a quarter, by its seed', () => {
    expect(sizes(trainTestSplit(10))).toEqual([7, 3]);
    expect(trainTestSplit(50, { seed: 3 })).toEqual(trainTestSplit(50, { seed: 3 }));
    expect(trainTestSplit(50, { seed: 3 })).not.toEqual(trainTestSplit(50, { seed: 4 }));
    const { train, test: tested } = trainTestSplit(50, { seed: 3 });
    expect([...train, ...tested].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...train]).not.toEqual([...train].sort((a, b) => a - b));
  });

  test('takes the first and the last without shuffle', () => {
    expect(lists([trainTestSplit(6, { shuffle: false, testSize: 2 })])).toEqual([
      [
        [0, 1, 2, 3],
        [4, 5],
      ],
    ]);
  });

  test('keeps groups together', () => {
    const groups = Array.from({ length: 30 }, (_, i) => i % 6);
    const { train, test: tested } = trainTestSplit(30, { groups, testSize: 2 });
    const held = new Set(Array.from(tested, (i) => groups[i]));
    expect(held.size).toBe(2);
    expect(Array.from(train, (i) => groups[i]).some((group) => held.has(group))).toBe(false);
  });

  test('keeps the shares of classes, within one member', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 90 });
    fc.assert(
      fc.property(labels, fc.double({ min: 0.2, max: 0.7, noNaN: true }), fc.nat(), (rest, testSize, seed) => {
        const y = [0, 0, 1, 1, 2, 2, 3, 3, ...rest];
        const splits = [
          trainTestSplit(y.length, { stratify: y, testSize, seed }),
          ...new StratifiedShuffleSplit({ nSplits: 2, testSize, seed }).split(y.length, { y }),
        ];
        for (const { train, test: tested } of splits) {
          for (const label of [0, 1, 2, 3]) {
            const share = y.filter((other) => other === label).length / y.length;
            expect(Math.abs(count(train, (i) => y[i] === label) - share * train.length)).toBeLessThan(1);
            expect(Math.abs(count(tested, (i) => y[i] === label) - share * tested.length)).toBeLessThan(1 + 1e-9);
          }
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

test('ContinuousStratifiedKFold deals neighbours in y to different folds, to and fro', () => {
  const y = [50, 10, 40, 20, 30, 60, 70];
  const tested = Array.from(new ContinuousStratifiedKFold({ nSplits: 3 }).split(7, { y }), (split) => [...split.test]);
  expect(tested).toEqual([
    [1, 5, 6], // 10, 60, 70
    [0, 3], // 50, 20
    [2, 4], // 40, 30
  ]);
});

describe('MultilabelStratifiedKFold', () => {
  test('shares every label out evenly, the rarest exactly', () => {
    const y = Array.from({ length: 120 }, (_, i) => [
      i % 2,
      Number(i % 5 === 0),
      Number(i % 12 === 0),
      Number(i % 7 < 3),
    ]);
    for (const splitter of [
      new MultilabelStratifiedKFold({ nSplits: 4 }),
      new MultilabelStratifiedKFold({ nSplits: 4, shuffle: true, seed: 3 }),
    ]) {
      const folds = Array.from(splitter.split(120, { y }), (split) => split.test);
      for (const [label, slack] of [0, 1, 2, 3].map((label) => [label, label === 2 ? 1 : 3] as const)) {
        const counts = folds.map((fold) => count(fold, (i) => y[i]?.[label] === 1));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(slack);
      }
    }
  });

  test('spreads samples without any label evenly', () => {
    const y = Array.from({ length: 10 }, () => [0, 0]);
    const folds = Array.from(
      new MultilabelStratifiedKFold({ nSplits: 3 }).split(10, { y }),
      (split) => split.test.length,
    );
    expect(folds).toEqual([4, 3, 3]);
  });
});

describe('in time', () => {
  test('SlidingWindowSplit moves a window', () => {
    const splitter = new SlidingWindowSplit({ trainSize: 3, testSize: 2, gap: 1 });
    expect(lists(splitter.split(10))).toEqual([
      [
        [0, 1, 2],
        [4, 5],
      ],
      [
        [2, 3, 4],
        [6, 7],
      ],
      [
        [4, 5, 6],
        [8, 9],
      ],
    ]);
    const dense = new SlidingWindowSplit({ trainSize: 2, testSize: 1, step: 3 });
    expect(lists(dense.split(7))).toEqual([
      [[0, 1], [2]],
      [[3, 4], [5]],
    ]);
  });

  test('GroupTimeSeriesSplit grows or rolls by groups', () => {
    const groups = ['mon', 'mon', 'tue', 'wed', 'wed', 'thu', 'fri'];
    const split = (options: object) => lists(new GroupTimeSeriesSplit({ nSplits: 2, ...options }).split(7, { groups }));
    expect(split({})).toEqual([
      [[0, 1, 2, 3, 4], [5]],
      [[0, 1, 2, 3, 4, 5], [6]],
    ]);
    expect(split({ window: 'rolling' })).toEqual([
      [[0, 1, 2, 3, 4], [5]],
      [[2, 3, 4, 5], [6]],
    ]);
    expect(split({ gap: 1, maxTrainSize: 1 })).toEqual([
      [[2], [5]],
      [[3, 4], [6]],
    ]);
  });

  test('PurgedTimeSeriesSplit leaves out purge before, purge and embargo after', () => {
    const splitter = new PurgedTimeSeriesSplit({ nSplits: 3, purge: 1, embargo: 2 });
    expect(lists(splitter.split(10))).toEqual([
      [
        [7, 8, 9],
        [0, 1, 2, 3],
      ],
      [
        [0, 1, 2],
        [4, 5, 6],
      ],
      [
        [0, 1, 2, 3, 4, 5],
        [7, 8, 9],
      ],
    ]);
  });
});

describe('what is random', () => {
  const tested = (splits: Iterable<Split>) => Array.from(splits, (split) => [...split.test].join());

  test('follows from the seed alone, and each repeat from another', () => {
    const kFold = (seed?: number) => tested(new KFold({ shuffle: true, seed }).split(40));
    expect(kFold(1)).not.toEqual(kFold(2));
    expect(kFold()).toEqual(kFold(0));
    expect(kFold(2 ** 32)).not.toEqual(kFold(0));
    expect(new Set(tested(new RepeatedKFold({ nSplits: 4, nRepeats: 5 }).split(40))).size).toBe(20);
    expect(new Set(tested(new ShuffleSplit({ nSplits: 8, testSize: 5 }).split(40))).size).toBe(8);
  });

  test('puts every sample anywhere, equally often', () => {
    const times = new Uint32Array(6);
    for (let seed = 0; seed < 3000; seed++) {
      for (const i of trainTestSplit(6, { seed, testSize: 2 }).test) (times[i] as number)++;
    }
    // 1000 each, with a standard deviation of 26.
    for (const time of times) expect(Math.abs(time - 1000)).toBeLessThan(110);
  });
});

test('a splitter of one own needs test folds only, even from a generator', () => {
  class EveryThird extends Splitter {
    protected *testFolds(n: number): Generator<Uint32Array> {
      for (let start = 0; start < 3; start++) {
        yield Uint32Array.from({ length: Math.ceil((n - start) / 3) }, (_, i) => start + 3 * i);
      }
    }
  }
  const splits = new EveryThird().split(5);
  const expected = [
    [
      [1, 2, 4],
      [0, 3],
    ],
    [
      [0, 2, 3],
      [1, 4],
    ],
    [[0, 1, 3, 4], [2]],
  ];
  expect(lists(splits)).toEqual(expected);
  expect(lists(splits)).toEqual(expected);
});

test('splits are made when they are asked for', () => {
  class Counting extends Splitter {
    made = 0;
    protected *testFolds(): Generator<Uint32Array> {
      for (;;) {
        this.made++;
        yield Uint32Array.of(0);
      }
    }
  }
  const splitter = new Counting();
  for (const { train } of splitter.split(4)) {
    expect([...train]).toEqual([1, 2, 3]);
    if (splitter.made === 3) break;
  }
  expect(splitter.made).toBe(3);
});
