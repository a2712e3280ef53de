import { basename, join } from 'node:path';
import { tool } from './command.ts';
import { publicPackages } from './workspace.ts';

const peers = publicPackages().flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));

/**
 * size-limit's configuration: what each package's own "size-limit" field says, with the paths seen from its folder and
 * the peers left out. The bundle is what a page would load, so that `#…` imports mean their browser half.
 */
export default publicPackages().flatMap(({ folder, manifest }) =>
  (manifest['size-limit'] ?? []).map((check) => ({
    name: manifest.name,
    ...check,
    path: join(folder, check.path),
    ignore: [...peers, ...(check.ignore ?? [])],
  })),
);

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
  const note = measured.map(({ name, size }) => `${basename(name)} ${(size / 1000).toFixed(1)} kB`).join(', ');
  return { problems: [...missing, ...over, ...unexplained], note };
}
