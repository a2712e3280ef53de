/** Weight of the newest loss in the running mean. */
const NEWEST = 0.03;

/**
 * The losses of a run, thinned to a bounded number of points: whenever they are full, each two become their mean.
 */
export class LossHistory {
  readonly #most: number;
  /** Steps that one point stands for. */
  #stride = 1;
  #steps: number[] = [];
  #means: number[] = [];
  #smooth: number[] = [];
  #pending: number[] = [];
  #running = 0;
  #weight = 0;
  #count = 0;

  /** @param most - the most points kept, an even number. */
  constructor(most = 2000) {
    this.#most = most;
  }

  /** Steps taken. */
  get steps(): number {
    return this.#count;
  }

  /** The running mean of the losses, NaN before the first. */
  get mean(): number {
    return this.#weight === 0 ? Number.NaN : this.#running / this.#weight;
  }

  add(loss: number): void {
    this.#count++;
    this.#running += NEWEST * (loss - this.#running);
    this.#weight += NEWEST * (1 - this.#weight); // what a mean of ones would be by now
    this.#pending.push(loss);
    if (this.#pending.length < this.#stride) return;
    this.#steps.push(this.#count);
    this.#means.push(meanOf(this.#pending));
    this.#smooth.push(this.mean);
    this.#pending = [];
    if (this.#steps.length >= this.#most) this.#halve();
  }

  /** Three columns for a chart: step, loss, running mean. */
  columns(): [number[], number[], number[]] {
    return [this.#steps, this.#means, this.#smooth];
  }

  #halve(): void {
    this.#stride *= 2;
    this.#steps = this.#steps.filter((_, i) => i % 2 === 1);
    this.#means = pairs(this.#means);
    this.#smooth = this.#smooth.filter((_, i) => i % 2 === 1);
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const pairs = (values: readonly number[]) =>
  Array.from({ length: values.length >> 1 }, (_, i) => meanOf(values.slice(2 * i, 2 * i + 2)));
