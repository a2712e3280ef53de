import { DOMParser, parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { calibrationCurve, confusionMatrix, precisionRecallCurve, rocCurve } from '../index';
import { draw as drawSamples } from '../testing/registry';
import {
  plotCalibrationCurve,
  plotConfusionMatrix,
  plotPrecisionRecallCurve,
  plotPredictions,
  plotRocCurve,
} from './index';

const { document } = parseHTML('<html></html>');
const yTrue = drawSamples('binary', 60, 1) as number[];
const yScore = drawSamples('shares', 60, 2) as number[];
const other = drawSamples('shares', 60, 3) as number[];
/** What the frame leaves free of a picture of the usual width. */
const [width, left, right] = [440, 58, 22];

const svgOf = (text: string) =>
  new DOMParser().parseFromString(text, 'image/svg+xml').documentElement as unknown as Element;
const textsOf = (svg: Element) => [...svg.querySelectorAll('text')].map((text) => text.textContent);
const numbersOf = (words: string | null | undefined) => (words?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** The corners of the i-th curve, in the units of its axes. */
function cornersOf(svg: Element, i = 0): number[][] {
  const path = svg.querySelectorAll('.curve path, path.curve')[i];
  const span = width - left - right;
  const bottom = Math.max(
    ...[...svg.querySelectorAll('[aria-label="frame"]')].map(
      (frame) => Number(frame.getAttribute('y')) + Number(frame.getAttribute('height')),
    ),
  );
  const flat: number[] = [];
  // Corners: M x,y L x,y; and, of steps, H x and V y.
  let [x, y] = [0, 0];
  for (const [, letter, rest] of (path?.getAttribute('d') ?? '').matchAll(/([MLHV])([^MLHV]*)/g)) {
    const given = numbersOf(rest);
    for (let k = 0; k < given.length; k += letter === 'H' || letter === 'V' ? 1 : 2) {
      if (letter === 'H') x = given[k] as number;
      else if (letter === 'V') y = given[k] as number;
      else [x, y] = given.slice(k, k + 2) as [number, number];
      flat.push((x - left) / span, (bottom - y) / span);
    }
  }
  return Array.from({ length: flat.length / 2 }, (_, k) => flat.slice(2 * k, 2 * k + 2));
}

const near = (got: number[][], expected: number[][]) => {
  expect(got).toHaveLength(expected.length);
  for (const [k, [x, y]] of expected.entries()) {
    expect(got[k]?.[0]).toBeCloseTo(x as number, 4);
    expect(got[k]?.[1]).toBeCloseTo(y as number, 4);
  }
};
const pairs = (x: ArrayLike<number>, y: ArrayLike<number>) => Array.from(x, (value, i) => [value, y[i] as number]);

describe('curves', () => {
  test('the ROC curve goes through its own points, and says the area under them', () => {
    const curve = rocCurve(yTrue, yScore);
    const svg = svgOf(plotRocCurve(curve, { document }));
    near(cornersOf(svg), pairs(curve.fpr, curve.tpr));
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['false positive rate', 'true positive rate', 'chance', '0.0', '1.0']),
    );
    expect(textsOf(svg).filter((text) => /^area 0\.\d{3}$/.test(text ?? ''))).toHaveLength(1);
  });

  test('several curves have a name and a colour each', () => {
    const curves = { one: rocCurve(yTrue, yScore), 'two & <three>': rocCurve(yTrue, other) };
    const text = plotRocCurve(curves, { document, title: 'Which is better?' });
    const svg = svgOf(text);
    near(cornersOf(svg, 1), pairs(curves['two & <three>'].fpr, curves['two & <three>'].tpr));
    expect(textsOf(svg)).toContain('Which is better?');
    expect(textsOf(svg).filter((name) => name?.startsWith('two & <three>: area'))).toHaveLength(1);
    const colours = [...svg.querySelectorAll('.curve')].map((curve) => curve.getAttribute('stroke'));
    expect(colours).toEqual(['var(--s1)', 'var(--s2)']);
  });

  test('precision and recall go in steps through their own points', () => {
    const curve = precisionRecallCurve(yTrue, yScore);
    const svg = svgOf(plotPrecisionRecallCurve(curve, { document }));
    const corners = cornersOf(svg);
    const has = (x: number, y: number) =>
      corners.some((corner) => Math.hypot((corner[0] as number) - x, (corner[1] as number) - y) < 1e-4);
    const own = pairs(curve.recall, curve.precision) as [number, number][];
    for (const [i, [recall, precision]] of own.entries()) {
      expect(has(recall, precision)).toBe(true);
      // As recall falls precision stays, up to the next point: that is what average precision sums.
      expect(has((own[i + 1] ?? own[i])?.[0] as number, precision)).toBe(true);
    }
    // Between two points precision stays, and then falls or rises at once.
    for (const [k, corner] of corners.entries()) {
      const next = corners[k + 1] ?? corner;
      expect(
        Math.min(
          Math.abs((corner[0] as number) - (next[0] as number)),
          Math.abs((corner[1] as number) - (next[1] as number)),
        ),
      ).toBeLessThan(1e-4);
    }
    const positives = yTrue.filter((y) => y === 1).length / yTrue.length;
    expect(textsOf(svg)).toContain(`share of positives ${positives.toFixed(2)}`);
  });

  test('calibration has a dot at each bin', () => {
    const curve = calibrationCurve(yTrue, yScore, { nBins: 6 });
    const svg = svgOf(plotCalibrationCurve({ model: curve }, { document }));
    near(cornersOf(svg), pairs(curve.probPred, curve.probTrue));
    expect(svg.querySelectorAll('circle')).toHaveLength(curve.probTrue.length);
  });
});

