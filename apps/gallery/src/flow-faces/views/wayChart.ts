import { token } from '../../page/theme';
import { paintAxes } from '../../plane/axes';
import { Board } from '../../plane/board';
import { STATIONS, type Stations, type Way, wayNames } from '../protocol';

const colours: Record<Way, `--${string}`> = { arc: '--model', line: '--weft', pixels: '--data' };
const dashes: Record<Way, number[]> = { arc: [], line: [7, 4], pixels: [2, 3] };

/** A number along the three ways, and a line where the large pictures are. */
export class WayChart {
  readonly #board: Board;
  #values: Partial<Record<Way, Float32Array>> = {};
  #share = 0;

  /** @param guide - a value that means something, which a thin line shows. */
  constructor(canvas: HTMLCanvasElement, { digits, guide }: { digits: number; guide?: number }) {
    this.#board = new Board(canvas, (surface) => {
      const all = Object.values(this.#values).flatMap((values) => [...values]);
      if (all.length === 0) return;
      if (guide !== undefined) all.push(guide);
      const [low, high] = [Math.min(...all), Math.max(...all)];
      const room = Math.max(0.05 * (high - low), 0.01);
      const words = (value: number) => value.toFixed(digits);
      const frame = paintAxes(surface, { x: [0, 100], y: [low - room, high + room], words });
      const { context } = surface;
      const stroke = (colour: string, width: number, dash: number[], places: [number, number][]) => {
        Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: 'round' });
        context.setLineDash(dash);
        context.beginPath();
        for (const [x, y] of places) context.lineTo(frame.x(x), frame.y(y));
        context.stroke();
        context.setLineDash([]);
      };
      if (guide !== undefined)
        stroke(
          token('--line-strong'),
          1,
          [],
          [
            [0, guide],
            [100, guide],
          ],
        );
      stroke(
        token('--ink'),
        1.5,
        [],
        [
          [this.#share, low - room],
          [this.#share, high + room],
        ],
      );
      for (const way of wayNames) {
        const places = [...(this.#values[way] ?? [])].map((value, i): [number, number] => [
          (100 * i) / (STATIONS - 1),
          value,
        ]);
        stroke(token(colours[way]), 2.2, dashes[way], places);
      }
    });
  }

  show(ways: Record<Way, Stations>, of: 'bits' | 'norms'): void {
    this.#values = Object.fromEntries(wayNames.map((way) => [way, ways[way][of]]));
    this.#board.repaint();
  }

  /** @param share - in percent. */
  goTo(share: number): void {
    this.#share = share;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }
}
