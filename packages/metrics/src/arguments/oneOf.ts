import { describe } from './describe';
import { refuse } from './refuse';

/** Throws unless `value` is one of the allowed ones. */
export function checkOneOf(caller: string, argument: string, value: unknown, allowed: readonly unknown[]): void {
  if (!allowed.includes(value)) refuse(caller, argument, `be ${allowed.map(describe).join(', ')}`, describe(value));
}
