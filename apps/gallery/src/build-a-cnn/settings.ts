import { DIGITS } from '../digits/shape';
import { isDrawing } from '../drawing/code';
import type { Writing } from '../page/address';
import { type Rules, writingOf } from '../page/settings';
import { type BackendName, backendNames } from '../worker/backends';
import { HANDWRITTEN } from './handwriting';
import { MOST_BLOCKS, readStack, type Stack, writeStack } from './stack/blocks';
import { presets } from './stack/presets';

/** What is trained, and how: a change starts over. */
export interface Run {
  stack: Stack;
  learningRate: number;
  batchSize: number;
  seed: number;
  backend: BackendName;
}

/** Everything that decides what a visitor sees. */
export interface Settings extends Run {
  /** What is looked into: 0 the digit itself, then each block, and the classes last. */
  look: number;
  /** Whether what is looked at is one of forty real digits, one of all that are trained and judged on, or drawn. */
  shown: 'real' | 'held' | 'drawn';
  /** Which of the real digits. */
  digit: number;
  /** Which of those that are trained and judged on. */
  held: number;
  /** What was drawn, as `src/drawing/code.ts` writes it. */
  drawing: string;
}

export const defaults: Settings = {
  stack: presets.first.stack,
  learningRate: 0.003,
  batchSize: 32,
  seed: 1,
  backend: 'webgpu',
  look: 1,
  shown: 'real',
  digit: 12,
  held: 0,
  drawing: '',
};

/** What each setting may be. */
export const rules = {
  stack: { read: readStack, write: writeStack },
  learningRate: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03],
  batchSize: [16, 32, 64, 128],
  seed: { from: 0, to: 999_999 },
  backend: backendNames,
  look: { from: 0, to: MOST_BLOCKS + 1 },
  shown: ['real', 'held', 'drawn'],
  digit: { from: 0, to: DIGITS - 1 },
  held: { from: 0, to: HANDWRITTEN - 1 },
  drawing: { read: (text) => (isDrawing(text) ? text : undefined), write: (text) => text },
} satisfies Rules<Settings>;

const all = writingOf(defaults, rules);

/** A drawing, and which digit was a mistake, stand in the address only where there is one. */
export const writing: Writing<Settings> = {
  ...all,
  toQuery(settings) {
    const query = new URLSearchParams(all.toQuery(settings));
    if (settings.drawing === '') query.delete('drawing');
    if (settings.shown !== 'held') query.delete('held');
    return query.toString();
  },
};

/** Whether two settings train the same, so that a change between them does not start over. */
export const sameRun = (a: Run, b: Run): boolean =>
  writeStack(a.stack) === writeStack(b.stack) &&
  (['learningRate', 'batchSize', 'seed', 'backend'] as const).every((name) => a[name] === b[name]);
