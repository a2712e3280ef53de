import type { Ratio } from './average';

/** Hits among what was predicted. */
export const precisionRatio: Ratio = (hits, _actual, predicted) => [hits, predicted];

/** Hits among what was there. */
export const recallRatio: Ratio = (hits, actual) => [hits, actual];

/**
 * The F score from counts, not from precision and recall, so that it is defined wherever it can be:
 *
 *     (1 + β²) TP / (β² (TP + FN) + TP + FP)
 */
export function fbetaRatio(beta: number): Ratio {
  if (beta === Infinity) return recallRatio;
  const squared = beta * beta;
  return (hits, actual, predicted) => [(1 + squared) * hits, squared * actual + predicted];
}

/** Hits among what was there or was predicted. */
export const jaccardRatio: Ratio = (hits, actual, predicted) => [hits, actual + predicted - hits];

/** Throws unless it is a number of at least 0. */
export function checkBeta(caller: string, beta: number): void {
  if (beta >= 0) return;
  throw new RangeError(`${caller}: beta must be at least 0, got ${beta}`);
}
