import type { PlaneName } from '@tenonjs/datasets';
import type { Device } from '@tenonjs/runtime';
import type { Scene } from './session';
import type { BackendName, Settings } from './settings';

/** What the page asks of the worker. */
export type Request =
  | { type: 'device'; backend: BackendName }
  | { type: 'open'; settings: Settings }
  | { type: 'run' | 'pause' | 'step' }
  /** The colours of densities, from none to the most, as #rrggbb. */
  | { type: 'ramp'; ramp: string[] };

/** What the worker tells the page. */
export type Report =
  | { type: 'device'; device: DeviceReport }
  /** A few points of every shape, shape [n, 2] each. */
  | { type: 'shapes'; shapes: Record<PlaneName, Float32Array<ArrayBuffer>> }
  | { type: 'opened'; scene: Scene }
  /** The losses of the steps since the last report, and how fast they go. */
  | { type: 'losses'; losses: Float32Array<ArrayBuffer>; stepsPerSecond: number }
  | { type: 'picture'; picture: DrawnPicture }
  | { type: 'error'; message: string };

/** A picture whose density is coloured already. */
export interface DrawnPicture {
  step: number;
  density: ImageBitmap;
  /** The density that the last colour stands for. */
  top: number;
  places: Float32Array<ArrayBuffer>;
}

/** The device, without what only the worker can do with it. */
export type DeviceReport = Pick<Device, 'backend' | 'adapter' | 'features' | 'fallbacks'>;
