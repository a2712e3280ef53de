import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkCycles } from './lint.ts';
import { plant } from './plant.ts';
import { root } from './workspace.ts';

const config = JSON.stringify({ extends: [join(root, 'biome.json')], vcs: { enabled: false } });

test('a circle of imports is caught, by way of a re-export too', async () => {
  const folder = plant({
    'biome.json': config,
    'src/a.ts': "import { b } from './b';\nexport const a = () => b();\n",
    'src/b.ts': "import { a } from './c';\nexport const b = (): unknown => a;\n",
    'src/c.ts': "export { a } from './a';\n",
  });
  const { ok, output } = await checkCycles(folder);
  expect(ok).toBe(false);
  expect(output).toContain('noImportCycles');
  for (const file of ['src/a.ts', 'src/b.ts', 'src/c.ts']) expect(output).toContain(`${file}:1`);
});

test('a circle of types is caught', async () => {
  const folder = plant({
    'biome.json': config,
    'src/a.ts': "import type { B } from './b';\nexport interface A {\n  b: B;\n}\n",
    'src/b.ts': "import type { A } from './a';\nexport interface B {\n  a: A;\n}\n",
  });
  expect((await checkCycles(folder)).ok).toBe(false);
});

test('imports that go one way pass', async () => {
  const folder = plant({
    'biome.json': config,
    'src/a.ts': "import { b } from './b';\nexport const a = b;\n",
    'src/b.ts': 'export const b = 1;\n',
  });
  expect(await checkCycles(folder)).toMatchObject({ ok: true });
});
