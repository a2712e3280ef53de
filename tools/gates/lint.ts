import { type Finished, tool } from './command.ts';

/** Biome's rule that finds a file which imports itself by way of others, types included (biome.json). */
const rule = 'suspicious/noImportCycles';

/** No file of a folder stands in a circle of imports. */
export function checkCycles(folder: string): Promise<Finished> {
  return tool('biome', ['lint', `--only=${rule}`, '.'], { cwd: folder });
}

/** Style, format and all the other rules. */
export function checkLint(): Promise<Finished> {
  return tool('biome', [
    'check',
    `--skip=${rule}`,
    '--error-on-warnings',
    '--diagnostic-level=warn',
    '--reporter=concise',
    '.',
  ]);
}
