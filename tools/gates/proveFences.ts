import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { mapInParallel, node, tool } from './command.ts';
import { type Fence, fileOf } from './fences.ts';
import { root } from './workspace.ts';

/** What a stranger's tsconfig says: strict, and ready for a bundler or for Node. */
const readers = {
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
};

/**
 * Type-checks fences, strictly, for bundlers and for Node, then runs each in Node.
 *
 * @param fences - the fences, each a program of its own.
 * @param folder - where they are run: its node_modules is what they can import.
 * @returns one text a problem, which begins with the page and the line of the fence; empty when all is well.
 */
export async function proveFences(fences: Fence[], folder: string): Promise<string[]> {
  if (fences.length === 0) return [];
  const files = fences.map((fence) => ({ fence, ...fileOf(fence) }));
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(folder, name), text);

  const checks = await Promise.all(
    Object.entries(readers).map(async ([reader, options]) => {
      const config = join(folder, `tsconfig.${reader}.json`);
      writeFileSync(config, JSON.stringify({ compilerOptions: { ...strict, ...options }, files: files.map(nameOf) }));
      const { ok, output } = await tool('tsc', ['-p', config, '--pretty', 'false'], { cwd: folder });
      return ok ? [] : [`tsc, moduleResolution ${reader}:\n${inPages(output, files)}`];
    }),
  );
  const wrong = [...new Set(checks.flat())];
  if (wrong.length > 0) return wrong;

  const runs = await mapInParallel(files, 2, async ({ fence, name }) => {
    const { ok, output } = await node([name], { cwd: folder, env: withoutVulkan, minutes: 1 });
    return ok ? [] : [`${at(fence)}: this snippet does not run\n${inPages(output, files)}`];
  });
  return runs.flat();
}

const strict = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  typeRoots: [join(root, 'node_modules/@types')],
  types: ['node'],
  strict: true,
  noEmit: true,
  // tfjs's own declarations do not pass.
  skipLibCheck: true,
};

/** A snippet must run on any machine. One with only a software Vulkan is shown as what it is: one without a GPU. */
const withoutVulkan = { VK_ICD_FILENAMES: 'none', VK_DRIVER_FILES: 'none' };

const nameOf = ({ name }: { name: string }) => name;
const at = ({ page, line }: Fence) => `${relative(root, page)}:${line}`;

/** Names the pages in place of the files that were made of them; the lines are the same. */
function inPages(output: string, files: { fence: Fence; name: string }[]): string {
  return files.reduce((text, { fence, name }) => {
    const file = new RegExp(`(file://)?[^\\s()]*${name.replaceAll('.', '\\.')}`, 'g');
    return text.replace(file, relative(root, fence.page));
  }, output);
}
