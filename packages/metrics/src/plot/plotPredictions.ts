import * as Plot from '@observablehq/plot';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { across, draw, frame, type PictureOptions } from './draw';

/** Beyond so many, dots are drawn fainter. */
const CROWD = 400;

/**
 * What a regression predicted against what came: on the diagonal where it was right.
 *
 *     plotPredictions(yTrue, yPred, { title: 'Prices' })
 *
 * @param yTrue - [N].
 * @param yPred - [N].
 * @returns an SVG element as text.
 * @throws RangeError if lengths differ or a number is not finite; TypeError if there is no document to draw in.
 */
export function plotPredictions(yTrue: Numbers, yPred: Numbers, options: PictureOptions = {}): string {
  const caller = 'plotPredictions';
  checkNumbers(caller, 'yTrue', yTrue);
  checkNumbers(caller, 'yPred', yPred, yTrue.length);
  const dots = Array.from(yTrue, (truth, i) => [truth, yPred[i] as number] as [number, number]);
  const all = dots
    .flat()
    .reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]) as [
    number,
    number,
  ];
  const slack = (all[1] - all[0]) / 25 || 1;
  const domain = [all[0] - slack, all[1] + slack] as [number, number];
  return draw(caller, options, {
    square: true,
    up: 'predicted',
    ariaLabel: `Predictions against the truth of ${dots.length} samples`,
    x: { ...across('actual'), domain, ticks: 5, grid: true },
    y: { grid: true, domain, ticks: 5 },
    marks: [
      frame(),
      Plot.line(
        domain.map((value) => [value, value]),
        { stroke: 'var(--quiet)', strokeDasharray: '4 4' },
      ),
      Plot.dot(dots, {
        fill: 'var(--s1)',
        r: 2.6,
        fillOpacity: dots.length > CROWD ? 0.35 : 0.75,
        className: 'samples',
      }),
    ],
  });
}
