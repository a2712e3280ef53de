import { paintDigit } from '../../digits/paintDigit';
import { SIDE } from '../../digits/shape';
import { element } from '../../page/element';
import { token } from '../../page/theme';
import { Board, type Surface } from '../../plane/board';
import type { Field } from '../stack/figures';

/** Pixels of padding that are drawn around the digit. */
const MARGIN = 5;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The digit, and over it the receptive field of one unit, which follows the pointer and the arrow keys. */
export class ReachView {
  readonly #board: Board;
  readonly #onMove: () => void;
  /** The digit, a pixel a pixel. */
  readonly #small = document.createElement('canvas');
  #digit = new Float32Array(SIDE * SIDE);
  #field: Field = { size: 1, jump: 1, start: 0, count: SIDE, whole: false };
  #unit: [number, number] = [SIDE / 2, SIDE / 2];

  /** @param onMove - another unit is looked at. */
  constructor(onMove: () => void) {
    this.#onMove = onMove;
    const pad = element('reach');
    this.#board = new Board(element<HTMLCanvasElement>('digit-canvas'), (surface) => this.#paint(surface));
    pad.addEventListener('pointermove', ({ clientX, clientY }) => {
      const { left, top, width } = pad.getBoundingClientRect();
      const cell = width / (SIDE + 2 * MARGIN);
      this.#go([(clientY - top) / cell - MARGIN, (clientX - left) / cell - MARGIN].map((at) => this.#unitAt(at)));
    });
    pad.addEventListener('keydown', (event) => {
      const arrow = ARROWS[event.key];
      if (arrow === undefined) return;
      event.preventDefault();
      this.#go(this.#unit.map((at, axis) => at + (arrow[axis] as number)));
    });
  }

  /** The row and column of the unit that is looked at. */
  get unit(): readonly [number, number] {
    return this.#unit;
  }

  /** @param digit - [28, 28], 0 … 1. */
  showDigit(digit: Float32Array<ArrayBuffer>): void {
    this.#digit = digit;
    this.#board.repaint();
  }

  /** The field of units of another block; the one in the middle is looked at. */
  showField(field: Field): void {
    if (field.count !== this.#field.count) this.#unit = [Math.floor(field.count / 2), Math.floor(field.count / 2)];
    this.#field = field;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }

  #unitAt(pixel: number): number {
    const { start, size, jump } = this.#field;
    return Math.round((pixel - start - size / 2) / jump);
  }

  #go(unit: readonly number[]): void {
    const [row = 0, column = 0] = unit.map((at) => Math.min(this.#field.count - 1, Math.max(0, at)));
    if (row === this.#unit[0] && column === this.#unit[1]) return;
    this.#unit = [row, column];
    this.#board.repaint();
    this.#onMove();
  }

  #paint({ context, side }: Surface): void {
    const cell = side / (SIDE + 2 * MARGIN);
    context.fillStyle = token('--sunken');
    context.fillRect(0, 0, side, side);
    paintDigit(this.#small, this.#digit, { most: 1 });
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#small, MARGIN * cell, MARGIN * cell, SIDE * cell, SIDE * cell);
    const { size, jump, start, whole } = this.#field;
    const [row, column] = this.#unit;
    const box = (row: number, column: number) => {
      const [x, y] = whole ? [0, 0] : [start + column * jump, start + row * jump];
      const width = whole ? SIDE : size;
      return [(MARGIN + x) * cell, (MARGIN + y) * cell, width * cell, width * cell] as const;
    };
    context.fillStyle = context.strokeStyle = token('--data');
    context.globalAlpha = 0.16;
    context.fillRect(...box(row, column));
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeRect(...box(row, column));
    if (whole) return;
    context.lineWidth = 1;
    context.setLineDash([4, 4]);
    if (column + 1 < this.#field.count) context.strokeRect(...box(row, column + 1));
    context.setLineDash([]);
  }
}
