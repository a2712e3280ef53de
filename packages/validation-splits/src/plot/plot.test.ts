import { DOMParser, parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { LearningCurve, ValidationCurve } from '../evaluate';
import { GroupKFold, LeaveOneOut, PurgedTimeSeriesSplit, type Split, StratifiedKFold } from '../index';
import { plotLearningCurve, plotSplits, plotValidationCurve } from './index';
import { runsOf } from './runs';

const { document } = parseHTML('<html></html>');
const svgOf = (text: string) =>
  new DOMParser().parseFromString(text, 'image/svg+xml').documentElement as unknown as Element;
const textsOf = (svg: Element) => [...svg.querySelectorAll('text')].map((text) => text.textContent);
const numberOf = (element: Element, name: string) => Number(element.getAttribute(name));

describe('plotSplits', () => {
  const [left, right, width] = [66, 22, 560];

  /** What the picture says of each sample in its rows, from top to bottom: the colours. */
  function coloursOf(svg: Element, n: number): string[][] {
    const bars = [...svg.querySelectorAll('.runs rect')];
    const tops = [...new Set(bars.map((bar) => numberOf(bar, 'y')))].sort((a, b) => a - b);
    const place = (x: number) => Math.round(((x - left) / (width - left - right)) * n);
    return tops.map((top) => {
      const row = new Array<string>(n);
      for (const bar of bars.filter((one) => numberOf(one, 'y') === top)) {
        const start = place(numberOf(bar, 'x'));
        row.fill(
          bar.getAttribute('fill') as string,
          start,
          start + Math.round((numberOf(bar, 'width') / (width - left - right)) * n),
        );
      }
      return row;
    });
  }

  const expected = (splits: Iterable<Split>, n: number) =>
    Array.from(splits, ({ train, test }) => {
      const row = new Array<string>(n).fill('var(--out)');
      for (const i of train) row[i] = 'var(--train)';
      for (const i of test) row[i] = 'var(--test)';
      return row;
    });

  const y = Array.from({ length: 30 }, (_, i) => (i * 7) % 3);
  const groups = Array.from({ length: 30 }, (_, i) => Math.floor(i / 4));

  test.each([
    ['StratifiedKFold', new StratifiedKFold({ nSplits: 3, shuffle: true, seed: 2 })],
    ['GroupKFold', new GroupKFold({ nSplits: 4 })],
    ['PurgedTimeSeriesSplit', new PurgedTimeSeriesSplit({ nSplits: 3, purge: 1, embargo: 2 })],
  ])('%s: each sample is where its split has it', (_, splitter) => {
    const splits = splitter.split(30, { y, groups });
    const svg = svgOf(plotSplits(splits, 30, { document }));
    expect(coloursOf(svg, 30)).toEqual(expected(splits, 30));
    expect(textsOf(svg).includes('left out')).toBe(splitter instanceof PurgedTimeSeriesSplit);
  });

  test('classes and groups stand below, a colour each', () => {
    const svg = svgOf(plotSplits(new GroupKFold({ nSplits: 2 }).split(30, { groups }), 30, { document, y, groups }));
    const [, , classes = [], members = []] = coloursOf(svg, 30);
    expect(classes).toEqual(y.map((label) => `var(--c${label + 1})`));
    expect(members).toEqual(groups.map((group) => `var(--c${(group % 6) + 1})`));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['split 1', 'split 2', 'class', 'group', 'sample']));
  });

  test('of many splits only the first are made', () => {
    let made = 0;
    function* counted() {
      for (const split of new LeaveOneOut().split(50)) {
        made++;
        yield split;
      }
    }
    const svg = svgOf(plotSplits(counted(), 50, { document, maxSplits: 4, title: 'One by one' }));
    expect(made).toBe(5);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['split 4', 'the first 4 splits', 'One by one']));
    expect(textsOf(svg)).not.toContain('split 5');
  });
});

const scores = (...rows: number[][]) => ({
  train: rows.map((row) => Float64Array.from(row, (value) => value + 0.1)),
  test: rows.map((row) => Float64Array.from(row)),
  trainMean: Float64Array.from(rows, ([a = 0, b = 0]) => (a + b) / 2 + 0.1),
  testMean: Float64Array.from(rows, ([a = 0, b = 0]) => (a + b) / 2),
  trainStd: Float64Array.from(rows, () => 0.02),
  testStd: Float64Array.from(rows, ([a = 0, b = 0]) => Math.abs(a - b) / 2),
});
const curves = { accuracy: scores([0.5, 0.6], [0.7, 0.7], [0.8, 0.84]), loss: scores([2, 1], [1, 1], [1, 0.5]) };
const learning: LearningCurve = { trainSizes: Uint32Array.of(10, 40, 90), curves };
const validation: ValidationCurve<number> = { values: [0.01, 1, 100], curves };

