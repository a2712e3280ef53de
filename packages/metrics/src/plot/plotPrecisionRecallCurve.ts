import * as Plot from '@observablehq/plot';
import type { PrecisionRecallCurve } from '../ranking/precisionRecallCurve';
import { across, draw, frame, type Named, type PictureOptions, points, seriesOf } from './draw';
import { seriesColour } from './theme';

/**
 * Precision against recall of one model or of several, in the steps over which average precision is summed, beside what
 * saying "positive" of everything gives.
 *
 *     plotPrecisionRecallCurve(precisionRecallCurve(yTrue, yScore))
 *
 * @param curves - what `precisionRecallCurve` gives; or several by name.
 * @returns an SVG element as text.
 * @throws TypeError if something is no curve, or there is no document to draw in.
 */
export function plotPrecisionRecallCurve(curves: Named<PrecisionRecallCurve>, options: PictureOptions = {}): string {
  const name = 'plotPrecisionRecallCurve';
  const series = seriesOf(name, curves, (value) => 'precision' in value && 'recall' in value);
  const key = series.map(({ name, curve }, i) => ({
    colour: seriesColour(i),
    name: `${name ? `${name}: ` : ''}average precision ${averagePrecision(curve).toFixed(3)}`,
  }));
  // At the lowest threshold everything is positive: the share of positives.
  const share = series[0]?.curve.precision[0] ?? 0;
  return draw(name, options, {
    square: true,
    up: 'precision',
    key,
    ariaLabel: `Precision-recall curve; ${key.map(({ name }) => name).join('; ')}`,
    x: { ...across('recall'), domain: [0, 1], ticks: 5, grid: true },
    y: { grid: true, domain: [0, 1], ticks: 5 },
    marks: [
      frame(),
      Plot.ruleY([share], { stroke: 'var(--quiet)', strokeDasharray: '4 4' }),
      Plot.text([share], {
        y: (value: number) => value,
        text: (value: number) => `share of positives ${value.toFixed(2)}`,
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: 6,
        dy: share > 0.12 ? 10 : -9,
        fill: 'var(--quiet)',
      }),
      ...series.map(({ curve }, i) =>
        Plot.line(points(curve.recall, curve.precision), {
          stroke: seriesColour(i),
          strokeWidth: 2,
          curve: 'step-after',
          className: 'curve',
        }),
      ),
    ],
  });
}

/** `Σ (Rₙ − Rₙ₊₁) Pₙ` of the curve's own points. */
function averagePrecision({ precision, recall }: PrecisionRecallCurve): number {
  let total = 0;
  for (let i = 0; i + 1 < recall.length; i++) {
    total += ((recall[i] as number) - (recall[i + 1] as number)) * (precision[i] as number);
  }
  return total;
}
