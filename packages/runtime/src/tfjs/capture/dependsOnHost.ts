let complain: ((complaint: string) => void) | undefined;

/** Hears, while a function is observed, that it depends on the host. @returns how to stop that. */
export function hearOfHost(hear: (complaint: string) => void): () => void {
  const before = complain;
  complain = hear;
  return () => {
    complain = before;
  };
}

/**
 * Says that what is computed now depends on a value of the host that changes from call to call. A captured function is
 * refused then, with this line; elsewhere nothing happens.
 *
 * @param what - the value, for the message.
 *
 * @example
 * const context = { get epoch() { dependsOnHost('epoch'); return epoch; } };
 */
export function dependsOnHost(what: string): void {
  complain?.(`a captured function must not depend on ${what}, which differs from call to call`);
}
