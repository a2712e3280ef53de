import { token } from '../../page/theme';
import { Board, placing, type Surface } from '../../plane/board';
import type { Scene, Walk } from '../protocol';
import type { SamplerName } from '../settings';
import { chainColour } from './chainColours';

/** States of a chain that are still seen. */
const TRAIL = 40;
/** Chains whose last step is drawn with the places that were tried. */
const MOST_PATHS = 8;

/** The chains on their way over the density, which lies under this canvas as a picture. */
export class WalkView {
  readonly #board: Board;
  #half = 1;
  #chains = 0;
  #sampler: SamplerName = 'metropolis';
  /** The last states of all chains, the oldest first, [chains, 2] each. */
  #trail: Float32Array[] = [];
  #path = new Float32Array();
  #accepted: Float32Array = new Float32Array();

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => this.#paint(surface));
  }

  open({ half, start }: Scene, sampler: SamplerName): void {
    this.#half = half;
    this.#sampler = sampler;
    this.#chains = start.length / 2;
    this.#trail = [start];
    this.#path = new Float32Array();
    this.#board.repaint();
  }

  add({ states, path, accepted }: Walk): void {
    const stride = 2 * this.#chains;
    for (let at = 0; at < states.length; at += stride) this.#trail.push(states.subarray(at, at + stride));
    this.#trail = this.#trail.slice(-TRAIL);
    this.#path = path;
    this.#accepted = accepted;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }

  #paint({ context, side }: Surface): void {
    const place = placing({ x: 0, y: 0, half: this.#half }, side);
    const at = (states: Float32Array, i: number) => place(states[2 * i] as number, states[2 * i + 1] as number);
    Object.assign(context, { lineJoin: 'round', lineCap: 'round' });
    for (let chain = 0; chain < this.#chains; chain++) {
      const colour = chainColour(chain);
      context.strokeStyle = context.fillStyle = colour;
      context.lineWidth = 1.2;
      this.#trail.forEach((states, t) => {
        context.globalAlpha = 0.15 + 0.5 * ((t + 1) / this.#trail.length);
        const [x, y] = at(states, chain);
        const before = this.#trail[t - 1];
        // Gibbs and HMC do not go straight: only their places are joined loosely.
        if (before) line(context, [at(before, chain), [x, y]], this.#sampler === 'metropolis' ? [] : [2, 3]);
        dot(context, x, y, 1.7);
      });
      context.globalAlpha = 1;
      if (chain < MOST_PATHS) this.#paintPath(context, chain, at, colour);
      const now = this.#trail.at(-1);
      if (!now) continue;
      const [x, y] = at(now, chain);
      context.fillStyle = token('--surface');
      dot(context, x, y, 5.5);
      context.fillStyle = colour;
      dot(context, x, y, 4);
    }
  }

  /** The places that the last step tried; where they end in vain, a cross. */
  #paintPath(
    context: CanvasRenderingContext2D,
    chain: number,
    at: (states: Float32Array, i: number) => [number, number],
    colour: string,
  ): void {
    const count = this.#path.length / 2 / this.#chains;
    if (count === 0) return;
    const places = Array.from({ length: count }, (_, i) => at(this.#path, i * this.#chains + chain));
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = 1.8;
    const taken = this.#accepted[chain] === 1;
    line(context, places, taken ? [] : [5, 4]);
    if (this.#sampler === 'hmc') for (const [x, y] of places) dot(context, x, y, 1.9);
    const [x, y] = places.at(-1) as [number, number];
    if (!taken) {
      line(
        context,
        [
          [x - 4, y - 4],
          [x + 4, y + 4],
        ],
        [],
      );
      line(
        context,
        [
          [x - 4, y + 4],
          [x + 4, y - 4],
        ],
        [],
      );
    }
  }
}

function line(context: CanvasRenderingContext2D, places: [number, number][], dash: number[]): void {
  context.setLineDash(dash);
  context.beginPath();
  for (const place of places) context.lineTo(...place);
  context.stroke();
  context.setLineDash([]);
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
