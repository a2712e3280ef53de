import { expect, test, vi } from 'vitest';

test('the code on the page runs, and says what it says', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./sameInCode');
  expect(log.mock.calls[0]?.[2]).toEqual([
    [3, 1],
    [0, 4],
  ]);
  expect(log.mock.calls[2]?.[0]).toMatch(/^<svg /);
});
