/** The page hears of losses at most this often. */
const EVERY_MS = 100;
/** Time over which the rate is taken. */
const RATE_OVER_MS = 1500;

/** Collects the losses of single steps and sends them on in bunches, with the rate at which steps are taken. */
export class LossMail {
  readonly #send: (losses: Float32Array<ArrayBuffer>, stepsPerSecond: number) => void;
  #losses: number[] = [];
  #sent = 0;
  #times: number[] = [];

  constructor(send: (losses: Float32Array<ArrayBuffer>, stepsPerSecond: number) => void) {
    this.#send = send;
  }

  add(loss: number, now = performance.now()): void {
    this.#losses.push(loss);
    this.#times.push(now);
    while ((this.#times[0] as number) < now - RATE_OVER_MS) this.#times.shift();
    if (now - this.#sent >= EVERY_MS) this.flush(now);
  }

  /** Sends what is there. */
  flush(now = performance.now()): void {
    if (this.#losses.length === 0) return;
    const span = now - (this.#times[0] as number);
    this.#send(Float32Array.from(this.#losses), span > 0 ? ((this.#times.length - 1) * 1000) / span : 0);
    this.#losses = [];
    this.#sent = now;
  }
}
