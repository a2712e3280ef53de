/** Pictures come at most this often, … */
const EVERY_MS = 200;
/** … and training gets at least this many times the time that a picture took. */
const TRAINING_SHARE = 3;

/** Decides when a new picture is worth its time. */
export class PictureClock {
  #step = -1;
  #next = 0;

  /** Whether to draw now: not the same step twice, and while steps run only once in a while. */
  due(step: number, running: boolean): boolean {
    return step !== this.#step && (!running || performance.now() >= this.#next);
  }

  /** Draws, and sees how long it takes. */
  async draw(step: number, picture: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await picture();
    const end = performance.now();
    this.#step = step;
    this.#next = end + Math.max(EVERY_MS, TRAINING_SHARE * (end - start));
  }
}
