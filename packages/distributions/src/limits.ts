/** The smallest normal float32: stands for 0 where a logarithm is taken. */
export const TINY = 2 ** -126;

/** The largest float32 below 1. */
export const BELOW_ONE = 1 - 2 ** -24;

/** Stands for a log-probability of −∞ where arithmetic goes on: a GPU may assume that it never meets an infinity. */
export const LOG_ZERO = -1e30;

/** A sum of such numbers with others is below this. */
export const IMPOSSIBLE = LOG_ZERO / 2;
