import type { Settings } from './settings';

/** What the page asks of the worker. */
export type Request =
  | { type: 'open'; settings: Settings }
  | { type: 'run' | 'pause' | 'step' }
  /** What was expected at a pixel of an answer; ANSWERS names the real digit. */
  | { type: 'inspect'; image: number; pixel: number };

/** What the worker tells the page. */
export type Report =
  | { type: 'opened'; scene: Scene }
  | { type: 'line'; line: Line }
  | { type: 'finished'; surprise: Surprise }
  | { type: 'law'; law: Law };

/** How often a half is filled in. */
export const ANSWERS = 8;

export interface Scene {
  /** The whole digit in levels, [28 · 28]. */
  real: Float32Array<ArrayBuffer>;
}

/** The answers after a line: those given count. */
export interface Line {
  done: number;
  of: number;
  /** Levels, [ANSWERS, 28, 28]; 0 where still to come. */
  images: Float32Array<ArrayBuffer>;
}

/** How little each pixel was expected, of the answers and then of the real digit. */
export interface Surprise {
  /** −log₂ p of each pixel given those before it, [ANSWERS + 1, 28, 28]. */
  bits: Float32Array<ArrayBuffer>;
  /** Their sums over the missing half, [ANSWERS + 1]. */
  totals: Float32Array<ArrayBuffer>;
}

/** What was expected at one pixel, given all before it. */
export interface Law {
  image: number;
  pixel: number;
  /** The probability of each level, [LEVELS]. */
  probabilities: Float32Array<ArrayBuffer>;
}
