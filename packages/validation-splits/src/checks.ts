/** How a value looks in a message. */
export const show = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** @throws TypeError unless it is a number; RangeError unless it is an integer between the bounds. */
export function checkInteger(
  where: string,
  name: string,
  value: unknown,
  low: number,
  hint = '',
): asserts value is number {
  const message = `${where}: ${name} must be an integer of at least ${low}, got ${show(value)}${hint && `; ${hint}`}`;
  if (typeof value !== 'number') throw new TypeError(message);
  if (!Number.isSafeInteger(value) || value < low) throw new RangeError(message);
}

/** @throws RangeError unless there are as many folds as samples, groups… at most. */
export function checkAtMost(where: string, name: string, value: number, what: string, limit: number): void {
  if (value > limit)
    throw new RangeError(`${where}: ${name} must be at most the number of ${what}, ${limit}, got ${value}`);
}

/** @throws TypeError unless there is one entry a sample. */
export function checkLength(
  where: string,
  name: string,
  values: unknown,
  n: number,
): asserts values is ArrayLike<unknown> {
  const isList = (typeof values === 'object' && values !== null && 'length' in values) || typeof values === 'string';
  const got = isList ? (values as ArrayLike<unknown>).length : values === undefined ? 'none' : typeof values;
  if (!isList || got !== n) {
    const error = isList ? RangeError : TypeError;
    throw new error(`${where}: ${name} must have ${n} entries, one a sample, got ${got}`);
  }
}
