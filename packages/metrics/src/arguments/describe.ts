/** What came instead of what was expected, short enough for a message: `'cat'`, `NaN`, `an array of 3`, `an object`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    return `${ArrayBuffer.isView(value) ? value.constructor.name : 'an array'} of ${(value as ArrayLike<unknown>).length}`;
  }
  return 'an object';
}
