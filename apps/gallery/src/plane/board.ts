import type { PlaneWindow } from './window';

/** A drawing surface in CSS pixels. */
export interface Surface {
  context: CanvasRenderingContext2D;
  /** Its width; of a square one, the length of a side. */
  side: number;
  height: number;
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
    const { clientWidth: side, clientHeight: height } = this.#canvas;
    const [columns, rows] = [side, height].map((length) => Math.round(length * devicePixelRatio)) as [number, number];
    if (columns === 0 || rows === 0) return;
    if (this.#canvas.width !== columns) this.#canvas.width = columns;
    if (this.#canvas.height !== rows) this.#canvas.height = rows;
    this.#context.setTransform(columns / side, 0, 0, rows / height, 0, 0);
    this.#context.clearRect(0, 0, side, height);
    this.#paint({ context: this.#context, side, height });
  }
}

/** Where a point of the plane stands on a surface: y goes up in the plane, down on the screen. */
export function placing({ x, y, half }: PlaneWindow, side: number): (px: number, py: number) => [number, number] {
  const scale = side / (2 * half);
  return (px, py) => [(px - x + half) * scale, (y + half - py) * scale];
}
