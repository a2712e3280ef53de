import { DIGITS } from '../digits/shape';
import { type Rules, writingOf } from '../page/settings';
import { type BackendName, backendNames } from '../worker/backends';
import { type Half, halfNames } from './halves';

/** Everything that decides what a visitor sees: the same settings give the same answers, pixel by pixel. */
export interface Settings {
  digit: number;
  /** What is given of it. */
  given: Half;
  seed: number;
  backend: BackendName;
}

export const defaults: Settings = { digit: 14, given: 'top', seed: 1, backend: 'wasm' };

export const rules = {
  digit: { from: 0, to: DIGITS - 1 },
  given: halfNames,
  seed: { from: 0, to: 999_999 },
  backend: backendNames,
} satisfies Rules<Settings>;

export const writing = writingOf(defaults, rules);
