import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { accumulate } from '../accumulation/accumulate';
import { fit } from '../fit';
import { adam } from '../optimizers/adam';
import { adamW } from '../optimizers/adamW';
import { cosineDecay } from '../schedules/cosineDecay';
import { Line, points } from '../testing/line';
import type { Callback } from './callback';
import { checkpoint } from './checkpoint';
import { earlyStopping } from './earlyStopping';
import { learningRateSchedule } from './learningRateSchedule';

const options = { epochs: 4, batchSize: 8, seed: 5 };
const fast = () => adam({ learningRate: 0.1 });

/** Holds the last bytes a checkpoint wrote. */
const vault = () => {
  const kept = {
    bytes: new Uint8Array() as Uint8Array,
    to(bytes: Uint8Array) {
      kept.bytes = bytes;
    },
  };
  return kept;
};

/** Notes every step's loss. */
const recorder = (): Callback & { losses: number[] } => {
  const losses: number[] = [];
  return { losses, onStepEnd: ({ loss }) => void losses.push(loss) };
};

describeOnEachBackend('a resumed run', () => {
  test.each([
    ['Adam', fast],
    ["tfjs's SGD with momentum", () => tf.train.momentum(0.05, 0.9)],
    [
      'AdamW of two batches a step, with a schedule and clipping',
      () => accumulate(adamW({ learningRate: cosineDecay({ rate: 0.1, steps: 6 }), clipNorm: 1 }), { steps: 2 }),
    ],
  ])('has the losses and weights of an uninterrupted one, %s', async (_, optimizer) => {
    const data = points(21); // batches of 8, 8 and 5
    const whole = new Line({ noise: 0.3 });
    const uninterrupted = recorder();
    const expected = await fit(whole, data, {
      ...options,
      optimizer: optimizer(),
      validation: points(5),
      callbacks: [uninterrupted, earlyStopping({ patience: 3, restoreBest: false })],
    });

    const kept = vault();
    const controller = new AbortController();
    const first = recorder();
    const stopAt5: Callback = { onStepEnd: ({ step }) => (step === 5 ? controller.abort() : undefined) };
    const half = new Line({ noise: 0.3 });
    await fit(half, data, {
      ...options,
      optimizer: optimizer(),
      validation: points(5),
      signal: controller.signal,
      callbacks: [first, stopAt5, checkpoint(kept), earlyStopping({ patience: 3, restoreBest: false })],
    });
    expect(first.losses).toHaveLength(5); // in the middle of the second epoch

    const second = recorder();
    const other = new Line({ noise: 0.3 });
    const history = await fit(other, data, {
      ...options,
      optimizer: optimizer(),
      validation: points(5),
      resume: kept.bytes,
      callbacks: [second, earlyStopping({ patience: 3, restoreBest: false })],
    });
    expect([...first.losses, ...second.losses]).toEqual(uninterrupted.losses);
    expect(await other.weights()).toEqual(await whole.weights());
    expect(history).toEqual(expected);
    for (const line of [whole, half, other]) line.dispose();
  });
});

describe('checkpoint', () => {
  test('writes a file whole, at the asked times', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tenon-'));
    const path = join(folder, 'deep', 'last.safetensors');
    const line = new Line();
    await fit(line, points(16), { ...options, optimizer: fast(), callbacks: [checkpoint({ to: path })] });
    expect(await readdir(join(folder, 'deep'))).toEqual(['last.safetensors']);
    const again = new Line();
    const history = await fit(again, points(16), { ...options, optimizer: fast(), resume: await readFile(path) });
    expect(history).toMatchObject({ steps: 8, epochs: 4 }); // nothing was left to do
    expect(await again.weights()).toEqual(await line.weights());

    const times: number[] = [];
    const count = (every: { epochs: number } | { steps: number }) =>
      fit(new Line(), points(16), {
        ...options,
        optimizer: fast(),
        callbacks: [checkpoint({ to: () => void times.push(1), every })],
      }).then(() => times.splice(0).length);
    expect(await count({ epochs: 3 })).toBe(2); // epochs 3 and 4, the last
    expect(await count({ steps: 3 })).toBe(3); // steps 3 and 6, and the end
  });

  test('refuses a checkpoint of another run, and changes nothing', async () => {
    const kept = vault();
    await fit(new Line(), points(16), {
      ...options,
      optimizer: fast(),
      callbacks: [checkpoint(kept)],
    });
    const line = new Line();
    const resume = (changes: object) =>
      fit(line, points(16), { ...options, optimizer: fast(), resume: kept.bytes, ...changes });
    await expect(resume({ seed: 6, batchSize: 4 })).rejects.toThrow(
      'fit: resume must be a checkpoint of the same run; seed was 5, now 6; batchSize was 8, now 4',
    );
    await expect(resume({ callbacks: [earlyStopping()] })).rejects.toThrow('there were 0 callbacks, now 1');
    await expect(resume({ resume: kept.bytes.subarray(0, 100) })).rejects.toThrow(
      'readSafetensors: header length of the checkpoint',
    );
    const wider = { trainableVariables: [tf.variable(tf.zeros([3])), line.offset], loss: () => tf.scalar(0) };
    await expect(fit(wider, points(16), { ...options, optimizer: fast(), resume: kept.bytes })).rejects.toThrow(
      'variable 0 was [], now [3]',
    );
    expect(await line.weights()).toEqual([0, 0]);
    expect(() => checkpoint({ to: 'x', every: { steps: 0 } })).toThrow(
      'checkpoint: every must be a positive number of steps, got 0',
    );
  });
});

