import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileSimd } from './buildSimd.ts';

const committed = readFileSync(
  new URL('../packages/runtime/src/tfjs/wasmKernels/simdBytes.ts', import.meta.url),
  'utf8',
);

test('the compiled loops in runtime are those of its assembly', async () => {
  expect(committed === (await compileSimd()), 'run `pnpm simd`').toBe(true);
});

test('they hold no data, which would overwrite memory of tfjs', async () => {
  for (const [, base64] of committed.matchAll(/'(.+)'/g)) {
    const module = await WebAssembly.compile(Buffer.from(base64 as string, 'base64'));
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    const shared = () => new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
    const memory = shared();
    new WebAssembly.Instance(module, { env: { memory } });
    expect(new Uint8Array(memory.buffer).some((byte) => byte !== 0)).toBe(false);
  }
});
