/** What came instead of what was expected, short enough for a message: `'cat'`, `NaN`, `an array of 3`, `an object`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  return 'length' in value ? `an array of ${value.length}` : 'an object';
}
