import type { Seed } from '@tenonjs/runtime';
import { backends, describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test, vi } from 'vitest';
import { fit } from './fit';
import { adam } from './optimizers/adam';
import { Line, points } from './testing/line';
import type { Batch, Loss } from './trainable';

const options = { epochs: 3, batchSize: 8, seed: 5 };
const fast = () => adam({ learningRate: 0.1 });

describeOnEachBackend('fit', () => {
  test('finds the line', async () => {
    const line = new Line();
    const history = await fit(line, points(40), { ...options, optimizer: fast(), epochs: 60 });
    expect(await line.weights()).toEqual([expect.closeTo(2, 2), expect.closeTo(-1, 2)]);
    expect(history).toMatchObject({ steps: 300, epochs: 60, stopped: 'finished', validationLoss: [] });
    expect(history.loss).toHaveLength(60);
    expect(history.loss.at(-1)).toBeLessThan(1e-3);
    line.dispose();
  });

  test('leaves no tensor behind', async () => {
    const line = new Line();
    const optimizer = fast();
    const run = () => fit(line, points(20), { ...options, optimizer, epochs: 1, validation: points(5) });
    await run(); // the optimizer makes its state
    const before = tf.memory().numTensors;
    await run();
    expect(tf.memory().numTensors).toBe(before);
    optimizer.dispose();
    line.dispose();
  });
});

test('the losses are the same on every backend that is exact, and for every run of a seed', async () => {
  const losses = async (seed: number) => {
    const line = new Line({ noise: 0.3 });
    return (await fit(line, points(21), { ...options, optimizer: fast(), seed })).loss;
  };
  expect(await losses(5)).toEqual(await losses(5));
  expect(await losses(5)).not.toEqual(await losses(6));
  expect(backends.length).toBeGreaterThan(1);
});

test('every row is seen once an epoch, in another order each time, the short batch kept', async () => {
  const seen: number[][] = [];
  const line = new Line();
  const x = Array.from({ length: 10 }, (_, i) => i);
  await fit(
    line,
    { x, y: x },
    {
      ...options,
      optimizer: fast(),
      batchSize: 4,
      epochs: 2,
      loss: (batch, context) => {
        seen.push([...batch.x.dataSync()]);
        return line.loss(batch, context);
      },
    },
  );
  expect(seen.map((batch) => batch.length)).toEqual([4, 4, 2, 4, 4, 2]);
  const [first, second] = [seen.slice(0, 3).flat(), seen.slice(3).flat()];
  expect([...first].sort((a, b) => a - b)).toEqual(x);
  expect([...second].sort((a, b) => a - b)).toEqual(x);
  expect(first).not.toEqual(x);
  expect(first).not.toEqual(second);
});

test('the mean of an epoch counts rows, not batches', async () => {
  const line = new Line();
  const optimizer = adam({ learningRate: 0 });
  const { loss, validationLoss } = await fit(
    line,
    { x: [1, 1, 1], y: [1, 2, 4] },
    {
      ...options,
      optimizer,
      epochs: 1,
      batchSize: 2,
      validation: { x: [0, 0, 0], y: [1, 2, 4] },
    },
  );
  expect(loss[0]).toBeCloseTo(7, 5); // (1 + 4 + 16) / 3
  expect(validationLoss[0]).toBeCloseTo(7, 5);
});

describeOnEachBackend('fit', () => {
  test('tells a loss whether something is learnt from its batch', async () => {
    const line = new Line();
    const loss: Loss<Batch> = (batch, context) =>
      context.training ? line.loss(batch, context) : (tf.mul(0, tf.sum(batch.x)) as tf.Scalar);
    const data = { validation: points(5), loss };
    const history = await fit(line, points(8), { ...options, optimizer: fast(), ...data });
    expect(history.validationLoss).toEqual([0, 0, 0]);
    for (const value of history.loss) expect(value).toBeGreaterThan(0);
    line.dispose();
  });
});

test('validation draws the same noise after each epoch, and another for each batch', async () => {
  const line = new Line({ noise: 0.5 });
  line.slope.assign(tf.scalar(1));
  const seeds: Seed[] = [];
  const { validationLoss } = await fit(line, points(8), {
    ...options,
    optimizer: adam({ learningRate: 0 }),
    validation: points(16), // two batches
    loss: (batch, context) => {
      seeds.push(context.seed);
      return line.loss(batch, context);
    },
  });
  expect(new Set(validationLoss).size).toBe(1);
  expect(new Set(seeds).size).toBe(3 + 2); // three steps, and the two batches that come back after each
  line.dispose();
});

