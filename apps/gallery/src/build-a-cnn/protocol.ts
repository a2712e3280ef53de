import type { Maps } from './engine/insight';
import type { Judgement } from './engine/judge';
import type { Look, Picture } from './session';
import type { Run } from './settings';

/** What the page asks of the worker. */
export type Request =
  | { type: 'open'; run: Run; look: Look }
  | { type: 'run' | 'pause' | 'step' | 'close' }
  | { type: 'look'; look: Look };

/** What the worker tells the page. */
export type Report =
  /** The digits that it trains and is judged on, [n, 28, 28], 0 … 1. */
  | { type: 'digits'; pixels: Float32Array<ArrayBuffer> }
  /** The first filters before any step. */
  | { type: 'opened'; filters: Maps }
  /** The losses of the steps since the last report, and how fast they go. */
  | { type: 'losses'; losses: Float32Array<ArrayBuffer>; stepsPerSecond: number }
  | { type: 'picture'; picture: Picture }
  | { type: 'judgement'; judgement: Judgement };
