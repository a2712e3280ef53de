import type { PlaneName } from '@tenonjs/datasets';
import { read } from '../../drawing/code';
import { paintStrokes } from '../../drawing/paintStrokes';
import { element } from '../../page/element';
import { token } from '../../page/theme';
import { Board } from '../../plane/board';
import { paintDots } from '../../plane/dots';
import { windowAround } from '../../plane/window';
import { type TargetName, targetNames, targets } from '../targets';

/** The small pictures of shapes to pick from. */
export class Shapes {
  readonly #boards = new Map<TargetName, Board>();
  #points: Partial<Record<PlaneName, Float32Array<ArrayBuffer>>> = {};
  #drawing = '';

  constructor() {
    const box = element('targets');
    for (const name of targetNames) {
      const label = document.createElement('label');
      label.title = targets[name];
      const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'target', value: name });
      input.setAttribute('aria-label', targets[name]);
      const canvas = document.createElement('canvas');
      canvas.setAttribute('aria-hidden', 'true');
      label.append(input, canvas);
      box.append(label);
      this.#boards.set(
        name,
        new Board(canvas, (surface) => {
          if (name === 'drawn') return paintStrokes(surface, read(this.#drawing), { width: 2.5 });
          const points = this.#points[name];
          if (points === undefined) return;
          const look = { colour: token('--data'), opacity: 0.75, size: 1.3 };
          paintDots(surface, points, windowAround(points), look);
        }),
      );
    }
  }

  /** @param points - a few of each shape, [n, 2]. */
  show(points: Record<PlaneName, Float32Array<ArrayBuffer>>): void {
    this.#points = points;
    this.repaint();
  }

  /** @param drawing - the visitor's own. */
  showDrawing(drawing: string): void {
    this.#drawing = drawing;
    this.#boards.get('drawn')?.repaint();
  }

  repaint(): void {
    for (const board of this.#boards.values()) board.repaint();
  }
}
