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