test('a confusion matrix has a cell for each pair, as dark as its share of the row', () => {
  const matrix = confusionMatrix([0, 0, 0, 0, 1, 1, 2], [0, 0, 0, 1, 1, 0, 2]);
  const svg = svgOf(plotConfusionMatrix(matrix, { document, labels: ['ant', 'bee', 'cat'] }));
  const shades = [...svg.querySelectorAll('.cells rect')].map((cell) => Number(cell.getAttribute('fill-opacity')));
  expect(shades).toEqual([0.75, 0.25, 0, 0.5, 0.5, 0, 0, 0, 1]);
  expect(textsOf(svg)).toEqual(
    expect.arrayContaining(['ant', 'bee', 'cat', 'actual', 'predicted', '3', '75 %', '100 %']),
  );
  expect(svg.querySelector('.cells title')?.textContent).toBe('ant said to be ant: 3');
});

test('predictions are a dot a sample', () => {
  const svg = svgOf(plotPredictions([1, 2, 3], Float32Array.of(1, 2.5, 2), { document }));
  expect(svg.querySelectorAll('.samples circle')).toHaveLength(3);
});

describe('every picture', () => {
  const curve = rocCurve(yTrue, yScore);
  test('stands alone, in light and in dark, under the name it is given', () => {
    const text = plotRocCurve(curve, { document });
    expect(text).toMatch(/^<svg /);
    expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(text).toContain('prefers-color-scheme:dark');
    expect(plotRocCurve(curve, { document, theme: 'light' })).not.toContain('prefers-color-scheme');
    expect(svgOf(text).getAttribute('role')).toBe('img');
    expect(svgOf(text).getAttribute('aria-label')).toMatch(/^ROC curve; area 0\.\d{3}$/);
  });

  test('is as wide as it is told to be', () => {
    expect(svgOf(plotRocCurve(curve, { document, width: 300 })).getAttribute('viewBox')).toMatch(/^0 0 300 /);
  });

  test.each([
    [() => plotRocCurve(curve), /^plotRocCurve: document must be a document, got undefined; in Node give one/],
    [() => plotRocCurve(curve, { document, width: 20 }), 'plotRocCurve: width must be at least 200, got 20'],
    [
      () => plotRocCurve(curve, { document, theme: 'blue' as never }),
      "theme must be 'auto', 'light', 'dark', got 'blue'",
    ],
    [() => plotRocCurve({}, { document }), 'plotRocCurve: curves must be at least one, got none'],
    [
      () => plotRocCurve({ a: [1] as never }, { document }),
      'plotRocCurve: curves.a must be a curve, got an array of 1',
    ],
    [
      () => plotConfusionMatrix([[1, 2]], { document }),
      'plotConfusionMatrix: matrix must be [K, K], got a row of 2 among 1',
    ],
    [() => plotConfusionMatrix([[1]], { document, labels: ['a', 'b'] }), 'labels must have 1 elements, got 2'],
    [() => plotPredictions([1], [1, 2], { document }), 'plotPredictions: yPred must have 1 elements, got 2'],
  ])('refuses what cannot be drawn %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
