import type uPlot from 'uplot';
import { token } from '../page/theme';
import { chartOverSteps, FIRST_STEPS } from './chartOverSteps';

/** The chart is redrawn at most this often. */
const EVERY_MS = 150;

/** Losses over steps, their running mean, and the floor that no model can pass, where one is known. */
export class LossChart {
  readonly #chart: uPlot;
  readonly #empty: HTMLElement | null;
  #floor: number | undefined;
  #columns: [number[], number[], number[]] = [[], [], []];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param box - may hold a line of words under `.empty`, for as long as there is no loss. */
  constructor(box: HTMLElement) {
    this.#empty = box.querySelector('.empty');
    this.#chart = chartOverSteps(box, {
      range: () => this.#range(),
      axis: { size: 44 },
      series: [
        {
          stroke: () => `color-mix(in srgb, ${token('--model')} 35%, transparent)`,
          width: 1,
          points: { show: false },
        },
        { stroke: () => token('--model'), width: 2, points: { show: false } },
        { stroke: () => token('--data'), width: 1.5, dash: [6, 4], points: { show: false } },
      ],
    });
  }

  /** @param floor - in nats, where it is known. */
  open(floor?: number): void {
    this.#floor = floor;
    this.update([[], [], []]);
  }

  /** @param columns - steps, losses and their running mean. */
  update(columns: [number[], number[], number[]]): void {
    this.#columns = columns;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.repaint();
    }, EVERY_MS);
  }

  repaint(): void {
    const [steps, losses, means] = this.#columns;
    this.#empty?.toggleAttribute('hidden', steps.length > 0);
    // The floor is a line from edge to edge, also where no loss is yet.
    const xs = [0, ...steps, Math.max(FIRST_STEPS, steps.at(-1) ?? 0)];
    const floor = xs.map(() => this.#floor ?? null);
    this.#chart.setData([xs, [null, ...losses, null], [null, ...means, null], floor]);
  }

  /** From a little below the floor to where all but the wildest losses are. */
  #range(): [number, number] {
    const sorted = [...this.#columns[1]].sort((a, b) => a - b);
    const bottom = this.#floor ?? sorted[0] ?? 0;
    const top = Math.max(sorted[Math.floor(sorted.length * 0.98)] ?? 0, bottom + 0.5);
    const span = top - bottom;
    return [bottom - 0.12 * span, top + 0.08 * span];
  }
}
