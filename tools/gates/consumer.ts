import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join, relative } from 'node:path';
import { command, mapInParallel } from './command.ts';
import { type Fence, fencesOf } from './fences.ts';
import { proveFences } from './proveFences.ts';
import { importsOf, parse } from './sources.ts';
import { type Tarball, withTarballs } from './tarballs.ts';
import { type Manifest, readManifest, root } from './workspace.ts';

/**
 * A stranger's first hour with each public package, as it is packed, in an empty folder, with npm: installed alone next
 * to its required peers, its entry points are type-checked and loaded; then, with what its README tells to install
 * beside it, so are the README's snippets.
 *
 * @returns one text a problem; empty when all is well.
 */
export function checkConsumers(): Promise<string[]> {
  return withTarballs(async (tarballs, folder) => {
    const found = await mapInParallel(tarballs, 2, (one) => tryOut(one, tarballs, join(folder, basename(one.folder))));
    return found.flat();
  });
}

async function tryOut(one: Tarball, all: Tarball[], folder: string): Promise<string[]> {
  const readme = join(one.folder, 'README.md');
  const page = relative(root, readme);
  if (!existsSync(readme)) return [`${page}: it is missing`];
  const fences = fencesOf(readme);
  if (fences.length === 0) return [`${page}: it has no \`\`\`ts snippet that could be run`];

  const manifest = readManifest(one.folder);
  const peers = requiredPeers(manifest);
  const beside = importedBeside(one.name, fences).filter((name) => !peers.includes(name));
  const unnamed = beside.filter((name) => !installLines(readme).includes(name));
  if (unnamed.length > 0) {
    return [`${page}: its snippets import ${unnamed.join(', ')}, which its \`npm install\` line does not name`];
  }

  mkdirSync(folder);
  const entries = entriesOf(manifest);
  const optional = optionalPeers(manifest);
  // Where peers are optional, only the root entry promises to do without them.
  const alone = await withInstalled(peers, [loads(one, optional.length > 0 ? ['.'] : entries)]);
  if (alone.length > 0) return alone;
  const rest = optional.length > 0 ? [loads(one, entries)] : [];
  return withInstalled([...new Set([...peers, ...optional, ...beside])], [...rest, ...fences]);

  async function withInstalled(names: string[], programs: Fence[]): Promise<string[]> {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(strangersManifest(one, names, all), null, 2));
    const { ok, output } = await command('npm', ['install', ...quickly], { cwd: folder, env: withoutPackageManager() });
    return ok ? proveFences(programs, folder) : [`packages/${basename(one.folder)}: npm install failed\n${output}`];
  }
}

const quickly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];

/** The peers that npm installs with the package. */
function requiredPeers({ peerDependencies = {}, peerDependenciesMeta = {} }: Manifest): string[] {
  return Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
}

/** The peers that only some entry points need: npm installs them when it is told to. */
function optionalPeers(manifest: Manifest): string[] {
  const required = requiredPeers(manifest);
  return Object.keys(manifest.peerDependencies ?? {}).filter((name) => !required.includes(name));
}

/** The packages that snippets import beside the one they are about. */
function importedBeside(self: string, fences: Fence[]): string[] {
  const imported = fences.flatMap(({ page, code }) => importsOf(parse(page, code)).map(({ from }) => from));
  const packages = imported
    .filter((from) => !from.startsWith('.') && !isBuiltin(from))
    .map((from) => (/^@[^/]+\/[^/]+|^[^/]+/.exec(from) as RegExpExecArray)[0]);
  return [...new Set(packages)].filter((name) => name !== self);
}

/** Every word of the lines of a page that install something. */
function installLines(page: string): string[] {
  const lines = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => /^\s*(npm (i|install)|pnpm add|yarn add) /.test(line));
  return lines.flatMap((line) => line.trim().split(/\s+/));
}

/**
 * What stands in the stranger's package.json. Siblings come from their tarballs: those that a README tells to install
 * as dependencies, the others by way of `overrides`, so that only a declared dependency is found.
 */
function strangersManifest(one: Tarball, wanted: string[], all: Tarball[]) {
  const tarballOf = new Map(all.map(({ name, file }) => [name, `file:${file}`]));
  const tried = triedVersions(all);
  const version = (name: string) => {
    const known = tarballOf.get(name) ?? tried.get(name);
    if (known === undefined) throw new Error(`${name}: no package has it as a devDependency, so no version was tried`);
    return known;
  };
  const dependencies = Object.fromEntries([one.name, ...wanted].map((name) => [name, version(name)]));
  const overrides = Object.fromEntries([...tarballOf].filter(([name]) => !(name in dependencies)));
  return { name: 'stranger', private: true, type: 'module', dependencies, overrides };
}

/** The versions that the packages are developed with: what the catalog pins, as their package.json names it. */
function triedVersions(all: Tarball[]): Map<string, string> {
  const installed = (folder: string, name: string): [string, string][] => {
    const place = join(folder, 'node_modules', name);
    return existsSync(place) ? [[name, readManifest(place).version]] : [];
  };
  return new Map(
    all.flatMap(({ folder }) =>
      Object.keys(readManifest(folder).devDependencies ?? {}).flatMap((name) => installed(folder, name)),
    ),
  );
}

const entriesOf = ({ exports = {} }: Manifest) => Object.keys(exports).filter((entry) => !entry.endsWith('.json'));

/** A program that loads entry points of a package. */
function loads({ folder, name }: Tarball, entries: string[]): Fence {
  const code = entries.map((entry, index) => {
    const from = join(name, entry).replaceAll('\\', '/');
    return `import * as entry${index} from '${from}';\nif (Object.keys(entry${index}).length === 0) throw new Error('${from} exports nothing');`;
  });
  return { page: join(folder, 'package.json'), line: 1, code: code.join('\n') };
}

/** The environment without what npx, npm and pnpm tell the scripts they start: only how to reach the registry stays. */
function withoutPackageManager(): Record<string, undefined> {
  const told = Object.keys(process.env).filter((key) => /^(p?npm_|node_path$)/i.test(key));
  const kept = /^npm_config_(registry|cache|cafile|userconfig|globalconfig|proxy|https_proxy|noproxy)$/i;
  return Object.fromEntries(told.filter((key) => !kept.test(key)).map((key) => [key, undefined]));
}
