import { SIDE } from '../../digits/shape';
import { element } from '../../page/element';
import { ramp, token } from '../../page/theme';
import { Board, type Surface } from '../../plane/board';
import { colourDensity } from '../../plane/colour';

/** Bits that the ramp's end stands for. */
const MOST_BITS = 5;

const ARROWS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

/** How little each pixel of an image was expected; one pixel is chosen, by pointer or arrow keys. */
export class SurpriseView {
  readonly #board: Board;
  #bits: Float32Array | undefined;
  #pixel = Math.floor(SIDE * 0.6) * SIDE + SIDE / 2;

  /** @param onChoose - hears the pixel that is looked into. */
  constructor(onChoose: (pixel: number) => void) {
    const button = element('surprise');
    this.#board = new Board(element<HTMLCanvasElement>('heat'), (surface) => this.#paint(surface));
    const choose = (pixel: number) => {
      this.#pixel = pixel;
      this.#board.repaint();
      onChoose(pixel);
    };
    button.addEventListener('pointerdown', (event) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const [column, row] = [(event.clientX - left) / width, (event.clientY - top) / height].map((share) =>
        Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE))),
      ) as [number, number];
      choose(row * SIDE + column);
    });
    button.addEventListener('keydown', (event) => {
      const by = ARROWS[event.key];
      if (by === undefined) return;
      event.preventDefault();
      const next = this.#pixel + by;
      const sameRow = Math.floor(next / SIDE) === Math.floor(this.#pixel / SIDE);
      if (next >= 0 && next < SIDE * SIDE && (sameRow || Math.abs(by) > 1)) choose(next);
    });
  }

  get pixel(): number {
    return this.#pixel;
  }

  goTo(pixel: number): void {
    this.#pixel = pixel;
    this.#board.repaint();
  }

  /** @param bits - [28 · 28]; nothing when it is not known. */
  show(bits: Float32Array | undefined): void {
    this.#bits = bits;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }

  #paint({ context, side }: Surface): void {
    const bits = this.#bits;
    if (bits === undefined) return;
    const { pixels } = colourDensity(bits as Float32Array, ramp(), MOST_BITS);
    const cell = side / SIDE;
    for (let i = 0; i < SIDE * SIDE; i++) {
      context.fillStyle = `rgb(${pixels[4 * i]} ${pixels[4 * i + 1]} ${pixels[4 * i + 2]})`;
      context.fillRect((i % SIDE) * cell, Math.floor(i / SIDE) * cell, cell + 0.5, cell + 0.5);
    }
    context.strokeStyle = token('--data');
    context.lineWidth = 2.5;
    context.strokeRect((this.#pixel % SIDE) * cell - 1, Math.floor(this.#pixel / SIDE) * cell - 1, cell + 2, cell + 2);
  }
}
