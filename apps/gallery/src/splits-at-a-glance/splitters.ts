import {
  type Divider,
  GroupKFold,
  GroupShuffleSplit,
  KFold,
  LeaveOneGroupOut,
  LeaveOneOut,
  PurgedTimeSeriesSplit,
  RepeatedKFold,
  ShuffleSplit,
  SlidingWindowSplit,
  StratifiedGroupKFold,
  StratifiedKFold,
  StratifiedShuffleSplit,
  TimeSeriesSplit,
} from '@tenonjs/validation-splits';
import { SAMPLES } from './sampleCount';

/** What splitters may be told. */
export interface SplitterSettings {
  nSplits: number;
  shuffle: boolean;
  /** In per cent. */
  testShare: number;
  /** Samples between training and test. */
  gap: number;
  seed: number;
}

/** Options as they are written in code, and given to the splitter. */
type Options = Record<string, number | boolean>;

interface Offer {
  kind: 'Folds' | 'Random shares' | 'One at a time' | 'In time';
  /** What is tested on. */
  words: string;
  /** Which settings it takes. */
  takes: readonly (keyof SplitterSettings)[];
  /** What of the samples it looks at. */
  looksAt?: readonly ('y' | 'groups')[];
  options(settings: SplitterSettings): Options;
  make(options: never, onWarning: (message: string) => void): Divider;
}

const folds = ({ nSplits, shuffle, seed }: SplitterSettings): Options => ({
  nSplits,
  ...(shuffle && { shuffle, seed }),
});
const shares = ({ nSplits, testShare, seed }: SplitterSettings): Options => ({
  nSplits,
  testSize: testShare / 100,
  seed,
});

/** Every splitter of the page, in the order of its list. */
export const splitters = {
  KFold: {
    kind: 'Folds',
    words: 'Each sample is tested once, in runs of neighbours; shuffled, in random parts.',
    takes: ['nSplits', 'shuffle', 'seed'],
    options: folds,
    make: (options) => new KFold(options),
  },
  StratifiedKFold: {
    kind: 'Folds',
    words: 'Each sample is tested once, and every fold has each class in its share.',
    takes: ['nSplits', 'shuffle', 'seed'],
    looksAt: ['y'],
    options: folds,
    make: (options, onWarning) => new StratifiedKFold({ ...(options as object), onWarning }),
  },
  GroupKFold: {
    kind: 'Folds',
    words: 'Each group is tested once, as a whole: the largest goes to the lightest fold.',
    takes: ['nSplits'],
    looksAt: ['groups'],
    options: ({ nSplits }) => ({ nSplits }),
    make: (options) => new GroupKFold(options),
  },
  StratifiedGroupKFold: {
    kind: 'Folds',
    words: 'Whole groups, with the classes in shares as equal as the groups allow.',
    takes: ['nSplits', 'shuffle', 'seed'],
    looksAt: ['y', 'groups'],
    options: folds,
    make: (options, onWarning) => new StratifiedGroupKFold({ ...(options as object), onWarning }),
  },
  RepeatedKFold: {
    kind: 'Folds',
    words: 'Random folds, and then random folds again.',
    takes: ['nSplits', 'seed'],
    options: ({ nSplits, seed }) => ({ nSplits, nRepeats: 2, seed }),
    make: (options) => new RepeatedKFold(options),
  },
  ShuffleSplit: {
    kind: 'Random shares',
    words: 'A random share each time: a sample may be tested twice, or never.',
    takes: ['nSplits', 'testShare', 'seed'],
    options: shares,
    make: (options) => new ShuffleSplit(options),
  },
  StratifiedShuffleSplit: {
    kind: 'Random shares',
    words: 'A random share of each class.',
    takes: ['nSplits', 'testShare', 'seed'],
    looksAt: ['y'],
    options: shares,
    make: (options) => new StratifiedShuffleSplit(options),
  },
  GroupShuffleSplit: {
    kind: 'Random shares',
    words: 'A random share of the groups, each as a whole.',
    takes: ['nSplits', 'testShare', 'seed'],
    looksAt: ['groups'],
    options: shares,
    make: (options) => new GroupShuffleSplit(options),
  },
  LeaveOneOut: {
    kind: 'One at a time',
    words: 'Each sample alone, as many splits as there are samples. The first twenty are shown.',
    takes: [],
    options: () => ({}),
    make: () => new LeaveOneOut(),
  },
  LeaveOneGroupOut: {
    kind: 'One at a time',
    words: 'Each group alone, as many splits as there are groups.',
    takes: [],
    looksAt: ['groups'],
    options: () => ({}),
    make: () => new LeaveOneGroupOut(),
  },
  TimeSeriesSplit: {
    kind: 'In time',
    words: 'Tests on what comes after all that was trained on; the training set grows.',
    takes: ['nSplits', 'gap'],
    options: ({ nSplits, gap }) => ({ nSplits, gap }),
    make: (options) => new TimeSeriesSplit(options),
  },
  SlidingWindowSplit: {
    kind: 'In time',
    words: 'Tests on what follows a window of fixed size, which moves on.',
    takes: ['testShare', 'gap'],
    options: ({ testShare, gap }) => ({ trainSize: 20, testSize: Math.ceil((SAMPLES * testShare) / 200), gap }),
    make: (options) => new SlidingWindowSplit(options),
  },
  PurgedTimeSeriesSplit: {
    kind: 'In time',
    words: 'Trains before and after the test, but not next to it, where labels overlap.',
    takes: ['nSplits', 'gap'],
    options: ({ nSplits, gap }) => ({ nSplits, purge: gap, embargo: gap }),
    make: (options) => new PurgedTimeSeriesSplit(options),
  },
} satisfies Record<string, Offer>;

export type SplitterName = keyof typeof splitters;
export const splitterNames = Object.keys(splitters) as SplitterName[];

export const offerOf = (name: SplitterName): Offer => splitters[name];
