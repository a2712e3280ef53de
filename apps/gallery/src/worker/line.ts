import type { BackendName, DeviceReport } from './backends';

/** The first thing that a page asks of its worker; what follows is the page's own. */
export interface DeviceRequest {
  type: 'device';
  backend: BackendName;
}

/** What every worker tells, beside what is the page's own. */
export type CommonReport =
  | { type: 'device'; device: DeviceReport }
  /** A request has failed, or what it began. */
  | { type: 'error'; message: string };
