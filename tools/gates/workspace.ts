import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's root folder. */
export const root = join(import.meta.dirname, '../..');

/** What the gates read of a package.json. */
export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  exports?: Record<string, unknown>;
  'size-limit'?: {
    path: string;
    limit: string;
    name?: string;
    ignore?: string[];
    import?: string;
    gzip?: boolean;
    /** Every function that the entry exports, by itself; those in `except` within limits of their own. */
    each?: boolean;
    except?: Record<string, string>;
  }[];
}

/** A workspace folder with its package.json, for example packages/flows. */
export interface Package {
  folder: string;
  manifest: Manifest;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** The packages that stand directly in a folder, by name: `packagesIn(join(root, 'packages'))`. */
export function packagesIn(folder: string): Package[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((inside) => existsSync(join(inside, 'package.json')))
    .map((inside) => ({ folder: inside, manifest: readManifest(inside) }));
}

/** The packages that are published. */
export function publicPackages(from: string = root): Package[] {
  return packagesIn(join(from, 'packages')).filter(({ manifest }) => !manifest.private);
}
