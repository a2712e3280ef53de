/**
 * Proves the house: every gate, one after another, one line each.
 *
 *     pnpm verify [GATE…]
 */
import { chromiumPath } from '../chromium.ts';
import { tool } from './command.ts';
import { checkConsumers } from './consumer.ts';
import { fromCommand, fromProblems, type Gate, type Outcome, runGates } from './gate.ts';
import { checkImports } from './imports.ts';
import { checkCycles, checkLint } from './lint.ts';
import { findAdapter, howToGet } from './machine.ts';
import { checkSizes } from './sizes.ts';
import { checkSnippets, housePages } from './snippets.ts';
import { checkPublint, checkTypesResolve } from './tarballs.ts';
import { runProject } from './vitest.ts';
import { publicPackages, root } from './workspace.ts';

const packages = publicPackages().length;

const gates: Gate[] = [
  { name: 'lint', run: () => fromCommand(checkLint()) },
  { name: 'cycles', run: () => fromCommand(checkCycles(root)) },
  { name: 'imports', run: () => fromProblems(checkImports(root)) },
  { name: 'types', run: () => fromCommand(tool('tsc', ['--noEmit', '-p', 'tsconfig.json'])) },
  { name: 'unused', run: () => fromCommand(tool('knip', ['--no-progress', '--no-config-hints'])) },
  { name: 'build', run: () => fromCommand(tool('turbo', ['run', 'build', '--output-logs=errors-only'])) },
  { name: 'publint', run: () => fromProblems(checkPublint(), packages) },
  { name: 'attw', run: () => fromProblems(checkTypesResolve(), packages) },
  {
    name: 'sizes',
    run: async () => {
      const { problems, note } = await checkSizes();
      return { ...(await fromProblems(problems, packages)), note };
    },
  },
  { name: 'snippets', run: () => fromProblems(checkSnippets(housePages())) },
  { name: 'consumer', run: () => fromProblems(checkConsumers(), packages) },
  { name: 'webgpu', run: findWebgpu },
  { name: 'unit', run: () => runProject('node') },
  { name: 'slow', run: () => runProject('slow') },
  { name: 'browser', run: () => inChromium('browser') },
  { name: 'e2e', run: () => inChromium('e2e') },
];

/** Whether Node finds a WebGPU adapter: the unit tests run on webgpu too if it does. */
async function findWebgpu(): Promise<Outcome> {
  const adapter = await findAdapter();
  return adapter === undefined
    ? { passed: 0, failed: 0, absent: howToGet.adapter }
    : { passed: 1, failed: 0, note: adapter };
}

async function inChromium(project: string): Promise<Outcome> {
  return chromiumPath() ? runProject(project) : { passed: 0, failed: 0, absent: howToGet.chromium };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !gates.some((gate) => gate.name === name));
if (unknown.length > 0) {
  console.error(`verify: a gate must be one of ${gates.map(({ name }) => name).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(1);
}
const chosen = wanted.length > 0 ? gates.filter(({ name }) => wanted.includes(name)) : gates;
const { failed } = await runGates(chosen, {
  strict: Boolean(process.env.CI),
  // Seen only while it runs: the gate's own line is written over it.
  begin: (name) => process.stdout.isTTY && process.stdout.write(`… ${name}\r`),
});
process.exitCode = failed > 0 ? 1 : 0;
