import { describe } from './describe';
import { refuse } from './refuse';

/** Throws unless `value` is a whole number of at least `low`. */
export function checkCount(caller: string, argument: string, value: number, low = 1): void {
  if (Number.isSafeInteger(value) && value >= low) return;
  refuse(caller, argument, `be a whole number of at least ${low}`, describe(value));
}
