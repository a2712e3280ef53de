import * as Plot from '@observablehq/plot';
import type { CalibrationCurve } from '../probabilities/calibrationCurve';
import { across, draw, frame, type Named, type PictureOptions, points, seriesOf } from './draw';
import { diagonal } from './plotRocCurve';
import { seriesColour } from './theme';

/**
 * How often what was given a probability came true: on the diagonal if the probabilities mean what they say, below it if
 * they are too high.
 *
 *     plotCalibrationCurve(calibrationCurve(yTrue, yProb, { nBins: 10 }))
 *
 * @param curves - what `calibrationCurve` gives; or several by name.
 * @returns an SVG element as text.
 * @throws TypeError if something is no curve, or there is no document to draw in.
 */
export function plotCalibrationCurve(curves: Named<CalibrationCurve>, options: PictureOptions = {}): string {
  const name = 'plotCalibrationCurve';
  const series = seriesOf(name, curves, (value) => 'probTrue' in value && 'probPred' in value);
  const key = series.flatMap(({ name }, i) => (name ? [{ colour: seriesColour(i), name }] : []));
  return draw(name, options, {
    square: true,
    up: 'share that came true',
    key,
    ariaLabel: `Calibration curve${key.map(({ name }) => `; ${name}`).join('')}`,
    x: { ...across('mean predicted probability'), domain: [0, 1], ticks: 5, grid: true },
    y: { grid: true, domain: [0, 1], ticks: 5 },
    marks: [
      frame(),
      diagonal(),
      Plot.text([[0.25, 0.25]], { text: () => 'calibrated', rotate: -45, dy: 10, fill: 'var(--quiet)' }),
      ...series.flatMap(({ curve }, i) => {
        const at = points(curve.probPred, curve.probTrue);
        return [
          Plot.line(at, { stroke: seriesColour(i), strokeWidth: 2, className: 'curve' }),
          Plot.dot(at, { fill: seriesColour(i), r: 3.5, stroke: 'var(--paper)' }),
        ];
      }),
    ],
  });
}
