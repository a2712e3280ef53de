import { checkNumbers, type Numbers } from '../arguments/numbers';
import { sum } from '../statistics/mean';

/** As near to 1 as float32 brings a few thousand probabilities. */
const tolerance = 1e-5;

/** Throws unless it is a column of numbers in [0, 1] that sum to 1. */
export function checkDistribution(caller: string, argument: string, p: Numbers, length?: number): void {
  checkNumbers(caller, argument, p, length, 0, 1);
  const total = sum(p);
  if (Math.abs(total - 1) > tolerance) throw new RangeError(`${caller}: ${argument} must sum to 1, got ${total}`);
}

/** `Σ p log(p / q)` in nats, of numbers that need not sum to 1; 0 log 0 is 0, and it is infinite where q = 0 < p. */
export function relativeEntropy(p: Numbers, q: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < p.length; i++) {
    const share = p[i] as number;
    if (share > 0) total += share * Math.log(share / q(i));
  }
  return total;
}
