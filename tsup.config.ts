import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/**
 * The one build of every package. What to build stands in the package's own `exports` and `imports`: each
 * `source` condition is an entry, so an entry point is named once.
 */
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

function sources(conditions: unknown): string[] {
  if (typeof conditions !== 'object' || conditions === null) return [];
  return Object.entries(conditions).flatMap(([key, value]) => (key === 'source' ? [value as string] : sources(value)));
}

export default defineConfig({
  entry: [...new Set([...sources(manifest.exports), ...sources(manifest.imports)])],
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: true,
  sourcemap: true,
  treeshake: true,
  // `#name` is one of the package's own subpath imports: which file it means is decided where it runs.
  external: [/^#/],
  outExtension: () => ({ js: '.js' }),
});
