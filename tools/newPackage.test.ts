import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tool } from './gates/command.ts';
import { checkImports } from './gates/imports.ts';
import { plant } from './gates/plant.ts';
import { root } from './gates/workspace.ts';
import { newPackage } from './newPackage.ts';

/** A house with nothing in it but the test kit, the tools and the rules of this one. */
function emptyHouse(): string {
  const house = plant({
    'docs/architecture.md': [
      '| package | what it is for                      | may import |',
      '| ------- | ----------------------------------- | ---------- |',
      '| runtime | devices                             | –          |',
      '| testing | the test kit                        | runtime    |',
      '',
    ].join('\n'),
    'packages/runtime/package.json': '{ "name": "@tenonjs/runtime" }',
    'packages/testing/package.json': '{ "name": "@tenonjs/testing", "private": true }',
    'package.json': '{ "type": "module" }',
    'biome.json': JSON.stringify({ extends: [join(root, 'biome.json')], vcs: { enabled: false } }),
    'tsconfig.json': JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      include: ['packages/*/src', join(root, 'packages/testing/src')],
    }),
  });
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  return house;
}

test('a new package keeps the rules, compiles, and passes its own test', async () => {
  const house = emptyHouse();
  const files = newPackage(house, 'sequence-models');
  // What pnpm install would link is what any package of this house has.
  symlinkSync(join(root, 'packages/flows/node_modules'), join(house, 'packages/sequence-models/node_modules'));

  expect(files).toContain('packages/sequence-models/src/sequenceModels.test.ts');
  expect(checkImports(house)).toEqual([]);
  const checks = await Promise.all([
    tool('biome', ['check', 'packages/sequence-models', 'docs'], { cwd: house }),
    tool('tsc', ['-p', 'tsconfig.json'], { cwd: house }),
    tool('vitest', ['run', '--root', house, '--config', join(root, 'vitest.config.ts'), '--project', 'node']),
  ]);
  for (const { ok, output } of checks) expect(ok, output).toBe(true);
});

test('its row stands last of the published packages, and its changeset names it', () => {
  const house = emptyHouse();
  newPackage(house, 'gan');
  const rows = readFileSync(join(house, 'docs/architecture.md'), 'utf8').split('\n');
  expect(rows[3]).toBe('| gan     | TODO: what it is for | runtime    |');
  expect(rows[4]).toMatch(/^\| testing/);
  expect(readFileSync(join(house, '.changeset/new-gan.md'), 'utf8')).toMatch(/^---\n'@tenonjs\/gan': minor\n---\n/);
});

test('its package.json has what those of its siblings have', () => {
  const house = emptyHouse();
  newPackage(house, 'gan');
  const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const sibling = read(join(root, 'packages/distributions'));
  const own = read(join(house, 'packages/gan'));
  for (const field of ['license', 'type', 'sideEffects', 'engines', 'files', 'exports', 'scripts', 'publishConfig']) {
    expect(own[field], field).toEqual(sibling[field]);
  }
  expect(own.peerDependencies).toEqual(sibling.peerDependencies);
});

describe('a name', () => {
  test.each(['', 'Flows', 'two words', '-gan', 'gan-', '../gan', '@tenonjs/gan', '3d'])('may not be "%s"', (name) => {
    expect(() => newPackage(emptyHouse(), name)).toThrow(
      `newPackage: name must be lower-case words joined by hyphens, got "${name}"; for example sequence-models`,
    );
  });

  test('may not be taken', () => {
    const message = 'newPackage: name must be new, got "runtime"; packages/runtime is already there';
    expect(() => newPackage(emptyHouse(), 'runtime')).toThrow(message);
  });
});
