import { writingOf } from '../page/settings';
import { type ModelName, modelNames } from './models';

/** Everything that decides what a visitor sees. */
export interface Settings {
  model: ModelName;
  /** In thousandths. */
  threshold: number;
}

const defaults: Settings = { model: 'texture', threshold: 500 };

export const writing = writingOf(defaults, { model: modelNames, threshold: { from: 0, to: 1000 } });
