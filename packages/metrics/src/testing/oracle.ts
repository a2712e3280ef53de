import { readFileSync } from 'node:fs';

/** One call, and what scikit-learn, SciPy or a formula written out in NumPy gives for it. */
export interface OracleCase {
  name: string;
  arguments: unknown[];
  options: Record<string, unknown>;
  expected: unknown;
}

const numbers = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** The cases of tools/oracles/NAME.json. */
export function oracleCases(name: string): OracleCase[] {
  const file = new URL(`../../../../tools/oracles/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'), (_, value) => numbers.get(value) ?? value);
}

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
