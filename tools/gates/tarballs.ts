import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { command, mapInParallel, tool } from './command.ts';
import { publicPackages } from './workspace.ts';

/** A published package as a stranger gets it. */
export interface Tarball {
  /** The folder in packages/ it was packed from. */
  folder: string;
  name: string;
  file: string;
}

/** Packs every public package into a temporary folder, hands the tarballs to `use`, and cleans up. */
export async function withTarballs<T>(use: (tarballs: Tarball[], folder: string) => Promise<T>): Promise<T> {
  const destination = mkdtempSync(join(tmpdir(), 'tenon-packed-'));
  try {
    const packages = publicPackages();
    const filters = packages.flatMap(({ manifest }) => ['--filter', manifest.name]);
    const packed = await command('pnpm', ['--recursive', ...filters, 'pack', '--pack-destination', destination]);
    if (!packed.ok) throw new Error(`pnpm pack failed\n${packed.output}`);
    const files = readdirSync(destination);
    const tarballs = packages.map(({ folder, manifest: { name, version } }) => {
      const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
      if (!files.includes(file)) throw new Error(`pnpm pack made ${files.join(', ')}, but no ${file}`);
      return { folder, name, file: join(destination, file) };
    });
    return await use(tarballs, destination);
  } finally {
    rmSync(destination, { recursive: true, force: true });
  }
}

/** publint: what package.json promises is in the tarball, and Node and bundlers will find it. */
export const checkPublint = () => checkTarballs((file) => tool('publint', ['run', file, '--strict']));

/** attw: the types say the same as the code, for whoever imports it as ESM. */
export const checkTypesResolve = () =>
  checkTarballs((file) =>
    tool('attw', [file, '--profile', 'esm-only', '--no-emoji', '--no-color', '--format', 'ascii']),
  );

function checkTarballs(check: (file: string) => Promise<{ ok: boolean; output: string }>): Promise<string[]> {
  return withTarballs(async (tarballs) => {
    const found = await mapInParallel(tarballs, 2, async ({ folder, file }) => {
      const { ok, output } = await check(file);
      return ok ? [] : [`packages/${basename(folder)}\n${output}`];
    });
    return found.flat();
  });
}
