import { describe, expect, test } from 'vitest';
import { heldBy, outcomeOf, SHOWN } from './outcome';
import { SAMPLES } from './sampleCount';
import { samplesOf } from './samples';
import { defaults, writing } from './settings';
import { offerOf, splitterNames } from './splitters';

test('samples are as many as their sizes say, mixed or sorted', () => {
  for (const order of ['sorted', 'mixed'] as const) {
    const { y, groups } = samplesOf({ ...defaults, order });
    expect(y).toHaveLength(SAMPLES);
    expect(['A', 'B', 'C'].map((name) => y.filter((one) => one === name).length)).toEqual(defaults.classes);
    expect(new Set(groups).size).toBe(defaults.groups.length);
    expect(y.join('') === [...y].sort().join('')).toBe(order === 'sorted');
  }
});

describe.each(splitterNames)('%s', (splitter) => {
  test('splits the usual samples without complaint', () => {
    const { splits, error, warning } = outcomeOf({ ...defaults, splitter });
    expect([error, warning]).toEqual(['', '']);
    expect(splits.length).toBeGreaterThan(1);
    expect(splits.length).toBeLessThanOrEqual(SHOWN);
  });

  test('keeps groups together if it looks at them', () => {
    const outcome = outcomeOf({ ...defaults, splitter });
    const leaks = outcome.splits.map((split) => heldBy(split, outcome).leaks);
    const { looksAt = [] } = offerOf(splitter);
    if (looksAt.includes('groups')) expect(Math.max(...leaks)).toBe(0);
    else expect(Math.max(...leaks)).toBeGreaterThan(0);
  });

  test('is written in code with the options it is given', () => {
    const { code } = outcomeOf({ ...defaults, splitter, shuffle: true });
    expect(code).toContain(`import { ${splitter} } from '@tenonjs/validation-splits'`);
    expect(code).toMatch(new RegExp(`new ${splitter}\\(({ .* })?\\)`));
    const { takes } = offerOf(splitter);
    expect(code.includes('seed: 1')).toBe(takes.includes('seed'));
  });
});

test('what a splitter refuses or warns of is said', () => {
  const few = outcomeOf({ ...defaults, splitter: 'StratifiedKFold', nSplits: 10, classes: [50, 6, 4] });
  expect(few.warning).toBe(
    'StratifiedKFold.split: the smallest class has 4 members, fewer than nSplits, 10; some folds lack it',
  );
  const groups = outcomeOf({ ...defaults, splitter: 'GroupKFold', nSplits: 12 });
  expect(groups.error).toMatch(/^GroupKFold.split: nSplits must be at most the number of groups, 6, got 12/);
});

describe('settings in the address', () => {
  test('come back as they were', () => {
    const settings = {
      ...defaults,
      splitter: 'PurgedTimeSeriesSplit',
      gap: 3,
      shuffle: true,
      classes: [20, 20, 20],
    } as const;
    expect(writing.fromQuery(writing.toQuery({ ...settings, classes: [20, 20, 20] }))).toEqual({
      settings,
      refused: [],
    });
  });

  test.each([
    'splitter=Fold',
    'nSplits=1',
    'gap=9',
    'testShare=7',
    'classes=60-0-0',
    'groups=10-10',
    'order=up',
    'shuffle=1',
  ])('that cannot be had are refused, and said so: %s', (query) => {
    expect(writing.fromQuery(query)).toEqual({ settings: defaults, refused: [query] });
  });
});
