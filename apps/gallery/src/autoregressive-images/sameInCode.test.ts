import { expect, test, vi } from 'vitest';

// Fewer images and a smaller model, and no wait for a GPU: what is proved here is that it runs.
vi.mock('@tenonjs/datasets', async (original) => {
  const { digits } = await original<typeof import('@tenonjs/datasets')>();
  return { digits: (_: number, options: { seed: number }) => digits(4, options) };
});

vi.mock('@tenonjs/flows', async (original) => {
  const { pixelCnn } = await original<typeof import('@tenonjs/flows')>();
  return { pixelCnn: (options: Parameters<typeof pixelCnn>[0]) => pixelCnn({ ...options, filters: 2, hidden: 2 }) };
});

vi.mock('@tenonjs/runtime', async (original) => {
  const runtime = await original<typeof import('@tenonjs/runtime')>();
  return { ...runtime, initDevice: () => runtime.initDevice({ prefer: ['wasm'] }) };
});

test('the code on the page runs', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./sameInCode');
  const [shape, nats] = log.mock.calls[0] as [number[], Float32Array];
  expect(shape).toEqual([8, 28, 28, 1]);
  expect(nats.every((value) => Number.isFinite(value) && value < 0)).toBe(true);
});
