import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { token } from '../page/theme';

/** Shown before there are that many steps. */
export const FIRST_STEPS = 100;

interface Curves {
  /** What the upright axis shows, asked for at every drawing. */
  range(): [number, number];
  /** How its numbers are written, and the room they take. */
  axis: uPlot.Axis;
  series: uPlot.Series[];
}

/** A chart of curves over training steps, in the page's colours, as large as its box. */
export function chartOverSteps(box: HTMLElement, { range, axis, series }: Curves): uPlot {
  const common: uPlot.Axis = {
    stroke: () => token('--ink-soft'),
    grid: { stroke: () => token('--line'), width: 1 },
    ticks: { show: false },
    font: `12px ${token('--sans')}`,
  };
  const chart = new uPlot(
    {
      width: box.clientWidth,
      height: box.clientHeight,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 18, 0, 0],
      scales: {
        x: { time: false, range: (_, __, most) => [0, Math.max(FIRST_STEPS, most ?? 0)] },
        y: { range },
      },
      axes: [
        { ...common, size: 28 },
        { ...common, ...axis },
      ],
      series: [{}, ...series],
    },
    [[], ...series.map(() => [])],
    box,
  );
  new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: box.clientHeight })).observe(box);
  return chart;
}
