import { token } from '../../page/theme';
import { Board, type Surface } from '../../plane/board';
import type { Maps } from '../engine/insight';
import { largest, type Tiles, tile } from '../engine/tile';
import { colourSigns, signs } from './signs';

/** Maps side by side, in colours for their signs; one place can be marked in each. */
export class MapsView {
  readonly #board: Board;
  #tiles: Tiles | undefined;
  #most = 1;
  #mark: readonly [number, number] | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => this.#paint(surface));
  }

  /** @param most - what the full colours stand for. Default: the largest number. */
  show(maps: Maps, most = largest(maps.values)): void {
    this.#tiles = tile(maps);
    this.#most = most;
    this.#board.repaint();
  }

  /** @param place - row and column to mark in each map. */
  mark(place: readonly [number, number] | undefined): void {
    this.#mark = place;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }

  #paint({ context, side, height }: Surface): void {
    const tiles = this.#tiles;
    if (tiles === undefined) return;
    const small = new OffscreenCanvas(tiles.width, tiles.height);
    const pixels = new ImageData(colourSigns(tiles.values, this.#most, signs()), tiles.width, tiles.height);
    small.getContext('2d')?.putImageData(pixels, 0, 0);
    const scale = Math.min(side / tiles.width, height / tiles.height);
    const [left, top] = [(side - scale * tiles.width) / 2, (height - scale * tiles.height) / 2];
    context.fillStyle = token('--line');
    context.fillRect(left, top, scale * tiles.width, scale * tiles.height);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, left, top, scale * tiles.width, scale * tiles.height);
    const { columns, pitch, side: shown, count } = tiles;
    const placeOf = (map: number) =>
      [left + scale * (map % columns) * pitch, top + scale * Math.floor(map / columns) * pitch] as const;
    for (let map = count; map % columns !== 0; map++) context.clearRect(...placeOf(map), scale * pitch, scale * pitch);
    if (this.#mark === undefined || shown === 1) return;
    const [row, column] = this.#mark;
    context.strokeStyle = token('--data');
    context.lineWidth = 1.5;
    for (let map = 0; map < count; map++) {
      const [x, y] = placeOf(map);
      context.strokeRect(x + scale * column, y + scale * row, scale, scale);
    }
  }
}
