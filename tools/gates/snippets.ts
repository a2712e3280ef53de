import { globSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fencesOf } from './fences.ts';
import { proveFences } from './proveFences.ts';
import { root } from './workspace.ts';

/** The pages that speak of the whole house. A package's README is proved by the consumer test, as it is published. */
export function housePages(): string[] {
  return globSync('{*,docs/*}.md', { cwd: root })
    .sort()
    .map((page) => join(root, page));
}

/** Type-checks and runs the snippets of the pages against the built workspace; one text a problem. */
export async function checkSnippets(pages: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-snippets-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    // The quickstart depends on every package and on every peer: what it can import, a snippet can.
    symlinkSync(join(root, 'apps/quickstart/node_modules'), join(folder, 'node_modules'), 'junction');
    return await proveFences(
      pages.flatMap((page) => fencesOf(page)),
      folder,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
