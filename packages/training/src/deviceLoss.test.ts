import { DeviceLostError, initDevice } from '@tenonjs/runtime';
import { backends } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import type { Callback } from './callbacks/callback';
import { checkpoint } from './callbacks/checkpoint';
import { fit } from './fit';
import { adam } from './optimizers/adam';
import { Line, points } from './testing/line';

/** What a crashing driver does, as far as a program can. */
const lose = () => (tf.backend() as unknown as { device: GPUDevice }).device.destroy();

const options = { epochs: 3, batchSize: 8, seed: 5 };
const fast = () => adam({ learningRate: 0.1 });
const data = points(21); // three batches an epoch

const recorder = (): Callback & { losses: number[] } => {
  const losses: number[] = [];
  return { losses, onStepEnd: ({ loss }) => void losses.push(loss) };
};

describe.runIf(backends.includes('webgpu'))('a run whose GPU is lost', () => {
  test.each([
    ['by the same model', true],
    ['by a model made anew', false],
  ])('goes on from the last checkpoint on a new one, %s', async (_, keepModel) => {
    const first = await initDevice({ prefer: ['webgpu'], onLost: () => {} });
    const whole = new Line({ noise: 0.3 });
    const uninterrupted = recorder();
    const expected = await fit(whole, data, { ...options, optimizer: fast(), callbacks: [uninterrupted] });
    const weights = await whole.weights();

    let saved = new Uint8Array();
    const before = recorder();
    const ended: number[] = [];
    const callbacks: Callback[] = [
      before,
      checkpoint({
        to: (bytes) => {
          saved = bytes;
        },
        every: { steps: 4 },
      }),
      { onStepStart: ({ step }) => (step === 6 ? lose() : undefined), onFitEnd: () => void ended.push(1) },
    ];
    const line = new Line({ noise: 0.3 });
    const run = fit(line, data, { ...options, optimizer: fast(), callbacks });
    await expect(run).rejects.toThrow(/^the webgpu device was lost \(destroyed: .+\); open a new one with initDevice/);
    await expect(run).rejects.toBeInstanceOf(DeviceLostError);
    expect(ended).toEqual([1]);
    expect(before.losses).toEqual(uninterrupted.losses.slice(0, 5));

    const second = await initDevice({ prefer: ['webgpu'] });
    const after = recorder();
    const model = keepModel ? line : new Line({ noise: 0.3 });
    const history = await fit(model, data, { ...options, optimizer: fast(), resume: saved, callbacks: [after] });
    expect(after.losses).toEqual(uninterrupted.losses.slice(4));
    expect(history).toEqual(expected);
    expect(await model.weights()).toEqual(weights);
    model.dispose();
    first.dispose();
    second.dispose();
  });
});
