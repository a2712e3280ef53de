import '@tensorflow/tfjs';
import { backends, describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { initDevice } from '../../initDevice';
import { randomNormal } from '../../random/randomNormal';
import { capture } from '../capture/capture';
import { countDispatches } from '../countDispatches';
import { defineOp } from '../ops/defineOp';
import { formatProfile } from './formatProfile';
import { memory } from './memory';
import { setPoolCap } from './poolCap';
import { profile } from './profile';

/** Made of two ops that tfjs knows. */
const composed = defineOp<'x', 'y', object>({
  name: 'test/composed',
  outputs: ({ x }) => ({ y: x }),
  compose: ({ x }) => ({ y: tf.square(tf.neg(x)) }),
});

describeOnEachBackend('profile', (backend) => {
  test('counts calls, dispatches and bytes of each op, and gives the result', async () => {
    const x = randomNormal([40, 50], { seed: 1 });
    const work = () => tf.tidy(() => tf.sum(tf.relu(tf.relu(tf.matMul(x, x, false, true)))));
    const { rows, totals, result } = await profile(async () => {
      const sum = work();
      await sum.data();
      return sum;
    });
    const byName = Object.fromEntries(rows.map((row) => [row.name, row]));
    expect(byName.Relu).toMatchObject({
      calls: 2,
      bytes: 2 * 2 * 40 * 40 * 4,
      dispatches: backend === 'webgpu' ? 2 : 0,
    });
    expect(byName.BatchMatMul).toMatchObject({ calls: 1, bytes: (40 * 50 * 2 + 40 * 40) * 4 });
    expect(totals.calls).toBe(rows.reduce((sum, { calls }) => sum + calls, 0));
    for (const { hostTime } of rows) expect(hostTime).toBeGreaterThanOrEqual(0);
    expect((await result.data())[0]).toBeGreaterThan(0);
    if (backend === 'webgpu') {
      const { dispatches } = await countDispatches(() => tf.dispose(work()));
      expect(totals.dispatches).toBe(dispatches);
      expect(totals.gpuTime).toBeGreaterThan(0);
      expect(byName.BatchMatMul?.gpuTime).toBeGreaterThan(0);
    } else expect(totals).toMatchObject({ dispatches: 0, gpuTime: undefined });
    const times = rows.map(({ gpuTime, hostTime }) => gpuTime ?? hostTime);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    tf.dispose([x, result]);
  });

  test('an op that is made of others is not counted twice', async () => {
    const x = randomNormal([2000], { seed: 1 });
    const { rows, totals } = await profile(() => tf.dispose(composed({ x }, {})));
    const row = rows.find(({ name }) => name === 'test/composed');
    expect(row).toMatchObject({ calls: 1, dispatches: 0 });
    expect(totals.dispatches).toBe(backend === 'webgpu' ? 2 : 0);
    x.dispose();
  });

  test('leaves everything as it was, also when the call fails', async () => {
    const x = randomNormal([2000], { seed: 1 });
    const fails = profile(() => {
      tf.dispose(tf.neg(x));
      return tf.reshape(x, [3]);
    });
    await expect(fails).rejects.toThrow('Size(2000) must match the product of shape 3');
    expect(await leaked(async () => (await profile(() => tf.neg(x))).result)).toBe(0);
    expect((await tf.profile(() => tf.neg(x))).kernels.map(({ name }) => name)).toEqual(['Neg']);
    x.dispose();
  });

  test('memory counts tensors and bytes', () => {
    const before = memory();
    const x = tf.zeros([10, 10]);
    const after = memory();
    expect([after.tensors - before.tensors, after.bytes - before.bytes]).toEqual([1, 400]);
    expect('gpu' in after).toBe(backend === 'webgpu');
    x.dispose();
  });
});

test('a profile is printed as a table', () => {
  const row = { calls: 2, dispatches: 2, gpuTime: 1.5, hostTime: 0.25, bytes: 3_000_000 };
  const rows = [
    { name: 'MatMul', ...row },
    { name: 'Relu', ...row, gpuTime: undefined },
    { name: 'Add', ...row },
  ];
  const totals = { calls: 6, dispatches: 6, gpuTime: 3, hostTime: 0.75, bytes: 9_000_000 };
  expect(formatProfile({ rows, totals }, { most: 2 })).toBe(
    [
      'op            calls  dispatches  GPU ms  host ms     MB',
      'MatMul            2           2   1.500    0.250  3.000',
      'Relu              2           2       –    0.250  3.000',
      '… and 1 more',
      'all               6           6   3.000    0.750  9.000',
    ].join('\n'),
  );
});

describe.runIf(backends.includes('webgpu'))('the pool of GPU buffers', () => {
  /** A tensor of so many kilobytes on the GPU. */
  const onGpu = (kilobytes: number) => tf.tidy(() => tf.relu(tf.fill([kilobytes * 256], 2)));
  const settled = async (tensor: tf.Tensor) => {
    await tensor.data();
    tensor.dispose();
  };

  test('keeps what is free, and no more than the cap: the longest free goes', async () => {
    const device = await initDevice({ prefer: ['webgpu'] });
    expect(memory().gpu).toEqual({ used: 0, allocated: 0, pooled: 0, cap: Number.POSITIVE_INFINITY });
    const tensors = [8, 16, 32].map(onGpu);
    for (const tensor of tensors) await settled(tensor);
    const full = memory().gpu as NonNullable<ReturnType<typeof memory>['gpu']>;
    expect(full.pooled).toBe(full.allocated - full.used);
    expect(full.pooled).toBeGreaterThanOrEqual(2 * 56 * 1024); // each with its input, and what reads needed

    setPoolCap(40 * 1024);
    const trimmed = memory().gpu as typeof full;
    expect(trimmed.cap).toBe(40 * 1024);
    expect(trimmed.pooled).toBeLessThanOrEqual(40 * 1024);
    expect(trimmed.allocated - trimmed.used).toBe(trimmed.pooled);
    // The last that was freed is there still, and the first is not.
    const { allocated } = trimmed;
    const again = tf.fill([32 * 256], 2);
    expect(memory().gpu?.allocated).toBeLessThan(allocated + 1024); // some parameters
    const small = tf.fill([8 * 256], 2);
    expect(memory().gpu?.allocated).toBeGreaterThanOrEqual(allocated + 8 * 1024);
    setPoolCap(0);
    expect(memory().gpu?.pooled).toBe(0);
    // What was taken from the pool again is in use, not free.
    const doubled = tf.add(again, again);
    expect((await doubled.data()).every((value) => value === 4)).toBe(true);
    tf.dispose([again, small, doubled]);

    for (const kilobytes of [8, 16, 8]) await settled(onGpu(kilobytes));
    expect(memory().gpu?.pooled).toBe(0);
    expect(memory().gpu?.used).toBe(memory().gpu?.allocated);
    device.dispose();
  });

  test('a cap does not disturb what is computed, captured or not', async () => {
    const device = await initDevice({ prefer: ['webgpu'], poolCap: 0 });
    expect(memory().gpu?.cap).toBe(0);
    const x = randomNormal([600], { seed: 1 });
    const work = (x: tf.Tensor) => tf.sum(tf.square(tf.relu(tf.add(tf.mul(x, 2), 1))));
    const expected = (await tf.tidy(() => work(x)).data())[0];
    const step = capture(work);
    for (let i = 0; i < 6; i++) {
      const y = step(x);
      await settled(tf.tidy(() => work(x)));
      expect((await y.data())[0]).toBe(expected);
      y.dispose();
    }
    const { allocated } = memory().gpu as { allocated: number };
    for (let i = 0; i < 20; i++) await settled(step(x));
    expect(memory().gpu?.allocated).toBe(allocated);
    step.dispose();
    expect(memory().gpu?.allocated).toBeLessThan(allocated);
    expect(memory().gpu?.pooled).toBe(0);
    device.dispose();
  });

  test('a cap that is none is refused', async () => {
    expect(() => setPoolCap(-1)).toThrow('setPoolCap: the cap of the pool must be bytes, at least 0, got -1');
    await expect(initDevice({ poolCap: Number.NaN })).rejects.toThrow('initDevice: the cap of the pool must be bytes');
    const device = await initDevice({ prefer: ['cpu'] });
    expect(() => setPoolCap(1)).toThrow('setPoolCap: the backend must be webgpu, got cpu; call initDevice first');
    device.dispose();
  });
});
