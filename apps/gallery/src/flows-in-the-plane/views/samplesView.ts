import { token } from '../../page/theme';
import { Board } from '../../plane/board';
import { paintDots } from '../../plane/dots';
import type { PlaneWindow } from '../../plane/window';

/** The data, and over them what the flow draws. */
export class SamplesView {
  readonly #board: Board;
  #window: PlaneWindow | undefined;
  #data = new Float32Array();
  #samples = new Float32Array();
  #shown = { data: true, samples: true };

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => {
      if (this.#window === undefined) return;
      const look = { opacity: 0.6, size: Math.max(1.6, surface.side / 170) };
      if (this.#shown.data) paintDots(surface, this.#data, this.#window, { ...look, colour: token('--data') });
      if (this.#shown.samples) paintDots(surface, this.#samples, this.#window, { ...look, colour: token('--model') });
    });
  }

  /** @param data - shape [n, 2]. */
  open(data: Float32Array<ArrayBuffer>, window: PlaneWindow): void {
    this.#data = data;
    this.#window = window;
    this.#samples = new Float32Array();
    this.#board.repaint();
  }

  /** @param samples - shape [n, 2]. */
  update(samples: Float32Array<ArrayBuffer>): void {
    this.#samples = samples;
    this.#board.repaint();
  }

  show(shown: { data: boolean; samples: boolean }): void {
    this.#shown = shown;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }
}