describe('early stopping', () => {
  /** A loss that is best in the second epoch, whatever the weights are. */
  const course = [3, 1, 2, 2.5, 4, 0.1];
  const line = () => new Line();
  const run = async (
    callback: Callback,
    model = line(),
    more: { callbacks?: Callback[]; resume?: Uint8Array; signal?: AbortSignal } = {},
  ) => {
    const weights: number[][] = [];
    const history = await fit(
      model,
      { x: [1], y: [5] },
      {
        ...options,
        optimizer: fast(),
        epochs: course.length,
        loss: (batch, context) =>
          tf.add(
            tf.mul(0, model.loss(batch, context)),
            tf.add(tf.mul(model.slope, 0.001), course[context.epoch - 1] as number),
          ) as tf.Scalar,
        ...more,
        callbacks: [
          callback,
          { onEpochEnd: async () => void weights.push(await model.weights()) },
          ...(more.callbacks ?? []),
        ],
      },
    );
    return { history, weights, final: await model.weights() };
  };

  test('stops after its patience and gives the best weights back', async () => {
    const tensors = tf.memory().numTensors;
    const model = line();
    const { history, weights, final } = await run(earlyStopping({ patience: 2 }), model);
    expect(history).toMatchObject({ stopped: 'early', epochs: 4 });
    expect(final).toEqual(weights[1]);
    expect(final).not.toEqual(weights[3]);
    model.dispose();
    expect(tf.memory().numTensors - tensors).toBe(7); // the rate; two moments and a clock for each variable
  });

  test('goes on waiting after a resume, and still knows the best weights', async () => {
    const whole = await run(earlyStopping({ patience: 3 }));
    const kept = vault();
    const controller = new AbortController();
    const abortInFourth: Callback = { onStepStart: ({ epoch }) => (epoch === 4 ? controller.abort() : undefined) };
    await run(earlyStopping({ patience: 3 }), line(), {
      signal: controller.signal,
      callbacks: [abortInFourth, checkpoint(kept)],
    });
    const resumed = await run(earlyStopping({ patience: 3 }), line(), { resume: kept.bytes });
    expect(resumed.history).toEqual(whole.history);
    expect(resumed.history).toMatchObject({ stopped: 'early', epochs: 5 });
    expect(resumed.final).toEqual(whole.final);
  });

  test('keeps the last weights when asked to, and goes on while losses fall by minDelta', async () => {
    const last = await run(earlyStopping({ patience: 2, restoreBest: false }));
    expect(last.final).toEqual(last.weights[3]);
    expect((await run(earlyStopping({ patience: 5 }))).history.stopped).toBe('finished');
    expect((await run(earlyStopping({ patience: 1, minDelta: 2.5 }))).history.epochs).toBe(2);
  });

  test('wants what it watches', async () => {
    await expect(run(earlyStopping({ monitor: 'validationLoss' }))).rejects.toThrow(
      'earlyStopping: fit must be given validation to watch the validation loss, got none',
    );
    expect(() => earlyStopping({ patience: 0 })).toThrow('earlyStopping: patience must be a positive integer, got 0');
    expect(() => earlyStopping({ minDelta: -1 })).toThrow('earlyStopping: minDelta must not be negative, got -1');
  });
});

describe('learning rate schedule', () => {
  test('sets the rate before each step, for our optimizers and those of tfjs', async () => {
    const asked: [number, number][] = [];
    const schedule = learningRateSchedule((epoch, step) => {
      asked.push([epoch, step]);
      return step <= 2 ? 0 : 0.1;
    });
    for (const optimizer of [fast(), tf.train.sgd(1), tf.train.adam(1)]) {
      const line = new Line();
      const weights: number[][] = [];
      const note: Callback = { onStepEnd: async () => void weights.push(await line.weights()) };
      await fit(line, points(16), { ...options, epochs: 2, optimizer, callbacks: [schedule, note] });
      expect(weights[1]).toEqual([0, 0]);
      expect(weights[2]).not.toEqual([0, 0]);
    }
    expect(asked.slice(0, 4)).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
      [2, 4],
    ]);
  });

  test('refuses a rate that is none', async () => {
    const bad = learningRateSchedule(() => Number.NaN);
    await expect(fit(new Line(), points(8), { ...options, optimizer: fast(), callbacks: [bad] })).rejects.toThrow(
      'learningRateSchedule: rate must be a non-negative number, got NaN at epoch 1, step 1',
    );
  });
});
