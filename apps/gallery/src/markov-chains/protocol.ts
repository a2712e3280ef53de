import type { Settings } from './settings';

/** What the page asks of the worker. */
export type Request =
  | { type: 'open'; settings: Settings }
  | { type: 'run' | 'pause' | 'step' }
  | { type: 'pace'; pace: Settings['pace'] }
  /** A step size that suits. */
  | { type: 'tune'; settings: Settings }
  /** The colours of densities, from none to the most, as #rrggbb. */
  | { type: 'ramp'; ramp: string[] };

/** What the worker tells the page. */
export type Report =
  | { type: 'opened'; scene: Scene }
  | { type: 'walk'; walk: Walk }
  | { type: 'survey'; survey: Survey }
  | { type: 'tuned'; stepSize: number }
  /** The density, coloured. */
  | { type: 'density'; picture: ImageBitmap }
  /** The walk is long enough. */
  | { type: 'ended' };

/** What stays as it is during a walk. */
export interface Scene {
  half: number;
  /** [chains, 2]. */
  start: Float32Array<ArrayBuffer>;
  /** The share of the density in each of `BINS` bins along x, from left to right. */
  truth: Float32Array<ArrayBuffer>;
}

/** Steps since the last report. */
export interface Walk {
  /** [steps, chains, 2]. */
  states: Float32Array<ArrayBuffer>;
  /** Of the last step: the places tried on the way, [places, chains, 2], and whether each chain took it. */
  path: Float32Array<ArrayBuffer>;
  accepted: Float32Array;
  stepsPerSecond: number;
}

/** What all states so far say. */
export interface Survey {
  /** The share of proposals that were taken. */
  acceptance: number;
  rHat: number | undefined;
  size: number | undefined;
  /** Effective draws for a thousand evaluations of the density. */
  yield: number | undefined;
  /** Between the histogram of the plane and the density, 0 … 1. */
  distance: number | undefined;
  autocorrelation: Float32Array<ArrayBuffer>;
  /** The share of the states in each bin along x. */
  bins: Float32Array<ArrayBuffer>;
  /** The histogram of the plane, coloured as the density is. */
  histogram: ImageBitmap;
}

/** Bins along x. */
export const BINS = 24;

/** Lags at which the autocorrelation is told. */
export const LAGS = 60;
