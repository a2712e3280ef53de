import { token } from '../../page/theme';
import { paintAxes } from '../../plane/axes';
import { Board } from '../../plane/board';
import { BINS, LAGS, type Scene, type Walk } from '../protocol';
import { chainColour } from './chainColours';

/** Steps that the traces show, and chains. */
const [TRACE, MOST_CHAINS] = [400, 4];

/** The first coordinate of a few chains over their last steps. */
export class TraceChart {
  readonly #board: Board;
  #half = 1;
  #chains = 0;
  #steps = 0;
  #traces: number[][] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => {
      const end = Math.max(this.#steps, 50);
      const first = Math.max(0, end - TRACE);
      const frame = paintAxes(surface, { x: [first, end], y: [-this.#half, this.#half] });
      const { context } = surface;
      context.lineWidth = 1.1;
      this.#traces.forEach((trace, chain) => {
        context.strokeStyle = chainColour(chain);
        context.beginPath();
        const from = this.#steps - trace.length + 1;
        trace.forEach((value, i) => {
          if (from + i >= first) context.lineTo(frame.x(from + i), frame.y(value));
        });
        context.stroke();
      });
    });
  }

  open({ half, start }: Scene): void {
    this.#half = half;
    this.#chains = start.length / 2;
    this.#steps = 0;
    this.#traces = Array.from({ length: Math.min(MOST_CHAINS, this.#chains) }, (_, i) => [start[2 * i] as number]);
    this.#board.repaint();
  }

  add({ states }: Walk): void {
    const stride = 2 * this.#chains;
    for (let at = 0; at < states.length; at += stride) {
      this.#steps++;
      this.#traces.forEach((trace, chain) => {
        trace.push(states[at + 2 * chain] as number);
      });
    }
    this.#traces = this.#traces.map((trace) => trace.slice(-TRACE - 1));
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }
}

/** How much a step still tells of the one so many steps later. */
export class AutocorrelationChart {
  readonly #board: Board;
  #values = new Float32Array();

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => {
      const frame = paintAxes(surface, { x: [0, LAGS], y: [-0.5, 1] });
      const { context } = surface;
      context.fillStyle = token('--model');
      const width = Math.max(1, (frame.x(1) - frame.x(0)) * 0.7);
      this.#values.forEach((value, lag) => {
        if (Number.isNaN(value)) return;
        const [zero, top] = [frame.y(0), frame.y(Math.max(-0.5, value))];
        context.fillRect(frame.x(lag), Math.min(zero, top), width, Math.max(1, Math.abs(zero - top)));
      });
    });
  }

  /** @param values - over lags 0, 1, …. */
  show(values: Float32Array<ArrayBuffer>): void {
    this.#values = values;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }
}

/** How often the chains were in each bin along x, under the line of what it should be. */
export class MarginalChart {
  readonly #board: Board;
  #half = 1;
  #truth: Float32Array = new Float32Array(BINS);
  #bins: Float32Array = new Float32Array(BINS);

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => {
      const width = (2 * this.#half) / BINS;
      const top = Math.max(1.6 * Math.max(...this.#truth), Number.MIN_VALUE) / width;
      const words = (value: number) => value.toFixed(2);
      const frame = paintAxes(surface, { x: [-this.#half, this.#half], y: [0, top], words });
      const { context } = surface;
      const left = (bin: number) => frame.x(-this.#half + bin * width);
      context.fillStyle = token('--data');
      context.globalAlpha = 0.55;
      this.#bins.forEach((share, bin) => {
        const y = frame.y(Math.min(top, share / width));
        context.fillRect(left(bin), y, left(bin + 1) - left(bin) - 0.5, frame.y(0) - y);
      });
      context.globalAlpha = 1;
      context.strokeStyle = token('--model');
      context.lineWidth = 2;
      context.beginPath();
      this.#truth.forEach((share, bin) => {
        context.lineTo((left(bin) + left(bin + 1)) / 2, frame.y(share / width));
      });
      context.stroke();
    });
  }

  open({ half, truth }: Scene): void {
    this.#half = half;
    this.#truth = truth;
    this.#bins = new Float32Array(BINS);
    this.#board.repaint();
  }

  show(bins: Float32Array<ArrayBuffer>): void {
    this.#bins = bins;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }
}
