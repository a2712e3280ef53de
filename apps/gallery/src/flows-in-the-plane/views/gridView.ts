import { token } from '../../page/theme';
import { Board, placing, type Surface } from '../../plane/board';
import { paintDots } from '../../plane/dots';
import { between, latentWindow, type PlaneWindow } from '../../plane/window';
import { gridLines, gridNumbers, linePoints, linePosition } from '../engine/latentGrid';

/** How long the grid takes from one layer to the next, in ms. */
const TRAVEL_MS = 350;

/** The grid of latent space and some samples, on their way through the layers of the flow. */
export class GridView {
  readonly #board: Board;
  #window: PlaneWindow | undefined;
  #layers = 0;
  #places = new Float32Array();
  /** How many layers are passed, a fraction while the grid is moving. */
  #at = 0;
  #travel: { from: number; to: number; since: number } | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => this.#paint(surface));
  }

  open(layers: number, window: PlaneWindow): void {
    this.#layers = layers;
    this.#window = window;
    this.#places = new Float32Array();
    this.#board.repaint();
  }

  /** @param places - shape [layers + 1, points, 2], the points of the grid before those of the samples. */
  update(places: Float32Array<ArrayBuffer>): void {
    this.#places = places;
    this.#board.repaint();
  }

  /** Goes to where the given number of layers is passed, moving unless motion is unwelcome. */
  goTo(layer: number, { still = false } = {}): void {
    if (still || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#travel = undefined;
      this.#at = layer;
    } else {
      this.#travel = { from: this.#at, to: layer, since: performance.now() };
    }
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }

  #paint(surface: Surface): void {
    this.#move();
    if (this.#window === undefined || this.#places.length === 0) return;
    const points = this.#pointsNow();
    const window = between(latentWindow, this.#window, this.#at / this.#layers);
    const samples = points.subarray(gridNumbers);
    paintDots(surface, samples, window, { colour: token('--ink-soft'), opacity: 0.35, size: 1.4 });
    paintLines(surface, points, window, 0, token('--warp'));
    paintLines(surface, points, window, gridLines, token('--weft'));
  }

  #move(): void {
    if (this.#travel === undefined) return;
    const { from, to, since } = this.#travel;
    const t = Math.min(1, (performance.now() - since) / TRAVEL_MS);
    this.#at = from + (to - from) * t * t * (3 - 2 * t); // slow, fast, slow
    if (t < 1) this.#board.repaint();
    else this.#travel = undefined;
  }

  /** The points where the grid stands, between two layers a mixture of their places. */
  #pointsNow(): Float32Array {
    const stride = this.#places.length / (this.#layers + 1);
    const layer = Math.min(Math.floor(this.#at), this.#layers);
    const here = this.#places.subarray(layer * stride, (layer + 1) * stride);
    const t = this.#at - layer;
    if (t === 0) return here;
    const there = this.#places.subarray((layer + 1) * stride, (layer + 2) * stride);
    return here.map((value, i) => value + ((there[i] as number) - value) * t);
  }
}

/** The lines of one direction, fainter the less likely their part of latent space is. */
function paintLines(
  { context, side }: Surface,
  points: Float32Array,
  window: PlaneWindow,
  first: number,
  colour: string,
): void {
  const place = placing(window, side);
  context.strokeStyle = colour;
  context.lineJoin = 'round';
  for (let line = 0; line < gridLines; line++) {
    const z = linePosition(line);
    context.globalAlpha = 0.18 + 0.72 * Math.exp((-z * z) / 4);
    context.lineWidth = z === 0 ? 1.8 : 1;
    context.beginPath();
    for (let k = 0; k < linePoints; k++) {
      const i = 2 * ((first + line) * linePoints + k);
      context.lineTo(...place(points[i] as number, points[i + 1] as number));
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}
