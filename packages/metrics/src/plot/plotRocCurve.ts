import * as Plot from '@observablehq/plot';
import { auc } from '../ranking/auc';
import type { RocCurve } from '../ranking/rocCurve';
import { across, draw, frame, type Named, type PictureOptions, points, seriesOf } from './draw';
import { seriesColour } from './theme';

/**
 * The receiver operating characteristic of one model or of several, with the area under each.
 *
 *     plotRocCurve({ forest: rocCurve(yTrue, forest), linear: rocCurve(yTrue, linear) })
 *
 * @param curves - what `rocCurve` gives; or several by name.
 * @returns an SVG element as text.
 * @throws TypeError if something is no curve, or there is no document to draw in.
 */
export function plotRocCurve(curves: Named<RocCurve>, options: PictureOptions = {}): string {
  const name = 'plotRocCurve';
  const series = seriesOf(name, curves, (value) => 'fpr' in value && 'tpr' in value);
  const key = series.map(({ name, curve }, i) => ({
    colour: seriesColour(i),
    name: `${name ? `${name}: ` : ''}area ${auc(curve.fpr, curve.tpr).toFixed(3)}`,
  }));
  return draw(name, options, {
    square: true,
    up: 'true positive rate',
    key,
    ariaLabel: `ROC curve; ${key.map(({ name }) => name).join('; ')}`,
    x: { ...across('false positive rate'), domain: [0, 1], ticks: 5, grid: true },
    y: { grid: true, domain: [0, 1], ticks: 5 },
    marks: [
      frame(),
      diagonal(),
      Plot.text([[0.6, 0.6]], { text: () => 'chance', rotate: -45, dy: 10, fill: 'var(--quiet)' }),
      ...series.map(({ curve }, i) =>
        Plot.line(points(curve.fpr, curve.tpr), { stroke: seriesColour(i), strokeWidth: 2, className: 'curve' }),
      ),
    ],
  });
}

/** From the lower left corner to the upper right. */
export const diagonal = (): Plot.Markish =>
  Plot.line(
    [
      [0, 0],
      [1, 1],
    ],
    { stroke: 'var(--quiet)', strokeDasharray: '4 4' },
  );
