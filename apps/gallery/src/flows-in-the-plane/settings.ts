import { heart, isDrawing } from '../drawing/code';
import type { Writing } from '../page/address';
import { type Rules, writingOf } from '../page/settings';
import { type BackendName, backendNames } from '../worker/backends';
import { type FlowName, flowNames } from './flows';
import { type TargetName, targetNames } from './targets';

/** Everything that decides what a visitor sees: the same settings give the same picture, step for step. */
export interface Settings {
  target: TargetName;
  /** What was drawn, as `drawing/code.ts` writes it; the target `drawn` is made of it. */
  drawing: string;
  flow: FlowName;
  /** Layers of the flow. */
  depth: number;
  /** Units in each of the two hidden layers of a network; not every flow has any. */
  width: number;
  learningRate: number;
  batchSize: number;
  seed: number;
  backend: BackendName;
}

export const defaults: Settings = {
  target: 'twoMoons',
  drawing: heart,
  flow: 'realNvp',
  depth: 8,
  width: 64,
  learningRate: 0.003,
  batchSize: 256,
  seed: 1,
  backend: 'webgpu',
};

/** What each setting may be. */
export const rules = {
  target: targetNames,
  drawing: { read: (text) => (isDrawing(text) ? text : undefined), write: (text) => text },
  flow: flowNames,
  depth: { from: 1, to: 24 },
  width: [8, 16, 32, 64, 128],
  learningRate: [0.0003, 0.001, 0.003, 0.01, 0.03],
  batchSize: [64, 128, 256, 512, 1024],
  seed: { from: 0, to: 999_999 },
  backend: backendNames,
} satisfies Rules<Settings>;

const all = writingOf(defaults, rules);

/** A drawing stands in the address only where it is trained on. */
export const writing: Writing<Settings> = {
  ...all,
  toQuery(settings) {
    const query = new URLSearchParams(all.toQuery(settings));
    if (settings.target !== 'drawn') query.delete('drawing');
    return query.toString();
  },
};
