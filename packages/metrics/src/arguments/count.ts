import { describe } from './describe';

/** Throws unless `value` is a whole number of at least `low`. */
export function checkCount(caller: string, argument: string, value: number, low = 1): void {
  if (Number.isSafeInteger(value) && value >= low) return;
  throw new RangeError(`${caller}: ${argument} must be a whole number of at least ${low}, got ${describe(value)}`);
}
