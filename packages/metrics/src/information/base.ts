import { checkOneOf } from '../arguments/oneOf';

export interface BaseOptions {
  /** The base of the logarithm: `'e'` for nats, 2 for bits; `'e'` if left out. */
  base?: 'e' | 2;
}

/** What divides nats to give the unit of the base. */
export function unit(caller: string, { base = 'e' }: BaseOptions): number {
  checkOneOf(caller, 'base', base, ['e', 2]);
  return base === 2 ? Math.LN2 : 1;
}
