import type { BackendName } from '../worker/backends';
import type { CommonReport, DeviceRequest } from '../worker/line';

/**
 * The page's end of its line to a worker.
 *
 * A change of backend, and a fresh start after an error, take a new worker: with the old one goes all that it held.
 */
export class Port<Request extends { type: string }, Report> {
  readonly #make: () => Worker;
  readonly #hear: (report: Report | CommonReport) => void;
  #worker: Worker | undefined;
  #backend: BackendName | undefined;

  /** @param make - `() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })`, as Vite must see it. */
  constructor(make: () => Worker, hear: (report: Report | CommonReport) => void) {
    this.#make = make;
    this.#hear = hear;
  }

  /** Sees to a worker on this backend, and says whether it is a new one, which knows nothing yet. */
  hire(backend: BackendName): boolean {
    if (this.#worker !== undefined && backend === this.#backend) return false;
    this.dismiss();
    const worker = this.#make();
    worker.onmessage = ({ data }: MessageEvent<Report | CommonReport>) => this.#hear(data);
    worker.onerror = ({ message }) =>
      this.#hear({ type: 'error', message: message || 'the worker that computes could not be loaded' });
    this.#worker = worker;
    this.#backend = backend;
    worker.postMessage({ type: 'device', backend } satisfies DeviceRequest);
    return true;
  }

  /** Forgets the worker, so that the next `hire` starts a new one. */
  dismiss(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  ask(request: Request, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(request, transfer);
  }
}
