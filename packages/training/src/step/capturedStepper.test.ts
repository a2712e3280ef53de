import { deriveSeed, initDevice, randomNormal, randomUniform } from '@tenonjs/runtime';
import { backends } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Callback } from '../callbacks/callback';
import { type FitOptions, fit } from '../fit';
import { adam } from '../optimizers/adam';
import { sgd } from '../optimizers/sgd';
import { Line, points } from '../testing/line';
import type { Batch, StepContext } from '../trainable';

/** Layers of tanh with noise between them. */
class Network {
  readonly trainableVariables: tf.Variable[];
  private readonly noise: number;

  constructor(sizes: number[], { seed, noise = 0 }: { seed: number; noise?: number }) {
    this.noise = noise;
    this.trainableVariables = sizes.slice(1).flatMap((columns, i) => {
      const weights = () =>
        tf.variable(randomNormal([sizes[i] as number, columns], { seed: deriveSeed(seed, i), std: 0.5 }));
      return [tf.tidy(weights), tf.tidy(() => tf.variable(tf.zeros([columns])))];
    });
  }

  loss({ x, y }: Batch, { seed }: StepContext): tf.Scalar {
    let h = x as tf.Tensor2D;
    for (let i = 0; i < this.trainableVariables.length; i += 2) {
      const [kernel, bias] = this.trainableVariables.slice(i, i + 2) as unknown as [tf.Tensor2D, tf.Tensor1D];
      h = tf.tanh(tf.add(tf.matMul(h, kernel), bias));
      if (this.noise > 0) {
        const noise = randomUniform(h.shape, { seed: deriveSeed(seed, i), low: -this.noise, high: this.noise });
        h = tf.add(h, noise);
      }
    }
    return tf.mean(tf.square(tf.sub(h, y as tf.Tensor))) as tf.Scalar;
  }
}

const table = (rows: number, columns: number, seed: number) => tf.tidy(() => randomNormal([rows, columns], { seed }));

