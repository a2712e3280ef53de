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

/** @throws TypeError unless it is a list, of at least one entry where n is not known; RangeError unless it has n. */
export function checkLength(
  where: string,
  name: string,
  values: unknown,
  n?: number,
): asserts values is ArrayLike<unknown> {
  const length = typeof values === 'object' && values !== null && 'length' in values ? values.length : undefined;
  const got = length ?? (values === undefined ? 'none' : typeof values);
  const must = n === undefined ? 'at least one entry' : `${n} entries, one a sample`;
  const message = `${where}: ${name} must have ${must}, got ${got}`;
  if (length === undefined) throw new TypeError(message);
  if (n === undefined ? length === 0 : length !== n) throw new RangeError(message);
}
