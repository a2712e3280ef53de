import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { importsOf, internalsOf, parse } from './sources.ts';
import { type Package, packagesIn } from './workspace.ts';

/**
 * Holds the code to the plan of the house, the table "Who may import whom" in docs/architecture.md:
 *
 * 1. Each package has a row, each row a package, and a row names only rows above it: so no circle can be written.
 * 2. A package imports, and depends on, only the siblings of its row; its tests may also use `testing`.
 * 3. Nobody reaches past the `exports` of another package, by a deep specifier or by a relative path; a relative path
 *    leaves its package only in a test, for what stands in tools/.
 * 4. What is published imports tfjs-core, never the whole of `@tensorflow/tfjs`; its tests do.
 * 5. tfjs's insides (see sources.ts) are touched only in packages/runtime/src/tfjs; a test and the
 *    test kit may look inside, and a benchmark opens tfjs as others do, to stand beside it.
 *
 * @returns one line a violation, `path:line: what is wrong`; empty when all is well.
 */
export function checkImports(house: string): string[] {
  const packages = packagesIn(join(house, 'packages'));
  const plan = join(house, 'docs/architecture.md');
  const allowed = readTable(readFileSync(plan, 'utf8'));
  const all = [...packages, ...packagesIn(join(house, 'apps')), ...packagesIn(house).filter(isBenchmarks)];
  return [
    ...checkTable(allowed, packages.map(shortName)).map((problem) => `docs/architecture.md: ${problem}`),
    ...packages.flatMap((one) => checkManifest(house, one, allowed.get(shortName(one)) ?? [])),
    ...all.flatMap((one) => checkSources(house, one, all, packages.includes(one) ? allowed : undefined)),
  ];
}

const scope = '@tenonjs/';
const kit = 'testing';
const isBenchmarks = ({ folder }: Package) => basename(folder) === 'benchmarks';
const isTest = (file: string) => /\.(test|browser)\.ts$|[\\/](testing|e2e)[\\/]/.test(file);
const isWithin = (folder: string, file: string) => file.startsWith(join(folder, sep));
const mayTouchInternals = (file: string) =>
  isTest(file) || isWithin('packages/runtime/src/tfjs', file) || isWithin('benchmarks', file);
const shortName = ({ manifest }: Package) => manifest.name.replace(scope, '');

/** The rows of the table whose columns are "package" and "may import", in order. */
export function readTable(markdown: string): Map<string, string[]> {
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const head = rows.findIndex((cells) => cells.includes('package') && cells.includes('may import'));
  if (head < 0) throw new Error('docs/architecture.md: a table with the columns "package" and "may import" is missing');
  const [name, may] = ['package', 'may import'].map((title) => rows[head]?.indexOf(title) ?? -1) as [number, number];
  return new Map(
    rows
      .slice(head + 2)
      .map((cells) => [cells[name] ?? '', (cells[may] ?? '').split(/[\s,–]+/).filter((word) => word !== '')]),
  );
}

function checkTable(allowed: Map<string, string[]>, packages: string[]): string[] {
  const rows = [...allowed.keys()];
  return [
    ...packages.filter((name) => !allowed.has(name)).map((name) => `packages/${name} has no row`),
    ...rows.filter((name) => !packages.includes(name)).map((name) => `the row "${name}" has no package`),
    ...rows.flatMap((name, index) =>
      (allowed.get(name) ?? [])
        .filter((sibling) => !rows.slice(0, index).includes(sibling))
        .map((sibling) => `the row "${name}" may only name rows above it, got "${sibling}"`),
    ),
  ];
}

function checkManifest(house: string, { folder, manifest }: Package, may: string[]): string[] {
  const at = relative(house, join(folder, 'package.json'));
  const siblings = (field: Record<string, string> = {}) =>
    Object.keys(field)
      .filter((name) => name.startsWith(scope))
      .map((name) => name.replace(scope, ''));
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest;
  const shipped = siblings({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  const forTests = siblings(devDependencies).filter((name) => name !== kit);
  return [...shipped, ...forTests]
    .filter((name) => !may.includes(name))
    .map((name) => `${at}: it depends on ${scope}${name}, which its row in docs/architecture.md does not name`);
}

/** Where an import stands: in which package of which house, and which siblings it may name there. */
interface Place {
  house: string;
  one: Package;
  all: Package[];
  file: string;
  /** Undefined in an application, which may import every package. */
  may: string[] | undefined;
}

function checkSources(house: string, one: Package, all: Package[], allowed?: Map<string, string[]>): string[] {
  return globSync('{src/**/,e2e/**/,}*.ts', { cwd: one.folder }).flatMap((name) => {
    const file = join(one.folder, name);
    const may = allowed && [...(allowed.get(shortName(one)) ?? []), ...(isTest(file) ? [kit] : [])];
    const source = parse(file);
    const insides = mayTouchInternals(relative(house, file)) ? [] : internalsOf(source);
    return [
      ...importsOf(source).map(({ line, from }) => ({
        line,
        problem: checkImport(from, { house, one, all, file, may }),
      })),
      ...insides.map(({ line, what }) => ({
        line,
        problem: `${what} is one of tfjs's insides, which only packages/runtime/src/tfjs may touch`,
      })),
    ].flatMap(({ line, problem }) => (problem ? [`${relative(house, file)}:${line}: ${problem}`] : []));
  });
}

function checkImport(from: string, place: Place): string | undefined {
  if (from.startsWith('.')) return checkRelative(from, place);
  if (from.startsWith(scope)) return checkSibling(from, place);
  const { one, file, may } = place;
  return from === '@tensorflow/tfjs' && may && !isTest(file) && !one.manifest.private
    ? `"${from}" is the whole of tfjs; a package that is published stands on @tensorflow/tfjs-core alone`
    : undefined;
}

function checkRelative(from: string, { house, one, file }: Place): string | undefined {
  const target = resolve(dirname(file), from);
  const isFree =
    !relative(one.folder, target).startsWith('..') || (isTest(file) && isWithin(join(house, 'tools'), target));
  return isFree ? undefined : `"${from}" leaves the package; import what another one exports, by its name`;
}

function checkSibling(from: string, { one, all, may }: Place): string | undefined {
  const [sibling = '', ...path] = from.slice(scope.length).split('/');
  const target = all.find((other) => shortName(other) === sibling);
  if (target !== one && may && !may.includes(sibling)) {
    const row = may.length > 0 ? may.join(', ') : 'no sibling';
    return `"${from}" is not in this package's row of docs/architecture.md, which allows ${row}`;
  }
  const isEntry = path.length === 0 || Object.hasOwn(target?.manifest.exports ?? {}, ['.', ...path].join('/'));
  return isEntry ? undefined : `"${from}" reaches past the exports of ${scope}${sibling}`;
}
