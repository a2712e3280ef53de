import uPlot from 'uplot';
import { token } from '../../page/theme';

/** Shown before there are that many steps. */
const FIRST_STEPS = 100;

/** The share of held-out digits that is right, over the steps. */
export class AccuracyChart {
  readonly #chart: uPlot;
  #steps: number[] = [];
  #shares: number[] = [];

  constructor(box: HTMLElement) {
    const axis: uPlot.Axis = {
      stroke: () => token('--ink-soft'),
      grid: { stroke: () => token('--line'), width: 1 },
      ticks: { show: false },
      font: `12px ${token('--sans')}`,
    };
    this.#chart = new uPlot(
      {
        width: box.clientWidth,
        height: box.clientHeight,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 18, 0, 0],
        scales: {
          x: { time: false, range: (_, __, most) => [0, Math.max(FIRST_STEPS, most ?? 0)] },
          y: { range: () => [0, 1] },
        },
        axes: [
          { ...axis, size: 28 },
          { ...axis, size: 48, values: (_, ticks) => ticks.map((share) => `${Math.round(100 * share)} %`) },
        ],
        series: [
          {},
          { stroke: () => token('--model'), width: 2, points: { show: true, size: 5, fill: token('--model') } },
        ],
      },
      [[], []],
      box,
    );
    new ResizeObserver(() => this.#chart.setSize({ width: box.clientWidth, height: box.clientHeight })).observe(box);
  }

  open(): void {
    [this.#steps, this.#shares] = [[], []];
    this.repaint();
  }

  add(step: number, share: number): void {
    this.#steps.push(step);
    this.#shares.push(share);
    this.repaint();
  }

  repaint(): void {
    this.#chart.setData([this.#steps, this.#shares]);
  }
}
