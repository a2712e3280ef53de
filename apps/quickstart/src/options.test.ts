import { expect, test } from 'vitest';
import { help, OptionsError, readOptions } from './options.ts';

test('without arguments, the defaults', () => {
  expect(readOptions([])).toEqual({ minutes: 4.5, seed: 1, out: 'quickstart-out' });
  expect(help).toContain('default 4.5');
});

test('every option is read, also behind a lone --', () => {
  const args = ['--', '--data', 'mnist', '--minutes', '0.5', '--seed', '7', '--out', 'there', '--backend', 'wasm'];
  expect(readOptions(args)).toEqual({ data: 'mnist', minutes: 0.5, seed: 7, out: 'there', backend: 'wasm' });
  expect(readOptions(['--minutes=3', '--help'])).toBe('help');
});

test.each([
  [['--minutes', 'soon'], '--minutes must be a number above 0, got soon'],
  [['--minutes', '0'], '--minutes must be a number above 0, got 0'],
  [['--minutes='], '--minutes must be a number above 0, got nothing'],
  [['--seed', '1.5'], '--seed must be a whole number from 0 to 2⁵³ − 1, got 1.5'],
  [['--seed=-1'], '--seed must be a whole number from 0 to 2⁵³ − 1, got -1'],
  [['--backend', 'cuda'], '--backend must be one of webgpu, wasm, cpu, got cuda'],
  [['--data='], '--data must be a path, got nothing'],
  [['--dat', 'x'], "Unknown option '--dat'"],
  [['mnist'], "Unexpected argument 'mnist'"],
  [['--out'], "Option '--out <value>' argument missing"],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args)).toThrow(OptionsError);
  expect(() => readOptions(args)).toThrow(message);
});
