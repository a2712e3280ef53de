import { expect, test, vi } from 'vitest';

// Fewer and smaller steps, and no wait for a GPU: what is proved here is that it runs.
vi.mock('@tenonjs/datasets', async (original) => {
  const { digits } = await original<typeof import('@tenonjs/datasets')>();
  return { digits: (_: number, options: { seed: number }) => digits(16, options) };
});

vi.mock('@tenonjs/flows', async (original) => {
  const { realNvp } = await original<typeof import('@tenonjs/flows')>();
  return { realNvp: (options: Parameters<typeof realNvp>[0]) => realNvp({ ...options, layers: 2, hidden: [4] }) };
});

vi.mock('@tenonjs/runtime', async (original) => {
  const runtime = await original<typeof import('@tenonjs/runtime')>();
  return { ...runtime, initDevice: () => runtime.initDevice({ prefer: ['wasm'] }) };
});

test('the code on the page runs', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./sameInCode');
  const [shape, nats] = log.mock.calls[0] as [number[], Float32Array];
  expect(shape).toEqual([11, 28, 28, 1]);
  expect(nats.every((value) => Number.isFinite(value) && value < 0)).toBe(true);
});
