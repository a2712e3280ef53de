import fc from 'fast-check';
import {
  ContinuousStratifiedKFold,
  type Divider,
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
  Repeated,
  RepeatedKFold,
  RepeatedStratifiedKFold,
  ShuffleSplit,
  SlidingWindowSplit,
  StratifiedGroupKFold,
  StratifiedKFold,
  StratifiedShuffleSplit,
  TimeSeriesSplit,
} from '../index';

/** Samples to split: labels of every kind, since each splitter looks only at its own. */
export interface Case {
  n: number;
  y: unknown[];
  groups: unknown[];
}

/** What a splitter promises beyond train and test being disjoint. */
type Promise =
  /** Each sample is tested once. */
  | 'partitions'
  /** What is not tested trains. */
  | 'covers'
  /** Test folds differ by one sample at most. */
  | 'even'
  /** No group on both sides. */
  | 'groups'
  /** A class's members in any two test folds differ by one at most. */
  | 'stratifies'
  /** Training comes before testing. */
  | 'ordered';

export interface Listed {
  name: string;
  make: (given: { k: number; seed: number; n: number }) => Divider;
  promises: Promise[];
  /** Which samples it takes: at least k of all there is, unless said otherwise. */
  cases?: fc.Arbitrary<Case>;
}

const silent = { onWarning: () => {} };
const kFold: Promise[] = ['partitions', 'covers', 'even'];
const word = fc.constantFrom('a', 'b', 'c', 'd');

const samplesOf = (y: (n: number) => fc.Arbitrary<unknown[]>, groups: (n: number) => fc.Arbitrary<unknown[]>) =>
  fc.integer({ min: 12, max: 60 }).chain((n) => fc.record({ n: fc.constant(n), y: y(n), groups: groups(n) }));
const arrayOf = (n: number, item: fc.Arbitrary<unknown>) => fc.array(item, { minLength: n, maxLength: n });
/** At least six groups, of any size; two classes with at least six members each, and rarer ones. */
const withSix = (n: number, item: fc.Arbitrary<unknown>, six: unknown[]) =>
  arrayOf(n - six.length, item).chain((rest) => fc.shuffledSubarray([...six, ...rest], { minLength: n }));