test('batches may come from an async iterable, and are disposed', async () => {
  const line = new Line();
  const before = tf.memory().numTensors;
  async function* stream(epoch: number) {
    for (let i = 0; i < 4; i++) yield { x: tf.tensor1d([epoch, i]), y: tf.tensor1d([2 * epoch - 1, 2 * i - 1]) };
  }
  const optimizer = fast();
  const history = await fit(line, stream, { ...options, optimizer });
  expect(history).toMatchObject({ steps: 12, epochs: 3 });
  expect(history.loss[2]).toBeLessThan(history.loss[0] as number);
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);

  const once = stream(1);
  await expect(fit(line, once, { ...options, optimizer: fast() })).rejects.toThrow(
    'fit: data must give at least one batch an epoch, got none in epoch 2; an async generator gives its batches only once',
  );
});

test('an abort stops within a step and keeps the weights', async () => {
  const line = new Line();
  const controller = new AbortController();
  let steps = 0;
  const history = await fit(line, points(40), {
    ...options,
    optimizer: fast(),
    signal: controller.signal,
    callbacks: [
      {
        onStepEnd({ step }) {
          steps = step;
          if (step === 7) controller.abort();
        },
      },
    ],
  });
  expect(history).toMatchObject({ stopped: 'aborted', steps: 7, epochs: 1 });
  expect(steps).toBe(7);
  expect((await line.weights())[0]).not.toBe(0);

  const none = await fit(line, points(40), { ...options, optimizer: fast(), signal: AbortSignal.abort() });
  expect(none).toMatchObject({ stopped: 'aborted', steps: 0, loss: [] });
});

test('an abort by a timer gets through between the steps', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 5);
  const history = await fit(new Line(), points(40), {
    ...options,
    optimizer: fast(),
    epochs: 1e6,
    signal: controller.signal,
  });
  expect(history.stopped).toBe('aborted');
});

test('a loss that is not finite is an error that names epoch and step, and does no harm', async () => {
  const line = new Line();
  let before: number[] = [];
  const loss: Loss<Batch> = (batch, context) => {
    const good = line.loss(batch, context);
    return context.step === 6 ? (tf.mul(good, Number.NaN) as tf.Scalar) : good;
  };
  const ended = vi.fn();
  const callbacks = [
    {
      onStepEnd: async ({ step }: { step: number }) => {
        if (step === 5) before = await line.weights();
      },
    },
    { onFitEnd: ended },
  ];
  const tensors = tf.memory().numTensors;
  const optimizer = fast();
  await expect(fit(line, points(40), { ...options, optimizer, loss, callbacks })).rejects.toThrow(
    'fit: loss must be finite, got NaN at epoch 2, step 6; the weights are those from before that step',
  );
  expect(await line.weights()).toEqual(before);
  expect(ended).toHaveBeenCalledOnce();
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(tensors);
});

test('what cannot be trained is refused', async () => {
  const line = new Line();
  const good = { ...options, optimizer: fast() };
  await expect(fit({ trainableVariables: [line.slope] }, points(4), good)).rejects.toThrow('fit: loss must be given');
  await expect(fit({ trainableVariables: [], loss: () => tf.scalar(0) }, points(4), good)).rejects.toThrow(
    'fit: trainable must have at least one trainable variable',
  );
  await expect(fit(line, points(4), { ...good, epochs: 0 })).rejects.toThrow(
    'fit: epochs must be a positive integer, got 0',
  );
  await expect(fit(line, points(4), { ...good, batchSize: 1.5 })).rejects.toThrow(
    'batchSize must be a positive integer',
  );
  await expect(fit(line, points(4), { ...good, seed: -1 })).rejects.toThrow(
    'seed must be an integer in [0, 2^53), got -1',
  );
  await expect(fit(line, { x: [1, 2], y: [1] }, good)).rejects.toThrow(
    'fit: data must have one number of rows, at least 1, in x and y, got x [2] and y [1]',
  );
  await expect(fit(line, { x: [] }, good)).rejects.toThrow('got x [0]');
});
