import { expect, test } from 'vitest';
import { fromCommand, fromProblems, type Gate, runGates } from './gate.ts';
import { count } from './vitest.ts';

async function run(gates: Gate[], strict = false) {
  const lines: string[] = [];
  const sum = await runGates(gates, { strict, write: (line) => lines.push(line) });
  return { sum, lines };
}

const fine: Gate = { name: 'fine', run: async () => ({ passed: 3, failed: 0, note: '3 tests' }) };
const broken: Gate = { name: 'broken', run: async () => ({ passed: 1, failed: 2, output: 'what\nwent wrong' }) };
const crash: Gate = { name: 'crash', run: () => Promise.reject(new Error('no such tool')) };
const absent: Gate = {
  name: 'absent',
  run: async () => ({ passed: 0, failed: 0, absent: 'no Chromium; install one' }),
};

test('the last line sums up, and a failure stops nobody', async () => {
  const { sum, lines } = await run([broken, crash, fine]);
  expect(sum).toEqual({ passed: 4, failed: 3 });
  expect(lines.at(-1)).toBe('4 passed, 3 failed');
  expect(lines.join('\n')).toMatch(/✗ broken .*\n {4}what\n {4}went wrong\n✗ crash .*\n {4}Error: no such tool/);
  expect(lines.join('\n')).toMatch(/✓ fine +0\.0 s {2}3 tests/);
});

test('what is absent is skipped with one line that says how to get it', async () => {
  const { sum, lines } = await run([absent, fine]);
  expect(sum).toEqual({ passed: 3, failed: 0 });
  expect(lines[0]).toBe('– absent     skipped: no Chromium; install one');
});

test('in CI what is absent is a failure', async () => {
  const { sum, lines } = await run([absent, fine], true);
  expect(sum).toEqual({ passed: 3, failed: 1 });
  expect(lines.slice(0, 2).join('\n')).toMatch(/^✗ absent .*\n {4}no Chromium; install one$/);
});

test('a command is one check, problems are as many checks as they may be', async () => {
  expect(await fromCommand(Promise.resolve({ ok: true, output: 'x', stdout: '' }))).toMatchObject({
    passed: 1,
    failed: 0,
  });
  expect(await fromCommand(Promise.resolve({ ok: false, output: 'x', stdout: '' }))).toMatchObject({
    passed: 0,
    failed: 1,
  });
  expect(await fromProblems(['a', 'b'], 5)).toEqual({ passed: 3, failed: 2, output: 'a\n\nb' });
  expect(await fromProblems(['a', 'b'])).toMatchObject({ passed: 0, failed: 1 });
});

test('a test file that cannot be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { status: 'passed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(count(report)).toEqual({ passed: 7, failed: 2, skipped: 2 });
});
