import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/schedules.json';
import { fit } from '../fit';
import { adam } from '../optimizers/adam';
import { sgd } from '../optimizers/sgd';
import { Line } from '../testing/line';
import type { Callback } from './callback';
import { checkpoint } from './checkpoint';
import { learningRateOf } from './learningRate';
import { type ReduceOnPlateauOptions, reduceOnPlateau } from './reduceOnPlateau';

const { losses, runs } = oracle.plateau;

/** Trains with the oracle's course of losses, and notes the rate after each epoch. */
const course = async (
  options: ReduceOnPlateauOptions,
  {
    optimizer = sgd({ learningRate: 0.1 }) as tf.Optimizer,
    epochs = losses.length,
    callbacks = [] as Callback[],
    resume = undefined as Uint8Array | undefined,
  } = {},
) => {
  const line = new Line();
  const rates: number[] = [];
  const note: Callback = { onEpochEnd: ({ run }) => void rates.push(learningRateOf(run.optimizer)) };
  const history = await fit(
    line,
    { x: [1], y: [1] },
    {
      optimizer,
      epochs,
      seed: 1,
      validation: { x: [1], y: [1] },
      loss: (batch, context) =>
        tf.add(tf.mul(0, line.loss(batch, context)), losses[context.epoch - 1] as number) as tf.Scalar,
      callbacks: [reduceOnPlateau(options), note, ...callbacks],
      ...(resume && { resume }),
    },
  );
  line.dispose();
  return { rates, history };
};

test.each(runs)('lowers the rate when PyTorch does: $options', async ({ options, rates }) => {
  const found = await course(options);
  expect(found.rates).toEqual(rates.map((rate) => expect.closeTo(rate, 12)));
  expect(new Set(found.rates).size).toBeGreaterThan(1);
});

test('goes on as it was after a resume, for our optimizers and those of tfjs', async () => {
  const [{ options, rates }] = runs as [(typeof runs)[0]];
  for (const optimizer of [() => adam({ learningRate: 0.1 }), () => tf.train.sgd(0.1)]) {
    let bytes = new Uint8Array();
    const controller = new AbortController();
    const keep = checkpoint({
      to: (saved) => {
        bytes = saved;
      },
    });
    const halt: Callback = { onEpochEnd: ({ epoch }) => (epoch === 20 ? controller.abort() : undefined) };
    const first = await course(options, { optimizer: optimizer(), epochs: 20, callbacks: [keep, halt] });
    const second = await course(options, { optimizer: optimizer(), resume: bytes });
    expect([...first.rates, ...second.rates]).toEqual(rates.map((rate) => expect.closeTo(rate, 12)));
  }
});

test('wants what it watches, and options in range', async () => {
  const none = fit(
    new Line(),
    { x: [1], y: [1] },
    {
      optimizer: sgd(),
      epochs: 1,
      seed: 1,
      callbacks: [reduceOnPlateau({ monitor: 'validationLoss' })],
    },
  );
  await expect(none).rejects.toThrow('reduceOnPlateau: fit must be given validation to watch the validation loss');
  expect(() => reduceOnPlateau({ factor: 1 })).toThrow('reduceOnPlateau: factor must be in (0, 1), got 1');
  expect(() => reduceOnPlateau({ patience: 0 })).toThrow('reduceOnPlateau: patience must be a positive integer, got 0');
  expect(() => reduceOnPlateau({ cooldown: -1 })).toThrow('cooldown must be a non-negative integer, got -1');
  expect(() => reduceOnPlateau({ minRate: -1 })).toThrow('minRate must not be negative, got -1');
});
