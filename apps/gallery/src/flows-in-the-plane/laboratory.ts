import type { Report, Request } from './protocol';
import type { BackendName, Settings } from './settings';

/**
 * The page's end of the line to the worker that trains.
 *
 * A change of backend, and a fresh start after an error, take a new worker: with the old one goes all that it held.
 */
export class Laboratory {
  readonly #hear: (report: Report) => void;
  #worker: Worker | undefined;
  #backend: BackendName | undefined;
  #ramp: string[] = [];

  constructor(hear: (report: Report) => void) {
    this.#hear = hear;
  }

  /** Starts over with these settings, held before the first step. */
  open(settings: Settings): void {
    if (this.#worker === undefined || settings.backend !== this.#backend) this.#hire(settings.backend);
    this.#ask({ type: 'open', settings });
  }

  /** Forgets the worker, so that the next `open` starts a new one. */
  dismiss(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  run(): void {
    this.#ask({ type: 'run' });
  }

  pause(): void {
    this.#ask({ type: 'pause' });
  }

  step(): void {
    this.#ask({ type: 'step' });
  }

  /** @param ramp - the colours of densities, from none to the most, as #rrggbb. */
  colour(ramp: string[]): void {
    this.#ramp = ramp;
    this.#ask({ type: 'ramp', ramp });
  }

  #hire(backend: BackendName): void {
    this.dismiss();
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.#hear(data);
    worker.onerror = ({ message }) =>
      this.#hear({ type: 'error', message: message || 'the worker that trains could not be loaded' });
    this.#worker = worker;
    this.#backend = backend;
    this.#ask({ type: 'device', backend });
    this.#ask({ type: 'ramp', ramp: this.#ramp });
  }

  #ask(request: Request): void {
    this.#worker?.postMessage(request);
  }
}
