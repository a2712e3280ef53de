import { checkNumbers, type Numbers } from './numbers';

/** What every metric takes that averages over samples. */
export interface Weighted {
  /** [N], none below 0; each sample counts once if they are left out. */
  sampleWeight?: Numbers | undefined;
}

/** Throws unless there are as many weights as samples, each finite and none below 0. */
export function checkWeights(caller: string, weights: Numbers | undefined, length: number): void {
  if (weights) checkNumbers(caller, 'sampleWeight', weights, length, 0);
}
