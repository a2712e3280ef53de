import * as Plot from '@observablehq/plot';
import { show } from '../checks';
import type { ScoreCurve } from '../evaluation/scoreCurve';
import { draw, type Picture, type PictureOptions } from './draw';

/** Scores of folds on either side, along a curve. */
export interface ScorePictureOptions extends PictureOptions {
  /** Which metric is drawn: the first if left out. */
  metric?: string;
}

/** Mean scores of training and of test samples, and one standard deviation over the folds on either side of them. */
export function drawScores(
  where: string,
  options: ScorePictureOptions,
  curves: Record<string, ScoreCurve>,
  places: readonly (number | string)[],
  axis: { x: Picture['x']; name: string },
): string {
  const { metric = Object.keys(curves ?? {})[0] ?? '' } = options;
  const curve = curves?.[metric];
  if (!curve) {
    const known = Object.keys(curves ?? {}).join(', ') || 'a metric of the curve';
    throw new RangeError(`${where}: metric must be one of ${known}, got ${show(metric)}`);
  }
  const sides = [
    { name: 'training', colour: 'var(--train)', mean: curve.trainMean, std: curve.trainStd },
    { name: 'validation', colour: 'var(--test)', mean: curve.testMean, std: curve.testStd },
  ];
  const folds = curve.test[0]?.length ?? 0;
  return draw(where, options, {
    height: 250,
    up: metric,
    key: [...sides, { name: `± 1 standard deviation of ${folds} folds`, colour: 'var(--rule)' }],
    ariaLabel: `${metric} by ${axis.name}: ${sides.map(({ name, mean }) => `${name} ends at ${mean.at(-1)?.toPrecision(3)}`).join(', ')}`,
    x: axis.x,
    y: { grid: true, ticks: 5, nice: true },
    marks: [
      Plot.frame({ stroke: 'var(--rule)' }),
      ...sides.flatMap(({ colour, mean, std }) => {
        const points = Array.from(mean, (value, i) => ({ x: places[i], y: value, deviation: std[i] as number }));
        const band = {
          x: 'x',
          y1: (p: { y: number; deviation: number }) => p.y - p.deviation,
          y2: (p: { y: number; deviation: number }) => p.y + p.deviation,
        };
        return [
          Plot.areaY(points, { ...band, fill: colour, fillOpacity: 0.16, className: 'band' }),
          Plot.line(points, { x: 'x', y: 'y', stroke: colour, strokeWidth: 2, className: 'curve' }),
          Plot.dot(points, { x: 'x', y: 'y', fill: colour, r: 3.5, stroke: 'var(--paper)' }),
        ];
      }),
    ],
  });
}
