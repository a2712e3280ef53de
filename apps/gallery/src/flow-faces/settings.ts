import { DIGITS } from '../digits/shape';
import { type Rules, writingOf } from '../page/settings';
import { type BackendName, backendNames } from '../worker/backends';

/** Everything that decides what a visitor sees. */
export interface Settings {
  /** The digits that the ways lead from and to. */
  from: number;
  to: number;
  /** How far along the ways the large pictures are, in percent. */
  share: number;
  /** Of the noise that makes whole levels of grey continuous, and of the digits that are made up. */
  seed: number;
  backend: BackendName;
}

export const defaults: Settings = { from: 14, to: 33, share: 50, seed: 1, backend: 'wasm' };

export const rules = {
  from: { from: 0, to: DIGITS - 1 },
  to: { from: 0, to: DIGITS - 1 },
  share: { from: 0, to: 100 },
  seed: { from: 0, to: 999_999 },
  backend: backendNames,
} satisfies Rules<Settings>;

export const writing = writingOf(defaults, rules);
