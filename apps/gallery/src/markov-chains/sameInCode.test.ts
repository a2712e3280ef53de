import { expect, test, vi } from 'vitest';

test('the code on the page runs, and HMC tells more than Metropolis does', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./sameInCode');
  const [[, rHat, hamiltonian], [, , metropolis]] = log.mock.calls as [number[], number[]];
  expect(rHat).toBeLessThan(1.05);
  expect(hamiltonian).toBeGreaterThan(2 * (metropolis as number));
});
