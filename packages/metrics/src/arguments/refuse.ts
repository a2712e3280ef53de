/**
 * Throws what is said of every argument that will not do: who refuses it, what it must be or have, and what came.
 *
 *     refuse('auc', 'x', 'have at least 2 elements', 1); // RangeError: auc: x must have at least 2 elements, got 1
 */
export function refuse(
  caller: string,
  argument: string,
  must: string,
  got: unknown,
  Kind: new (message: string) => Error = RangeError,
): never {
  throw new Kind(`${caller}: ${argument} must ${must}, got ${got}`);
}
