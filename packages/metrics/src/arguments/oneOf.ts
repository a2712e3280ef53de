import { describe } from './describe';

/** Throws unless `value` is one of the allowed ones. */
export function checkOneOf(caller: string, argument: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  throw new RangeError(`${caller}: ${argument} must be ${allowed.map(describe).join(', ')}, got ${describe(value)}`);
}
