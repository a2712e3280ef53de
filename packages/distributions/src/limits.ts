/** The smallest normal float32: stands for 0 where a logarithm is taken. */
export const TINY = 2 ** -126;

/** The largest float32 below 1. */
export const BELOW_ONE = 1 - 2 ** -24;
