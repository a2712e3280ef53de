import type { Callback } from '../callbacks/callback';

/** A browser has no terminal: nothing is drawn. Pages listen to `onStepEnd` and draw their own. */
export function progressBar(): Callback {
  return {};
}
