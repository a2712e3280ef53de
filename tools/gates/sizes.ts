import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tool } from './command.ts';
import { type Manifest, type Package, publicPackages } from './workspace.ts';

const peers = publicPackages().flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));

type Check = NonNullable<Manifest['size-limit']>[number];

/**
 * size-limit's configuration: what each package's own "size-limit" field says, with the paths seen from its folder and
 * the peers left out. The bundle is what a page would load, so that `#…` imports mean their browser half.
 */
export default (await Promise.all(publicPackages().map(checksOf))).flat();

async function checksOf({ folder, manifest }: Package) {
  const checks = await Promise.all((manifest['size-limit'] ?? []).map((check) => spread(folder, check)));
  return checks.flat().map((check) => ({
    name: manifest.name,
    ...check,
    path: join(folder, check.path),
    ignore: [...peers, ...(check.ignore ?? [])],
  }));
}

/** A check of `each` becomes one of every function that the entry exports, alone; those in `except` have limits of their own. */
async function spread(folder: string, { each, except = {}, ...check }: Check): Promise<Check[]> {
  if (!each) return [check];
  const built = join(folder, check.path);
  const names = existsSync(built) ? Object.keys(await import(pathToFileURL(built).href)) : [];
  const gone = Object.keys(except).filter((name) => names.length > 0 && !names.includes(name));
  if (gone.length > 0) throw new Error(`${built}: "except" names ${gone.join(', ')}, which it does not export`);
  return names.map((name) => ({
    ...check,
    name: `${check.name}: ${name}`,
    import: `{ ${name} }`,
    limit: except[name] ?? check.limit,
  }));
}

/** Each package stays within the size that it declares. */
export async function checkSizes(): Promise<{ problems: string[]; note: string }> {
  const undeclared = publicPackages().filter(({ manifest }) => !manifest['size-limit']?.length);
  const missing = undeclared.map(({ folder }) => `packages/${basename(folder)}/package.json: "size-limit" is missing`);
  const { ok, output, stdout } = await tool('size-limit', ['--json', '--config', import.meta.filename]);
  if (!stdout.startsWith('[')) return { problems: [...missing, output], note: '' };
  const measured: { name: string; passed: boolean; size: number; sizeLimit: number }[] = JSON.parse(stdout);
  const over = measured
    .filter(({ passed }) => !passed)
    .map(({ name, size, sizeLimit }) => `${name}: ${size} bytes, over its limit of ${sizeLimit}`);
  const unexplained = !ok && over.length === 0 ? [output] : [];
  const note = largestOfEach(measured)
    .map(({ name, size }) => `${basename(name)} ${(size / 1000).toFixed(1)} kB`)
    .join(', ');
  return { problems: [...missing, ...over, ...unexplained], note };
}

/** Of the functions of one entry only the largest is worth a word. */
function largestOfEach<One extends { name: string; size: number }>(measured: One[]): One[] {
  const groups = Map.groupBy(measured, ({ name }) => name.split(': ')[0]);
  return [...groups.values()].map((group) => group.reduce((most, one) => (one.size > most.size ? one : most)));
}
