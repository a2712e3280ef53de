import type { PlaneName } from '@tenonjs/datasets';
import type { Scene } from './session';
import type { Settings } from './settings';

/** What the page asks of the worker. */
export type Request =
  /** A few points of every shape. */
  | { type: 'shapes' }
  | { type: 'open'; settings: Settings }
  | { type: 'run' | 'pause' | 'step' }
  /** The colours of densities, from none to the most, as #rrggbb. */
  | { type: 'ramp'; ramp: string[] };

/** What the worker tells the page. */
export type Report =
  /** Shape [n, 2] each. */
  | { type: 'shapes'; shapes: Record<PlaneName, Float32Array<ArrayBuffer>> }
  | { type: 'opened'; scene: Scene }
  /** The losses of the steps since the last report, and how fast they go. */
  | { type: 'losses'; losses: Float32Array<ArrayBuffer>; stepsPerSecond: number }
  | { type: 'picture'; picture: DrawnPicture };

/** A picture whose density is coloured already. */
export interface DrawnPicture {
  step: number;
  density: ImageBitmap;
  /** The density that the last colour stands for. */
  top: number;
  places: Float32Array<ArrayBuffer>;
}
