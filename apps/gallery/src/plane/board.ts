import type { PlaneWindow } from './window';

/** A square drawing surface in CSS pixels. */
export interface Surface {
  context: CanvasRenderingContext2D;
  /** Length of a side. */
  side: number;
}

/**
 * A canvas that stays as sharp as the screen and is painted at most once a frame, however often that is asked for.
 */
export class Board {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #paint: (surface: Surface) => void;
  #asked = false;

  constructor(canvas: HTMLCanvasElement, paint: (surface: Surface) => void) {
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('Board: this browser gives no 2d context for a canvas');
    this.#canvas = canvas;
    this.#context = context;
    this.#paint = paint;
    new ResizeObserver(() => this.repaint()).observe(canvas);
  }

  repaint(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#draw();
    });
  }

  #draw(): void {
    const side = this.#canvas.clientWidth;
    const pixels = Math.round(side * devicePixelRatio);
    if (pixels === 0) return;
    if (this.#canvas.width !== pixels) this.#canvas.width = this.#canvas.height = pixels;
    this.#context.setTransform(pixels / side, 0, 0, pixels / side, 0, 0);
    this.#context.clearRect(0, 0, side, side);
    this.#paint({ context: this.#context, side });
  }
}

/** Where a point of the plane stands on a surface: y goes up in the plane, down on the screen. */
export function placing({ x, y, half }: PlaneWindow, side: number): (px: number, py: number) => [number, number] {
  const scale = side / (2 * half);
  return (px, py) => [(px - x + half) * scale, (y + half - py) * scale];
}