describe.runIf(backends.includes('webgpu'))('steps that are captured', () => {
  beforeAll(async () => {
    await initDevice({ prefer: ['webgpu'] });
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  const options = { epochs: 3, batchSize: 4, seed: 5 };
  const heard = (): { onFallback: (message: string) => void; messages: string[] } => {
    const messages: string[] = [];
    return { messages, onFallback: (message) => messages.push(message) };
  };
  const trainLine = async (extra: Partial<FitOptions<Batch>> = {}) => {
    const line = new Line({ noise: 0.2 });
    const history = await fit(line, points(10), { ...options, optimizer: adam({ learningRate: 0.05 }), ...extra });
    return { history, weights: await line.weights() };
  };

  test('have the losses of steps that are not, for random small networks', async () => {
    const network = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 4 }),
      noise: fc.constantFrom(0, 0.3),
      rows: fc.integer({ min: 5, max: 9 }),
      momentum: fc.constantFrom(undefined, 0.9),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(network, async ({ sizes, noise, rows, momentum, seed }) => {
        const [inputs, outputs] = [sizes[0] as number, sizes.at(-1) as number];
        const data = { x: table(rows, inputs, seed), y: table(rows, outputs, seed + 1) };
        const run = async (capture: boolean) => {
          const { messages, onFallback } = heard();
          const optimizer =
            momentum === undefined ? adam({ learningRate: 0.01 }) : sgd({ learningRate: 0.01, momentum });
          const trained = new Network(sizes, { seed, noise });
          const extra = { optimizer, capture, onFallback, validation: data };
          const history = await fit(trained, data, { ...options, ...extra });
          expect(messages).toEqual([]);
          return [...history.loss, ...history.validationLoss];
        };
        const [eager, captured] = [await run(false), await run(true)];
        for (const [i, loss] of eager.entries())
          expect(Math.abs((captured[i] as number) / loss - 1)).toBeLessThan(1e-5);
      }),
      { numRuns: 4, seed: 1 },
    );
  });

  test('a run of 200 steps has the same losses and weights', async () => {
    const [eager, captured] = [await trainLine({ epochs: 67, capture: false }), await trainLine({ epochs: 67 })];
    expect(captured.history.steps).toBe(201);
    for (const [i, loss] of eager.history.loss.entries()) {
      expect(Math.abs((captured.history.loss[i] as number) / loss - 1)).toBeLessThan(1e-5);
    }
    for (const [i, weight] of eager.weights.entries()) expect(captured.weights[i]).toBeCloseTo(weight, 5);
  });

  test('a loss that depends on the epoch is not captured, and the reason names its line', async () => {
    const { messages, onFallback } = heard();
    const line = new Line();
    const weighed = (batch: Batch, context: StepContext) =>
      tf.mul(line.loss(batch, context), context.epoch) as tf.Scalar;
    const { loss } = await fit(line, points(8), {
      ...options,
      optimizer: adam({ learningRate: 0 }),
      loss: weighed,
      onFallback,
    });
    expect(loss[2]).toBeCloseTo(3 * (loss[0] as number), 4);
    expect(messages).toEqual([
      expect.stringMatching(
        /^fit: steps are taken one op after another, since capture: .* must not depend on epoch, .*capturedStepper\.test\.ts:\d+/,
      ),
    ]);
  });

  test("an optimizer of tfjs's reassigns variables: it trains, one op after another, and the reason is told", async () => {
    const { messages, onFallback } = heard();
    const { history } = await trainLine({ optimizer: tf.train.sgd(0.05), onFallback });
    expect(history.steps).toBe(9);
    expect(messages).toEqual([expect.stringContaining('this optimizer reassigns its variables')]);
  });

  test('a loss that is not finite stops the run with the weights from before its step, though more were under way', async () => {
    const line = new Line();
    const y = points(40).y.map((value, i) => (i === 22 ? Number.POSITIVE_INFINITY : value));
    const x = points(40).x;
    const failing = fit(line, { x, y }, { ...options, epochs: 1, optimizer: adam({ learningRate: 0.05 }) });
    const message = await failing.then(
      () => '',
      (error: Error) => error.message,
    );
    const step = Number(/at epoch 1, step (\d+); the weights are those from before that step/.exec(message)?.[1]);
    expect(step).toBeGreaterThanOrEqual(1);
    const weights = await line.weights();
    line.dispose();

    const before = new Line();
    if (step > 1) {
      const stop: Callback = { onStepEnd: ({ run, step: at }) => (at === step - 1 ? run.stop() : undefined) };
      await fit(
        before,
        { x, y },
        { ...options, epochs: 1, optimizer: adam({ learningRate: 0.05 }), callbacks: [stop] },
      );
    }
    expect(weights).toEqual(await before.weights());
  });

  test('a callback that hears of steps holds the run until it has heard; a checkpoint of any step is resumed exactly', async () => {
    const whole = await trainLine();
    let bytes: Uint8Array | undefined;
    const controller = new AbortController();
    const steps: number[] = [];
    await trainLine({
      signal: controller.signal,
      callbacks: [
        {
          onStepEnd: async ({ step, run }) => {
            steps.push(step);
            if (step === 5) {
              bytes = await run.snapshot();
              controller.abort();
            }
          },
        },
      ],
    });
    expect(steps).toEqual([1, 2, 3, 4, 5]);
    const rest = await trainLine({ resume: bytes as Uint8Array });
    expect(rest.history.loss).toEqual(whole.history.loss);
    expect(rest.weights).toEqual(whole.weights);
  });

  test('nothing is left behind', async () => {
    const line = new Line({ noise: 0.2 });
    const optimizer = adam();
    const run = () => fit(line, points(10), { ...options, optimizer, validation: points(3) });
    await run();
    const before = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
    await run();
    const after = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numBytesInGPU).toBe(before.numBytesInGPU);
  });
});
