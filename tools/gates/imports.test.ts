import { expect, test } from 'vitest';
import { checkImports, readTable } from './imports.ts';
import { plant } from './plant.ts';

const table = `
| package | what it is for | may import     |
| ------- | -------------- | -------------- |
| runtime | devices        | –              |
| flows   | flows          | runtime        |
| testing | the test kit   | runtime, flows |
`;

const manifest = (name: string, fields = {}) =>
  JSON.stringify({ name: `@tenonjs/${name}`, exports: { '.': {}, './tensor': {} }, ...fields });

/** A small house that keeps every rule, and what is built into it. */
function house(files: Record<string, string> = {}): string {
  return plant({
    'docs/architecture.md': table,
    'packages/runtime/package.json': manifest('runtime'),
    'packages/runtime/src/index.ts': "import { engine } from './tfjs/engine';\nexport const device = engine;\n",
    'packages/runtime/src/tfjs/engine.ts':
      "import * as tf from '@tensorflow/tfjs-core';\nexport const engine = tf.engine();\n",
    'packages/flows/package.json': manifest('flows', {
      dependencies: { '@tenonjs/runtime': 'workspace:^' },
      devDependencies: { '@tenonjs/testing': 'workspace:^' },
    }),
    'packages/flows/src/index.ts':
      "import { device } from '@tenonjs/runtime';\nimport '@tenonjs/runtime/tensor';\ndevice;\n",
    'packages/flows/src/flow.test.ts':
      "import '@tenonjs/testing';\nimport './index';\nimport a from '../../../tools/oracles/a.json';\na;\n",
    'packages/testing/package.json': manifest('testing'),
    'apps/gallery/package.json': manifest('gallery'),
    'apps/gallery/e2e/open.ts': "import '../../../tools/chromium.ts';\n",
    'apps/gallery/src/main.ts': "import '@tenonjs/flows';\nimport '@tenonjs/runtime';\n",
    ...files,
  });
}

test('a house that keeps the rules passes', () => {
  expect(checkImports(house())).toEqual([]);
});

test('the table is read by the titles of its columns', () => {
  expect([...readTable(table)]).toEqual([
    ['runtime', []],
    ['flows', ['runtime']],
    ['testing', ['runtime', 'flows']],
  ]);
  expect(() => readTable('no table')).toThrow('a table with the columns "package" and "may import" is missing');
});

test.each([
  ["import '@tenonjs/flows';", '"@tenonjs/flows" is not in this package\'s row'],
  ["import type { Flow } from '@tenonjs/flows';", '"@tenonjs/flows" is not in this package\'s row'],
  ["export { Flow } from '@tenonjs/flows';", '"@tenonjs/flows" is not in this package\'s row'],
  ["await import('@tenonjs/flows');", '"@tenonjs/flows" is not in this package\'s row'],
  ["let flow: import('@tenonjs/flows').Flow;", '"@tenonjs/flows" is not in this package\'s row'],
  ["import '@tenonjs/testing';", '"@tenonjs/testing" is not in this package\'s row'],
  ["import '@tenonjs/gallery';", '"@tenonjs/gallery" is not in this package\'s row'],
  ["import '../../flows/src/index';", '"../../flows/src/index" leaves the package'],
  ["import '../../../tools/oracles/a.json';", '"../../../tools/oracles/a.json" leaves the package'],
])('in runtime, a package below, %s is caught', (line, problem) => {
  const problems = checkImports(house({ 'packages/runtime/src/up.ts': `\n${line}\n` }));
  expect(problems).toEqual([expect.stringContaining(`packages/runtime/src/up.ts:2: ${problem}`)]);
});

test('a published package that takes the whole of tfjs is caught, its tests and the test kit are not', () => {
  const code = "import * as tf from '@tensorflow/tfjs';\n";
  const files = {
    'packages/flows/src/whole.ts': code,
    'packages/flows/src/whole.test.ts': code,
    'packages/flows/src/testing/registry.ts': code,
    'packages/testing/package.json': manifest('testing', { private: true }),
    'packages/testing/src/index.ts': code,
    'apps/gallery/src/whole.ts': code,
  };
  expect(checkImports(house(files))).toEqual([
    expect.stringContaining('packages/flows/src/whole.ts:1: "@tensorflow/tfjs"'),
  ]);
});

test('an application may not reach past the exports of a package', () => {
  const problems = checkImports(house({ 'apps/gallery/src/deep.ts': "import '@tenonjs/flows/src/flow';\n" }));
  expect(problems).toEqual([
    'apps/gallery/src/deep.ts:1: "@tenonjs/flows/src/flow" reaches past the exports of @tenonjs/flows',
  ]);
});

test.each([
  ["import * as tf from '@tensorflow/tfjs-core';\ntf.engine().startScope();", 2, 'engine'],
  ["import * as tf from '@tensorflow/tfjs-core';\nconst { shape } = tf.backend();", 2, 'backend'],
  ["import * as t from '@tensorflow/tfjs-core';\nlet b: t.KernelBackend;", 2, 'KernelBackend'],
  ["import { add, registerKernel as r } from '@tensorflow/tfjs-core';", 1, 'registerKernel'],
  ["import '@tensorflow/tfjs-backend-wasm';", 1, '"@tensorflow/tfjs-backend-wasm"'],
  ["import '@tensorflow/tfjs-core/dist/engine';", 1, '"@tensorflow/tfjs-core/dist/engine"'],
])('outside runtime, %s is caught', (code, line, what) => {
  const problems = checkImports(house({ 'packages/flows/src/inside.ts': code }));
  expect(problems).toEqual([
    `packages/flows/src/inside.ts:${line}: ${what} is one of tfjs's insides, which only packages/runtime/src/tfjs may touch`,
  ]);
});

test('a test may look inside', () => {
  const code = "import * as tf from '@tensorflow/tfjs';\ntf.engine().startScope();";
  expect(checkImports(house({ 'packages/flows/src/inside.test.ts': code }))).toEqual([]);
});

test("a name of tfjs's insides is nothing special elsewhere, nor are its files and its gradients", () => {
  const code = `import * as tf from '@tensorflow/tfjs-core';
    import '@tensorflow/tfjs-core/dist/register_all_gradients';
    import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
    export const engine = { backend: tf.memory(), wasm };
    engine.backend;`;
  expect(checkImports(house({ 'apps/gallery/src/fine.ts': code }))).toEqual([]);
});

test('a dependency that the row does not name is caught', () => {
  const upward = manifest('runtime', { peerDependencies: { '@tenonjs/flows': '*' } });
  expect(checkImports(house({ 'packages/runtime/package.json': upward }))).toEqual([
    'packages/runtime/package.json: it depends on @tenonjs/flows, which its row in docs/architecture.md does not name',
  ]);
});

test.each([
  ['| runtime | devices        | flows          |', 'the row "runtime" may only name rows above it, got "flows"'],
  ['| runtime | devices        | – |\n| gan | x | runtime |', 'the row "gan" has no package'],
])('a table with the row %s is caught', (row, problem) => {
  const broken = table.replace('| runtime | devices        | –              |', row);
  expect(checkImports(house({ 'docs/architecture.md': broken }))).toEqual([`docs/architecture.md: ${problem}`]);
});

test('a package without a row is caught', () => {
  expect(checkImports(house({ 'packages/vae/package.json': manifest('vae') }))).toEqual([
    'docs/architecture.md: packages/vae has no row',
  ]);
});