describe('curves of scores', () => {
  /** Where the dots of both sides stand: [training, validation]. */
  const dots = (svg: Element) => {
    const all = [...svg.querySelectorAll('circle')].map((dot) => [numberOf(dot, 'cx'), numberOf(dot, 'cy')]);
    return [all.slice(0, all.length / 2), all.slice(all.length / 2)] as [number[][], number[][]];
  };
  /** Whether numbers stand as others do, up to shift and scale. */
  const alike = (got: number[], values: number[]) => {
    const scale = ((got.at(-1) as number) - (got[0] as number)) / ((values.at(-1) as number) - (values[0] as number));
    for (const [i, value] of values.entries()) {
      expect(got[i]).toBeCloseTo((got[0] as number) + scale * (value - (values[0] as number)), 1);
    }
    return scale;
  };

  test('the learning curve has a dot at each size, of both sides', () => {
    const svg = svgOf(plotLearningCurve(learning, { document }));
    const [train, test] = dots(svg);
    const both = [...train, ...test];
    const up = alike(
      both.map(([, y]) => y as number),
      [...curves.accuracy.trainMean, ...curves.accuracy.testMean],
    );
    expect(up).toBeLessThan(0); // what is better stands higher
    expect(
      alike(
        train.map(([x]) => x as number),
        [10, 40, 90],
      ),
    ).toBeGreaterThan(0);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        'accuracy',
        'training samples',
        'training',
        'validation',
        '± 1 standard deviation of 2 folds',
        '10',
        '40',
        '90',
      ]),
    );
  });

  test('the band is a standard deviation to either side', () => {
    const svg = svgOf(plotLearningCurve(learning, { document }));
    const [, test] = dots(svg);
    const band =
      svg.querySelectorAll('.band')[1]?.getAttribute('d') ??
      svg.querySelectorAll('.band path')[1]?.getAttribute('d') ??
      '';
    const heights = (band.match(/-?\d+(\.\d+)?/g) ?? []).map(Number).filter((_, i) => i % 2 === 1);
    const scale = ((test[2]?.[1] as number) - (test[0]?.[1] as number)) / (0.82 - 0.55);
    expect(Math.abs((heights[0] as number) - (test[0]?.[1] as number))).toBeCloseTo(Math.abs(scale * 0.05), 1);
  });

  test('any metric may be chosen', () => {
    const svg = svgOf(plotLearningCurve(learning, { document, metric: 'loss' }));
    expect(textsOf(svg)).toContain('loss');
    alike(
      dots(svg)[1].map(([, y]) => y as number),
      [...curves.loss.testMean],
    );
  });

  test('the validation curve spreads its values by themselves, by powers of ten, or one by one', () => {
    const across = (options: object, curve: ValidationCurve<unknown> = validation) =>
      dots(svgOf(plotValidationCurve(curve, { document, ...options })))[1].map(([x]) => x as number);
    alike(across({}), [0.01, 1, 100]);
    alike(across({ scale: 'log' }), [-2, 0, 2]);
    alike(across({ scale: 'point' }), [0, 1, 2]);
    alike(across({}, { values: ['linear', 'poly', 'rbf'], curves }), [0, 1, 2]);
    const svg = svgOf(plotValidationCurve(validation, { document, parameter: 'penalty', scale: 'log' }));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['penalty', '0.01', '1', '100']));
  });
});

test('a picture stands alone, in light and in dark', () => {
  const text = plotLearningCurve(learning, { document });
  expect(text).toMatch(/^<svg .*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(text).toContain('prefers-color-scheme:dark');
  expect(plotLearningCurve(learning, { document, theme: 'dark' })).not.toContain('prefers-color-scheme');
  expect(svgOf(text).getAttribute('aria-label')).toBe(
    'accuracy by training samples: training ends at 0.920, validation ends at 0.820',
  );
});

test('neighbours that are alike are one run', () => {
  const values = 'aabccc';
  expect(runsOf(6, (i) => values[i]).map(({ start, end, value }) => `${value}${start}-${end}`)).toEqual([
    'a0-2',
    'b2-3',
    'c3-6',
  ]);
});

test.each([
  [() => plotSplits([], 3), /^plotSplits: document must be a document, got undefined; in Node give one/],
  [() => plotSplits([], 0, { document }), 'plotSplits: n must be an integer of at least 1, got 0'],
  [() => plotSplits([], 3, { document, y: [1] }), 'plotSplits: y must have 3 entries, one a sample, got 1'],
  [
    () => plotLearningCurve(learning, { document, metric: 'auc' }),
    'plotLearningCurve: metric must be one of accuracy, loss, got "auc"',
  ],
  [() => plotLearningCurve(learning, { document, width: 10 }), 'plotLearningCurve: width must be at least 200, got 10'],
])('refuses what cannot be drawn %#', (call, message) => {
  expect(call).toThrow(message);
});