const twelve = ['a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'b', 'b'];
const someGroups = (n: number) => withSix(n, fc.integer({ min: -3, max: 9 }), [0, 1, 2, 3, 4, 5]);
const someClasses = (n: number) => withSix(n, fc.constantFrom('a', 'b'), twelve);
const common = samplesOf(someClasses, someGroups);
const rareClasses = samplesOf((n) => withSix(n, word, twelve), someGroups);
const amounts = samplesOf((n) => arrayOf(n, fc.double({ noNaN: true, noDefaultInfinity: true })), someGroups);
const rows = samplesOf((n) => arrayOf(n, fc.array(fc.constantFrom(0, 1), { minLength: 3, maxLength: 3 })), someGroups);
const inTurn = samplesOf(someClasses, (n) =>
  someGroups(n).map((groups) => (groups as number[]).toSorted((a, b) => a - b)),
);
const few = fc
  .integer({ min: 3, max: 9 })
  .map((n) => ({ n, y: [], groups: Array.from({ length: n }, (_, i) => i % 3) }));

/** Every splitter, listed once. */
const listed: Listed[] = [
  { name: 'KFold', make: ({ k }) => new KFold({ nSplits: k }), promises: kFold },
  { name: 'KFold, shuffled', make: ({ k, seed }) => new KFold({ nSplits: k, shuffle: true, seed }), promises: kFold },
  {
    name: 'StratifiedKFold',
    make: ({ k }) => new StratifiedKFold({ nSplits: k, ...silent }),
    promises: [...kFold, 'stratifies'],
    cases: rareClasses,
  },
  {
    name: 'StratifiedKFold, shuffled',
    make: ({ k, seed }) => new StratifiedKFold({ nSplits: k, shuffle: true, seed, ...silent }),
    promises: [...kFold, 'stratifies'],
    cases: rareClasses,
  },
  { name: 'GroupKFold', make: ({ k }) => new GroupKFold({ nSplits: k }), promises: ['partitions', 'covers', 'groups'] },
  {
    name: 'StratifiedGroupKFold',
    make: ({ k }) => new StratifiedGroupKFold({ nSplits: k, ...silent }),
    promises: ['partitions', 'covers', 'groups'],
  },
  {
    name: 'StratifiedGroupKFold, shuffled',
    make: ({ k, seed }) => new StratifiedGroupKFold({ nSplits: k, shuffle: true, seed, ...silent }),
    promises: ['partitions', 'covers', 'groups'],
  },
  {
    name: 'ContinuousStratifiedKFold',
    make: ({ k }) => new ContinuousStratifiedKFold({ nSplits: k }),
    promises: kFold,
    cases: amounts,
  },
  {
    name: 'ContinuousStratifiedKFold, shuffled',
    make: ({ k, seed }) => new ContinuousStratifiedKFold({ nSplits: k, shuffle: true, seed }),
    promises: ['partitions', 'covers'],
    cases: amounts,
  },
  {
    name: 'MultilabelStratifiedKFold',
    make: ({ k }) => new MultilabelStratifiedKFold({ nSplits: k }),
    promises: ['partitions', 'covers'],
    cases: rows,
  },
  {
    name: 'MultilabelStratifiedKFold, shuffled',
    make: ({ k, seed }) => new MultilabelStratifiedKFold({ nSplits: k, shuffle: true, seed }),
    promises: ['partitions', 'covers'],
    cases: rows,
  },
  { name: 'ShuffleSplit', make: ({ k, seed }) => new ShuffleSplit({ nSplits: k, seed }), promises: ['covers', 'even'] },
  {
    name: 'ShuffleSplit, of sizes',
    make: ({ k, seed }) => new ShuffleSplit({ nSplits: k, seed, trainSize: 0.3, testSize: 2 }),
    promises: ['even'],
  },
  {
    name: 'StratifiedShuffleSplit',
    make: ({ k, seed }) => new StratifiedShuffleSplit({ nSplits: k, seed, testSize: 0.4 }),
    promises: ['covers', 'even'],
  },
  {
    name: 'GroupShuffleSplit',
    make: ({ k, seed }) => new GroupShuffleSplit({ nSplits: k, seed }),
    promises: ['covers', 'groups'],
  },
  { name: 'LeaveOneOut', make: () => new LeaveOneOut(), promises: kFold },
  { name: 'LeavePOut', make: () => new LeavePOut({ p: 2 }), promises: ['covers', 'even'], cases: few },
  { name: 'LeaveOneGroupOut', make: () => new LeaveOneGroupOut(), promises: ['partitions', 'covers', 'groups'] },
  { name: 'LeavePGroupsOut', make: () => new LeavePGroupsOut({ p: 2 }), promises: ['covers', 'groups'], cases: few },
  { name: 'TimeSeriesSplit', make: ({ k }) => new TimeSeriesSplit({ nSplits: k }), promises: ['even', 'ordered'] },
  {
    name: 'TimeSeriesSplit, of sizes',
    make: ({ k }) => new TimeSeriesSplit({ nSplits: k, testSize: 1, maxTrainSize: 3, gap: 2 }),
    promises: ['even', 'ordered'],
  },
  {
    name: 'SlidingWindowSplit',
    make: () => new SlidingWindowSplit({ trainSize: 5, testSize: 3, step: 2, gap: 1 }),
    promises: ['even', 'ordered'],
  },
  {
    name: 'GroupTimeSeriesSplit',
    make: () => new GroupTimeSeriesSplit({ nSplits: 3 }),
    promises: ['groups', 'ordered'],
    cases: inTurn,
  },
  {
    name: 'GroupTimeSeriesSplit, rolling',
    make: () => new GroupTimeSeriesSplit({ nSplits: 3, testSize: 1, gap: 1, window: 'rolling' }),
    promises: ['groups', 'ordered'],
    cases: inTurn,
  },
  {
    name: 'PurgedTimeSeriesSplit',
    make: ({ k }) => new PurgedTimeSeriesSplit({ nSplits: k, purge: 1, embargo: 1 }),
    promises: ['partitions', 'even'],
  },
  {
    name: 'PredefinedSplit',
    make: ({ n }) => new PredefinedSplit({ testFold: Array.from({ length: n }, (_, i) => (i * i) % 7) }),
    promises: ['partitions', 'covers'],
  },
  {
    name: 'RepeatedKFold',
    make: ({ k, seed }) => new RepeatedKFold({ nSplits: k, nRepeats: 2, seed }),
    promises: ['covers', 'even'],
  },
  {
    name: 'RepeatedStratifiedKFold',
    make: ({ k, seed }) => new RepeatedStratifiedKFold({ nSplits: k, nRepeats: 2, seed }),
    promises: ['covers', 'even', 'stratifies'],
  },
  {
    name: 'Repeated',
    make: ({ k, seed }) => new Repeated({ splitter: () => new GroupKFold({ nSplits: k }), nRepeats: 2, seed }),
    promises: ['covers', 'groups'],
  },
];

/** Each with the samples that it is tried on. */
export const splitters: Required<Listed>[] = listed.map((one) => ({ cases: common, ...one }));
