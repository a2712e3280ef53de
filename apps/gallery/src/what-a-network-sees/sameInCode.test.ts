import { expect, test, vi } from 'vitest';

// No wait for a GPU: what is proved here is that it runs.
vi.mock('@tenonjs/runtime', async (original) => {
  const runtime = await original<typeof import('@tenonjs/runtime')>();
  return { ...runtime, initDevice: () => runtime.initDevice({ prefer: ['wasm'] }) };
});

test('the code on the page runs', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./sameInCode');
  expect(log.mock.calls.at(-2)).toEqual(['169 of 169 places']);
  expect(log.mock.calls.at(-1)).toEqual([[64, 64], [64, 64, 3], [13, 13], [13, 13], 64, 64]);
});
