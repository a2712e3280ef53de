/** Where two results differ by more than `tolerance`, relative to the larger of 1 and what is expected; or null. */
export function difference(got: unknown, expected: unknown, tolerance: number, path = ''): string | null {
  if (typeof expected === 'number' && typeof got === 'number') {
    const near = Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected));
    return near || Object.is(got + 0, expected + 0) ? null : `${path || 'result'}: got ${got}, expected ${expected}`;
  }
  if (typeof expected !== 'object' || expected === null || typeof got !== 'object' || got === null) {
    return got === expected ? null : `${path || 'result'}: got ${got}, expected ${expected}`;
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
  for (const key of keys) {
    const [a, b] = [got, expected].map((from) => (from as Record<string, unknown>)[key]);
    const found = difference(a, b, tolerance, `${path}.${key}`);
    if (found) return found;
  }
  return null;
}
