import { describe, expect, test } from 'vitest';
import { crossValidate, FitsFailedError, type Progress } from './evaluate';
import { KFold } from './index';
import { experiment } from './testing/threadedExperiment';
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

describe('crossValidate over threads', () => {
  const threads = workerThreads({ module: new URL('./testing/threadedFits.ts', import.meta.url), threads: 2 });

  test('a fold that throws and a fold whose worker dies are both named, and the others are done', async () => {
    const seen: string[] = [];
    const splitter = new KFold({ nSplits: 6 });
    const onProgress = ({ done, total, name }: Progress) => seen.push(`${done}/${total} ${name}`);
    const failed = await crossValidate({ ...experiment, splitter, executor: threads, onProgress }).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(FitsFailedError);
    const { failures, message, errors } = failed as FitsFailedError;
    expect(failures.map(({ fold, name }) => [fold, name])).toEqual([
      [1, 'fold 1'],
      [3, 'fold 3'],
    ]);
    expect(message).toMatch(/^crossValidate: 2 of 6 fits failed; fold 1: too steep; fold 3: .*exit/);
    expect(errors).toHaveLength(2);
    expect(seen).toHaveLength(6);
    expect(seen.at(-1)).toMatch(/^6\/6 /);
    expect(new Set(seen.map((line) => line.split(' ').at(-1)))).toEqual(new Set(['0', '1', '2', '3', '4', '5']));
  });

  test('gives the scores that this thread gives', async () => {
    // Folds that train on the samples without which it fails.
    const splitter = {
      split: () =>
        [0, 2, 4].map((fold) => {
          const test = Uint32Array.from([0, 1, 2, 3], (i) => 4 * fold + i);
          return { test, train: Uint32Array.from(experiment.data.x.filter((i) => !test.includes(i))) };
        }),
    };
    const here = await crossValidate({ ...experiment, splitter, seed: 4 });
    const there = await crossValidate({ ...experiment, splitter, seed: 4, executor: threads });
    expect(there.testScores).toEqual(here.testScores);
    expect([...(there.testScores.accuracy ?? [])]).toEqual([1, 1, 1]);
  });
});
