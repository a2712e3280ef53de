import { expect, test, vi } from 'vitest';
import * as index from '../index';

const {
  ContinuousStratifiedKFold,
  GroupKFold,
  GroupShuffleSplit,
  GroupTimeSeriesSplit,
  KFold,
  LeaveOneGroupOut,
  LeaveOneOut,
  LeavePGroupsOut,
  LeavePOut,
  MultilabelStratifiedKFold,
  PredefinedSplit,
  PurgedTimeSeriesSplit,
  RepeatedKFold,
  ShuffleSplit,
  SlidingWindowSplit,
  StratifiedGroupKFold,
  StratifiedKFold,
  StratifiedShuffleSplit,
  TimeSeriesSplit,
  trainTestSplit,
} = index;

const y = [0, 1, 0, 1];
const groups = ['a', 'b', 'c', 'a'];
const text = 'two' as unknown as number;

test.each<[() => unknown, typeof RangeError | typeof TypeError, string]>([
  [() => new KFold({ nSplits: 1 }), RangeError, 'KFold: nSplits must be an integer of at least 2, got 1'],
  [() => new KFold({ nSplits: 2.5 }), RangeError, 'KFold: nSplits must be an integer of at least 2, got 2.5'],
  [() => new KFold({ nSplits: text }), TypeError, 'KFold: nSplits must be an integer of at least 2, got "two"'],
  [
    () => new KFold({ seed: 3 }),
    RangeError,
    'KFold: seed must be left out without shuffle, got 3; set shuffle: true to use it',
  ],
  [() => new KFold({ shuffle: true, seed: 0.5 }), RangeError, 'KFold: seed must be an integer of at least 0, got 0.5'],
  [() => new KFold({ shuffle: 1 as unknown as boolean }), TypeError, 'KFold: shuffle must be true or false, got 1'],
  [
    () => new KFold({ nSplits: 5 }).split(4),
    RangeError,
    'KFold.split: nSplits must be at most the number of samples, 4, got 5',
  ],
  [
    () => new StratifiedKFold({ nSplits: 2 }).split(4),
    TypeError,
    'StratifiedKFold.split: y must have 4 entries, one a sample, got none',
  ],
  [
    () => new StratifiedKFold({ nSplits: 2 }).split(3, { y }),
    RangeError,
    'StratifiedKFold.split: y must have 3 entries, one a sample, got 4',
  ],
  [
    () => new StratifiedKFold({ nSplits: 2 }).split(2, { y: [1, Number.NaN] }),
    RangeError,
    'StratifiedKFold.split: y[1] must be finite, got NaN',
  ],
  [
    () => new StratifiedKFold({ nSplits: 2 }).split(2, { y: [1, null] }),
    TypeError,
    'StratifiedKFold.split: y[1] must be a number, a string, a boolean or a bigint, got null',
  ],
  [
    () => new StratifiedKFold({ nSplits: 2 }).split(2, { y: [1, '1'] }),
    TypeError,
    'StratifiedKFold.split: y[1] must be a number as the first one is, got the string "1"',
  ],
  [
    () => new StratifiedKFold({ nSplits: 2 }).split(2, { y: [1, 0.5] }),
    TypeError,
    'StratifiedKFold.split: y[1] must be a class, got 0.5; ContinuousStratifiedKFold stratifies amounts',
  ],
  [
    () => new StratifiedKFold({ nSplits: 3 }).split(4, { y }),
    RangeError,
    'StratifiedKFold.split: nSplits must be at most the members of the largest class, 2, got 3',
  ],
  [
    () => new GroupKFold({ nSplits: 2 }).split(4),
    TypeError,
    'GroupKFold.split: groups must have 4 entries, one a sample, got none',
  ],
  [
    () => new GroupKFold({ nSplits: 4 }).split(4, { groups }),
    RangeError,
    'GroupKFold.split: nSplits must be at most the number of groups, 3, got 4',
  ],
  [
    () => new GroupKFold({ nSplits: 2 }).split(2, { groups: [0, Number.NaN] }),
    RangeError,
    'GroupKFold.split: groups[1] must be finite, got NaN',
  ],
  [
    () => new StratifiedGroupKFold({ nSplits: 2 }).split(4, { y }),
    TypeError,
    'StratifiedGroupKFold.split: groups must have 4 entries, one a sample, got none',
  ],
  [
    () => new ContinuousStratifiedKFold({ nSplits: 2 }).split(2, { y: [1, Number.POSITIVE_INFINITY] }),
    RangeError,
    'ContinuousStratifiedKFold.split: y[1] must be finite, got Infinity',
  ],
  [
    () => new ContinuousStratifiedKFold({ nSplits: 2 }).split(2, { y: ['a', 'b'] }),
    TypeError,
    'ContinuousStratifiedKFold.split: y[0] must be a number, got "a"',
  ],
  [
    () => new MultilabelStratifiedKFold({ nSplits: 2 }).split(2, { y: [[1], [2]] }),
    RangeError,
    'MultilabelStratifiedKFold.split: y[1][0] must be 0 or 1, got 2',
  ],
  [
    () => new MultilabelStratifiedKFold({ nSplits: 2 }).split(2, { y: [[1], [0, 1]] }),
    RangeError,
    'MultilabelStratifiedKFold.split: y[1] must have 1 entries as y[0] has, got 2',
  ],
  [
    () => new MultilabelStratifiedKFold({ nSplits: 2 }).split(2, { y: [1, 0] }),
    TypeError,
    'MultilabelStratifiedKFold.split: y[0] must be a row of zeros and ones, got 1',
  ],
  [() => new ShuffleSplit({ nSplits: 0 }), RangeError, 'ShuffleSplit: nSplits must be an integer of at least 1, got 0'],
  [
    () => new ShuffleSplit({ testSize: 4 }).split(4),
    RangeError,
    'ShuffleSplit.split: testSize must be a share in (0, 1) or an integer from 1 to 3, below the number of samples, got 4',
  ],
  [
    () => new ShuffleSplit({ testSize: 1.5 }).split(4),
    RangeError,
    'ShuffleSplit.split: testSize must be a share in (0, 1) or an integer from 1 to 3, below the number of samples, got 1.5',
  ],
  [
    () => new ShuffleSplit({ testSize: 0.5, trainSize: 0.8 }).split(10),
    RangeError,
    'ShuffleSplit.split: trainSize and testSize must take at most the 10 samples, got 8 and 5',
  ],
  [
    () => new ShuffleSplit({ trainSize: 0.1 }).split(4),
    RangeError,
    'ShuffleSplit.split: trainSize must leave at least one of 4 samples, got 0',
  ],
  [
    () => new StratifiedShuffleSplit().split(3, { y: [0, 0, 1] }),
    RangeError,
    'StratifiedShuffleSplit.split: y must have at least 2 members of each class, got a class of 1',
  ],
  [
    () => new StratifiedShuffleSplit({ testSize: 1 }).split(4, { y }),
    RangeError,
    'StratifiedShuffleSplit.split: testSize must hold each of the 2 classes, got 1 samples',
  ],
  [
    () => new GroupShuffleSplit({ testSize: 3 }).split(4, { groups }),
    RangeError,
    'GroupShuffleSplit.split: testSize must be a share in (0, 1) or an integer from 1 to 2, below the number of groups, got 3',
  ],
  [
    () => new LeaveOneOut().split(1),
    RangeError,
    'LeaveOneOut.split: n must be at least 2, got 1; one sample leaves none to train on',
  ],
  [() => new LeavePOut({ p: 0 }), RangeError, 'LeavePOut: p must be an integer of at least 1, got 0'],
  [
    () => new LeavePOut({ p: 4 }).split(4),
    RangeError,
    'LeavePOut.split: p must be below the number of samples, 4, got 4',
  ],
  [
    () => new LeaveOneGroupOut().split(2, { groups: [1, 1] }),
    RangeError,
    'LeaveOneGroupOut.split: groups must be at least 2 different ones, got 1',
  ],
  [
    () => new LeavePGroupsOut({ p: 3 }).split(4, { groups }),
    RangeError,
    'LeavePGroupsOut.split: groups must be at least 4 different ones, got 3',
  ],
  [() => new TimeSeriesSplit({ gap: -1 }), RangeError, 'TimeSeriesSplit: gap must be an integer of at least 0, got -1'],
  [
    () => new TimeSeriesSplit().split(5),
    RangeError,
    'TimeSeriesSplit.split: nSplits must be below the number of samples, 5, got 5',
  ],
  [
    () => new TimeSeriesSplit({ nSplits: 3, testSize: 3, gap: 1 }).split(10),
    RangeError,
    'TimeSeriesSplit.split: nSplits · testSize + gap must be below the number of samples, 10, got nSplits 3, testSize 3 and gap 1',
  ],
  [
    () => new SlidingWindowSplit({ trainSize: 0, testSize: 1 }),
    RangeError,
    'SlidingWindowSplit: trainSize must be an integer of at least 1, got 0',
  ],
  [
    () => new SlidingWindowSplit({ trainSize: 3, testSize: 2 }).split(4),
    RangeError,
    'SlidingWindowSplit.split: trainSize + gap + testSize must be at most the number of samples, 4, got 5',
  ],
  [
    () => new GroupTimeSeriesSplit({ nSplits: 2 }).split(4, { groups }),
    RangeError,
    'GroupTimeSeriesSplit.split: groups must come one after another, got a again at 3',
  ],
  [
    () => new GroupTimeSeriesSplit({ window: 'shrinking' as 'rolling' }),
    RangeError,
    `GroupTimeSeriesSplit: window must be 'expanding' or 'rolling', got "shrinking"`,
  ],
  [
    () => new PurgedTimeSeriesSplit({ embargo: -1 }),
    RangeError,
    'PurgedTimeSeriesSplit: embargo must be an integer of at least 0, got -1',
  ],
  [
    () => new PurgedTimeSeriesSplit({ nSplits: 2, purge: 2 }).split(4),
    RangeError,
    'PurgedTimeSeriesSplit.split: purge and embargo must leave some of 4 samples to train for 0…1, got purge 2 and embargo 0',
  ],
  [
    () => new PredefinedSplit({ testFold: [] }),
    RangeError,
    'PredefinedSplit: testFold must have at least one entry, got 0',
  ],
  [
    () => new PredefinedSplit({ testFold: [0, 0.5] }),
    RangeError,
    'PredefinedSplit: testFold[1] must be an integer of at least -1, got 0.5',
  ],
  [
    () => new PredefinedSplit({ testFold: [-1, -1] }),
    RangeError,
    'PredefinedSplit: testFold must name a fold, got none but -1',
  ],
  [
    () => new PredefinedSplit({ testFold: [0, 1] }).split(3),
    RangeError,
    'PredefinedSplit.split: testFold must have 3 entries, one a sample, got 2',
  ],
  [() => new RepeatedKFold({ nRepeats: 0 }), RangeError, 'Repeated: nRepeats must be an integer of at least 1, got 0'],
  [
    () => new RepeatedKFold({ nSplits: 5 }).split(4),
    RangeError,
    'KFold.split: nSplits must be at most the number of samples, 4, got 5',
  ],
  [() => trainTestSplit(0), RangeError, 'trainTestSplit: n must be an integer of at least 1, got 0'],
  [
    () => trainTestSplit(4, { stratify: y, groups }),
    TypeError,
    'trainTestSplit: stratify must be left out with groups, got both; StratifiedGroupKFold heeds both',
  ],
  [
    () => trainTestSplit(4, { shuffle: false, seed: 1 }),
    RangeError,
    'trainTestSplit: seed must be left out without shuffle, got 1',
  ],
  [
    () => trainTestSplit(4, { stratify: [0] }),
    RangeError,
    'trainTestSplit: stratify must have 4 entries, one a sample, got 1',
  ],
])('%s', (make, kind, message) => {
  expect(make).toThrow(kind);
  expect(make).toThrow(message);
});

test('warns when only some classes are smaller than the number of folds', () => {
  const onWarning = vi.fn();
  const rare = { y: ['a', 'a', 'a', 'b'] };
  expect([...new StratifiedKFold({ nSplits: 3, onWarning }).split(4, rare)]).toHaveLength(3);
  const message = 'StratifiedKFold.split: the smallest class has 1 members, fewer than nSplits, 3; some folds lack it';
  expect(onWarning.mock.calls).toEqual([[message]]);
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  new StratifiedKFold({ nSplits: 3 }).split(4, rare);
  expect(warn).toHaveBeenCalledExactlyOnceWith(message);
  warn.mockRestore();
});
