import type { BackendName } from './backends';
import type { CommonReport, DeviceRequest } from './line';
import { openDevice } from './openDevice';

/** The worker's end of its line to the page. */
export interface Line<Report> {
  report(message: Report, transfer?: Transferable[]): void;
  /** For what fails outside of a request. */
  reportError(error: unknown): void;
}

/**
 * Makes of this worker one that opens a device and then answers the page, one request after another: what takes time
 * ends before the next begins. Without a device nothing else is answered. Errors go to the page.
 *
 * @param answer - how, on the device that was opened.
 */
export function serve<Request extends { type: string }, Report>(
  answer: (request: Request, line: Line<Report>, backend: BackendName) => Promise<void> | void,
): void {
  const send = (message: Report | CommonReport, transfer: Transferable[] = []) =>
    self.postMessage(message, { transfer });
  const line: Line<Report> = {
    report: send,
    reportError: (error) => send({ type: 'error', message: error instanceof Error ? error.message : String(error) }),
  };
  let opened: BackendName | undefined;
  const isFirst = (request: Request | DeviceRequest): request is DeviceRequest => request.type === 'device';

  let turn: Promise<void> = Promise.resolve();
  self.onmessage = ({ data: request }: MessageEvent<Request | DeviceRequest>) => {
    turn = turn
      .then(async () => {
        if (isFirst(request)) {
          const { backend, adapter, features, fallbacks } = await openDevice(request.backend);
          opened = backend;
          send({ type: 'device', device: { backend, adapter, features, fallbacks } });
        } else if (opened !== undefined) {
          await answer(request, line, opened);
        }
      })
      .catch(line.reportError);
  };
}
