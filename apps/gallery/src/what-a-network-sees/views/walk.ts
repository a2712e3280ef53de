import type { Stations } from '../protocol';

/** Milliseconds from place to place. */
const PACE_MS = 45;

/** One place of the occluder. */
export interface Station {
  row: number;
  column: number;
  /** The class's probability with the occluder there. */
  score: number;
}

/** An occluder's walk: places come as they are computed, and are shown one after another, as fast as one can watch. */
export class Walk {
  readonly #onMove: (walk: Walk) => void;
  readonly #onEnd: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  stations: Station[] = [];
  /** How many there will be, and how many are shown. */
  of = 0;
  shown = 0;
  /** The probability for the whole picture. */
  whole = 0;
  /** The occluder's side in pixels, and how far it goes from place to place. */
  window = 0;
  step = 0;

  /** @param onMove - something is to be drawn anew. */
  constructor(onMove: (walk: Walk) => void, onEnd: () => void) {
    this.#onMove = onMove;
    this.#onEnd = onEnd;
  }

  /** Forgets all places. */
  clear(): void {
    this.pause();
    this.stations = [];
    [this.of, this.shown] = [0, 0];
  }

  add({ first, scores, corners, of, whole, window, step }: Stations): void {
    Object.assign(this, { of, whole, window, step });
    scores.forEach((score, i) => {
      const [row, column] = corners[i] as readonly [number, number];
      this.stations[first + i] = { row, column, score };
    });
    this.#onMove(this);
  }

  /** Goes on from where it stands, from the start when it has ended. Without motion all is shown as soon as it is there. */
  play(): void {
    if (this.of > 0 && this.shown === this.of) this.shown = 0;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.goTo(still ? this.stations.length : this.shown + 1), PACE_MS);
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Shows so many places, of those that are known. */
  goTo(places: number): void {
    const next = Math.max(0, Math.min(places, this.stations.length));
    if (next !== this.shown) {
      this.shown = next;
      this.#onMove(this);
    }
    if (this.#timer !== undefined && this.of > 0 && this.shown === this.of) {
      this.pause();
      this.#onEnd();
    }
  }
}
