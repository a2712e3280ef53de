import type { Settings } from './settings';

/** What the page asks of the worker. */
export type Request = { type: 'open'; settings: Settings };

/** What the worker tells the page. */
export type Report =
  | { type: 'ways'; ways: Record<Way, Stations> }
  /** Digits that the flow makes up, [n, 28, 28] levels each. */
  | { type: 'samples'; samples: Float32Array<ArrayBuffer> };

/** The ways from one digit to another: in latent space along a circle or a straight line, and from pixel to pixel. */
export const wayNames = ['arc', 'line', 'pixels'] as const;
export type Way = (typeof wayNames)[number];

/** Stations of a way, both ends among them. */
export const STATIONS = 21;

/** What is found along a way. */
export interface Stations {
  /** Levels 0 … 255, [STATIONS, 28, 28]. */
  images: Float32Array<ArrayBuffer>;
  /** How unlikely the flow finds each, in bits a pixel. */
  bits: Float32Array<ArrayBuffer>;
  /** How far each is from the middle of latent space. */
  norms: Float32Array<ArrayBuffer>;
}
