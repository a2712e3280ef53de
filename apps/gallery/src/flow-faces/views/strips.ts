import { paintDigit } from '../../digits/paintDigit';
import { PIXELS } from '../../digits/shape';
import { element } from '../../page/element';
import { STATIONS, type Stations, type Way, wayNames } from '../protocol';

/** Every how many stations one is shown in a strip. */
const EVERY = 2;

/** Each way as a strip of small pictures, and one large picture of each where the visitor is. */
export class Strips {
  readonly #strips = Object.fromEntries(
    wayNames.map((way) => {
      const canvases = Array.from({ length: (STATIONS - 1) / EVERY + 1 }, () => {
        const canvas = document.createElement('canvas');
        canvas.className = 'digit';
        element(`${way}-strip`).append(canvas);
        return canvas;
      });
      return [way, canvases];
    }),
  ) as Record<Way, HTMLCanvasElement[]>;
  #ways: Record<Way, Stations> | undefined;
  #station = 0;

  show(ways: Record<Way, Stations>): void {
    this.#ways = ways;
    this.repaint();
  }

  /** @param share - in percent. */
  goTo(share: number): void {
    this.#station = Math.round((share / 100) * (STATIONS - 1));
    this.#paintLarge();
  }

  repaint(): void {
    const ways = this.#ways;
    if (ways === undefined) return;
    for (const way of wayNames) {
      this.#strips[way].forEach((canvas, i) => {
        paintDigit(canvas, imageAt(ways[way], i * EVERY));
      });
    }
    this.#paintLarge();
  }

  #paintLarge(): void {
    for (const way of wayNames) {
      this.#strips[way].forEach((canvas, i) => {
        canvas.toggleAttribute(
          'data-here',
          Math.abs(i * EVERY - this.#station) < EVERY / 2 + 0.01 && this.#station - i * EVERY < EVERY / 2,
        );
      });
      const stations = this.#ways?.[way];
      if (stations === undefined) continue;
      paintDigit(element<HTMLCanvasElement>(`${way}-large`), imageAt(stations, this.#station));
      const bits = stations.bits[this.#station] as number;
      element(`${way}-bits`).textContent = `${bits.toFixed(2)} bits a pixel`;
    }
  }
}

const imageAt = ({ images }: Stations, station: number) => images.subarray(station * PIXELS, (station + 1) * PIXELS);
