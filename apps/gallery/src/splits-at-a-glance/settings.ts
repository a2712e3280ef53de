import { type Rule, type Rules, writingOf } from '../page/settings';
import { SAMPLES } from './sampleCount';
import { type SplitterName, type SplitterSettings, splitterNames } from './splitters';

const orders = ['sorted', 'mixed'] as const;

/** Everything that decides what a visitor sees. */
export interface Settings extends SplitterSettings {
  splitter: SplitterName;
  /** Whether the classes stand one after another. */
  order: (typeof orders)[number];
  /** How many samples each class has. */
  classes: number[];
  /** How many samples each group has. */
  groups: number[];
}

export const defaults: Settings = {
  splitter: 'KFold',
  nSplits: 5,
  shuffle: false,
  testShare: 25,
  gap: 0,
  seed: 1,
  order: 'mixed',
  classes: [36, 16, 8],
  groups: [15, 13, 11, 9, 7, 5],
};

export const rules: Rules<Settings> = {
  splitter: splitterNames,
  nSplits: { from: 2, to: 12 },
  shuffle: [true, false],
  testShare: [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60],
  gap: { from: 0, to: 8 },
  seed: { from: 0, to: 999 },
  order: orders,
  classes: sizes(defaults.classes.length),
  groups: sizes(defaults.groups.length),
};

export const writing = writingOf(defaults, rules);

/** Sizes of at least 1 that take all samples. */
function sizes(count: number): Rule<number[]> {
  return {
    write: (numbers) => numbers.join('-'),
    read(text) {
      const numbers = text.split('-').map(Number);
      const fit = numbers.length === count && numbers.every((size) => Number.isInteger(size) && size >= 1);
      return fit && numbers.reduce((sum, size) => sum + size, 0) === SAMPLES ? numbers : undefined;
    },
  };
}
