import type uPlot from 'uplot';
import { chartOverSteps } from '../../loss/chartOverSteps';
import { token } from '../../page/theme';

/** The share of held-out digits that is right, over the steps. */
export class AccuracyChart {
  readonly #chart: uPlot;
  #steps: number[] = [];
  #shares: number[] = [];

  constructor(box: HTMLElement) {
    this.#chart = chartOverSteps(box, {
      range: () => [0, 1],
      axis: { size: 48, values: (_, ticks) => ticks.map((share) => `${Math.round(100 * share)} %`) },
      series: [{ stroke: () => token('--model'), width: 2, points: { show: true, size: 5, fill: token('--model') } }],
    });
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
