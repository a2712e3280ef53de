import { backends } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test, vi } from 'vitest';
import type { DeviceLoss } from './device';
import { initDevice } from './initDevice';
import { randomNormal } from './random/randomNormal';
import { capture } from './tfjs/capture/capture';
import { countDispatches } from './tfjs/countDispatches';
import { DeviceLostError } from './tfjs/deviceLoss';

/** What a crashing driver does, as far as a program can. */
const lose = () => (tf.backend() as unknown as { device: GPUDevice }).device.destroy();

describe.runIf(backends.includes('webgpu'))('a GPU that is lost', () => {
  test('is told with its reason, and everything that needs it fails', async () => {
    const told: DeviceLoss[] = [];
    const device = await initDevice({ prefer: ['webgpu'], onLost: (loss) => told.push(loss) });
    const x = randomNormal([5000], { seed: 1 });
    const known = randomNormal([5000], { seed: 2 });
    const values = await known.data();
    const step = capture((x: tf.Tensor) => tf.neg(x));
    for (let i = 0; i < 3; i++) step(x).dispose();
    const before = tf.memory().numTensors;
    const underWay = randomNormal([3000, 50], { seed: 1 }); // not yet submitted
    lose();
    const message =
      /^the webgpu device was lost \(destroyed: .+\); open a new one with initDevice, and go on from the last checkpoint$/;
    await expect(underWay.data()).rejects.toThrow(message);
    const loss = await device.lost;
    expect(loss).toEqual({ reason: 'destroyed', message: expect.any(String) });
    expect(told).toEqual([loss]);

    await expect(x.data()).rejects.toThrow(DeviceLostError);
    expect(() => x.dataSync()).toThrow(message);
    expect(() => tf.neg(x)).toThrow(message); // an op of tfjs
    expect(() => randomNormal([5000], { seed: 1 })).toThrow(message); // and one of ours
    expect(() => step(x)).toThrow(message);
    await expect(countDispatches(() => 1)).rejects.toThrow(message);
    expect(await known.data()).toEqual(values); // read before
    step.dispose();
    tf.dispose([x, known, underWay]);
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before - 2);
    device.dispose();
    expect(told).toHaveLength(1);
  });

  test('a new device takes its place', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const first = await initDevice({ prefer: ['webgpu'] });
    const weights = tf.tidy(() => tf.variable(randomNormal([3000], { seed: 1 })));
    lose();
    const { message } = await first.lost;
    expect(warned).toHaveBeenCalledWith(`initDevice: the webgpu device was lost (destroyed): ${message}`);
    warned.mockRestore();

    const second = await initDevice({ prefer: ['webgpu'] });
    tf.tidy(() => weights.assign(tf.fill([3000], 2))); // from a checkpoint
    expect((await tf.tidy(() => tf.sum(tf.mul(weights, 2))).data())[0]).toBe(12_000);
    weights.dispose();
    first.dispose();
    expect(tf.getBackend()).toBe('webgpu');
    second.dispose();
  });

  test('is none that was disposed', async () => {
    const onLost = vi.fn();
    const device = await initDevice({ prefer: ['webgpu'], onLost });
    device.dispose();
    expect(await device.lost).toMatchObject({ reason: 'destroyed' });
    expect(onLost).not.toHaveBeenCalled();
  });
});

test('wasm and cpu are never lost', async () => {
  for (const backend of ['wasm', 'cpu'] as const) {
    const device = await initDevice({ prefer: [backend] });
    device.dispose();
    expect(await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 20, 'never'))])).toBe('never');
  }
});
