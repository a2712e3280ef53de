import { expect, test, vi } from 'vitest';

// Fewer points, and no wait for a GPU: what is proved here is that it runs.
vi.mock('@tenonjs/datasets', async (original) => {
  const { plane } = await original<typeof import('@tenonjs/datasets')>();
  return { plane: (name: 'twoMoons', _: number, options: { seed: number }) => plane(name, 256, options) };
});

vi.mock('@tenonjs/runtime', async (original) => {
  const runtime = await original<typeof import('@tenonjs/runtime')>();
  return { ...runtime, initDevice: () => runtime.initDevice({ prefer: ['wasm'] }) };
});

test('the code on the page runs', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./sameInCode');
  const [nats] = log.mock.calls[0] as [Float32Array];
  expect(nats.length).toBe(1000);
  expect(nats.every(Number.isFinite)).toBe(true);
});
