import { expect, test } from 'vitest';
import { workerThreads } from './workers';

const module = new URL('./testing/workerTask.ts', import.meta.url);
const executor = workerThreads({ module, threads: 2 });
const never = () => {
  throw new Error('this thread must not run a task');
};

test('runs tasks in threads and gives results in their order', async () => {
  const seen: number[] = [];
  const tasks = [3, 1, 2].map((value) => ({ name: 'fine', value, milliseconds: value * 10 }));
  const outcomes = await executor.map(tasks, never, { onProgress: ({ done, total }) => seen.push(done, total) });
  expect(outcomes).toEqual([6, 2, 4].map((value) => ({ status: 'fulfilled', value })));
  expect(seen).toEqual([1, 3, 2, 3, 3, 3]);
});

test('reports a task that throws and a thread that dies, and finishes the others', async () => {
  const names = ['fine', 'throws', 'fine', 'dies', 'fine', 'fine', 'dies', 'fine'];
  const outcomes = await executor.map(
    names.map((name, value) => ({ name, value })),
    never,
  );
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(names.map((name) => name === 'fine'));
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
  expect(reasons[0]).toBe('RangeError: value 1 is too much');
  expect(reasons[1]).toMatch(/exit/);
});

test('stops when it is told to', async () => {
  const controller = new AbortController();
  const tasks = Array.from({ length: 20 }, (_, value) => ({ name: 'fine', value, milliseconds: 30 }));
  const onProgress = () => controller.abort(new Error('enough'));
  await expect(executor.map(tasks, never, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
  await expect(executor.map(tasks, never, { signal: controller.signal })).rejects.toThrow('enough');
});
