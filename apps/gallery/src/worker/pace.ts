/**
 * Lets steps through, holds them back, or lets through a given number of them.
 *
 * Whoever trains awaits `next()` before each step; whoever decides calls `run`, `pause` and `step`.
 */
export class Pace {
  #allowance = 0;
  #wake: (() => void) | undefined;

  /** Whether steps pass without being asked for one by one. */
  get running(): boolean {
    return this.#allowance === Number.POSITIVE_INFINITY;
  }

  run(): void {
    this.#allow(Number.POSITIVE_INFINITY);
  }

  pause(): void {
    this.#allow(0);
  }

  /** Lets exactly one more step pass, and pauses when steps were running. */
  step(): void {
    this.#allow(this.running ? 1 : this.#allowance + 1);
  }

  /** Resolves when the next step may be taken. */
  async next(): Promise<void> {
    while (this.#allowance === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#allowance--; // ∞ − 1 = ∞
  }

  #allow(steps: number): void {
    this.#allowance = steps;
    this.#wake?.();
    this.#wake = undefined;
  }
}
