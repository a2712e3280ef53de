/**
 * Lays the first stones of a package: source, test, README, size limit, changeset, and its row in the plan.
 *
 *     pnpm new:package NAME
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { camelCase, scaffold, table } from './scaffold.ts';

/**
 * @param house - the repository's root.
 * @param name - the package's short name: `sequence-models` becomes `@tenonjs/sequence-models`.
 * @returns the files that were written or changed.
 * @throws RangeError when the name is not one of lower-case words joined by hyphens, or is taken.
 */
export function newPackage(house: string, name: string): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    const hint = 'for example sequence-models';
    throw new RangeError(`newPackage: name must be lower-case words joined by hyphens, got "${name}"; ${hint}`);
  }
  for (const folder of [`packages/${name}`, `apps/${name}`]) {
    if (existsSync(join(house, folder))) {
      throw new RangeError(`newPackage: name must be new, got "${name}"; ${folder} is already there`);
    }
  }
  const plan = join(house, 'docs/architecture.md');
  const planned = withRow(readFileSync(plan, 'utf8'), name);

  const files = scaffold(name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }
  writeFileSync(plan, planned);
  return [...Object.keys(files), 'docs/architecture.md'];
}

/** The plan with a row for the package: the last of those that are published, above the test kit. */
function withRow(markdown: string, name: string): string {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => /^\| package .*\| may import/.test(line));
  const length = lines.slice(head).findIndex((line) => !line.startsWith('|'));
  const [titles = [], , ...rows] = lines.slice(head, head + length).map((line) => line.split('|').slice(1, -1));
  const kit = rows.findIndex(([cell]) => cell?.trim() === 'testing');
  if (head < 0 || kit < 0) {
    throw new Error(
      'newPackage: docs/architecture.md must have its table of packages, with a row for testing; it has not',
    );
  }
  const trimmed = (cells: string[]) => cells.map((cell) => cell.trim());
  const grown = rows.map(trimmed).toSpliced(kit, 0, [name, 'TODO: what it is for', 'runtime']);
  return lines.toSpliced(head, length, table(trimmed(titles), grown)).join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const [name = ''] = process.argv.slice(2);
  try {
    for (const file of newPackage(join(import.meta.dirname, '..'), name)) console.log(file);
    console.log(`
Next:
  pnpm install                     so that the workspace knows it
  packages/${name}/src/${camelCase(name)}.ts   is where the first idea goes; its test stands beside it
  docs/architecture.md             say what the package is for, and what it may import
  pnpm verify                      proves it with all the rest`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
