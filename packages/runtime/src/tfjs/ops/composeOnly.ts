let composing = false;

/** Whether defined ops are to leave their kernels alone. */
export const isComposing = (): boolean => composing;

/**
 * Calls a function in which every defined op runs as its composition of plain tfjs ops, also where it has a kernel: to see
 * whether a kernel is to blame, and to test one against the other.
 *
 * @param fn - is called at once; must not be async.
 *
 * @example
 * const composed = composeOnly(() => layerNorm(x, gamma, beta));
 */
export function composeOnly<T>(fn: () => T): T {
  const before = composing;
  composing = true;
  try {
    return fn();
  } finally {
    composing = before;
  }
}
