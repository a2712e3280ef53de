import { capture, composeOnly, countDispatches, overwrite } from '@tenonjs/runtime';
import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/ema.json';
import { checkpoint } from '../callbacks/checkpoint';
import { fit } from '../fit';
import { adam } from '../optimizers/adam';
import { Line, points } from '../testing/line';
import { numbersOf } from '../testing/rules';
import { ema } from './ema';

const variable = (values: number[]) => tf.tidy(() => tf.variable(tf.tensor1d(values)));
const set = (v: tf.Variable, values: number[]) => tf.tidy(() => v.assign(tf.tensor1d(values)));

describeOnEachBackend('an average of weights', (backend) => {
  test.each(oracle.runs)("is PyTorch's: $options", async ({ options, after }) => {
    const w = variable(oracle.weights[0] as number[]);
    const average = ema([w], options);
    for (const weights of oracle.weights.slice(1)) {
      set(w, weights);
      average.update();
    }
    const found = await average.during(async () => {
      await Promise.resolve(); // an evaluation that takes its time
      return numbersOf([w]);
    });
    expect(Math.max(...found.map((value, i) => Math.abs(value - (after[i] as number))))).toBeLessThan(1e-6);
    expect(await numbersOf([w])).toEqual(oracle.weights.at(-1));
    average.dispose();
    w.dispose();
  });

  test.each([false, true])('is by its kernels what it is composed of, warm-up %s', async (warmUp) => {
    const w = variable([1, -2, 3]);
    const [quick, composed] = [ema([w], { decay: 0.5, warmUp }), ema([w], { decay: 0.5, warmUp })];
    for (let n = 0; n < 4; n++) {
      set(w, [n, n * n, 1 / (n + 1)]);
      quick.update();
      composeOnly(() => composed.update());
    }
    const expected = await quick.during(() => numbersOf([w]));
    composeOnly(() => composed.swapIn());
    expect(await numbersOf([w])).toEqual(expected.map((value) => expect.closeTo(value, 6)));
    composeOnly(() => composed.swapOut());
    expect(await numbersOf([w])).toEqual([3, 9, 0.25]);
    for (const one of [quick, composed]) one.dispose();
    w.dispose();
  });

  test('takes the place of the weights, also through an error and an await', async () => {
    const w = variable([1, 2]);
    const average = ema([w], { decay: 0.5 });
    set(w, [3, 6]);
    average.update();
    expect(average.during(() => 7)).toBe(7);
    expect(() =>
      average.during(() => {
        throw new Error('in the middle');
      }),
    ).toThrow('in the middle');
    await expect(average.during(() => Promise.reject(new Error('later')))).rejects.toThrow('later');
    expect(await numbersOf([w])).toEqual([3, 6]);
    average.swapIn();
    expect(await numbersOf([w])).toEqual([2, 4]);
    expect(() => average.update()).toThrow('ema: update must be called while the average is not swapped in');
    expect(() => average.swapIn()).toThrow('ema: swapIn must be called while the average is not swapped in');
    average.dispose();
    expect(await numbersOf([w])).toEqual([3, 6]);
    w.dispose();
  });

  test('leaves nothing behind', async () => {
    const w = variable([1, 2]);
    const before = tf.memory().numTensors;
    const average = ema([w], { warmUp: true });
    const use = () => {
      average.update();
      average.during(() => {});
      return [];
    };
    expect(await leaked(use)).toBe(0);
    average.dispose();
    expect(tf.memory().numTensors).toBe(before);
    w.dispose();
  });

  if (backend === 'webgpu') {
    test('is one dispatch a variable, also in a captured step', async () => {
      const w = variable([0, 0, 0, 0, 0]);
      const [average, captured] = [ema([w], { warmUp: true }), ema([w], { warmUp: true })];
      const update = () => {
        average.update();
        return [];
      };
      const step = capture((x: tf.Tensor) => {
        captured.update();
        return x;
      });
      const x = tf.ones([1]);
      for (let n = 1; n <= 5; n++) {
        overwrite(w, [n, -n, 1 / n, n * n, 0.1]);
        update();
        step(x).dispose();
      }
      expect(step.recordings).toBe(1);
      expect(await captured.during(() => numbersOf([w]))).toEqual(await average.during(() => numbersOf([w])));
      expect(await countDispatches(update)).toMatchObject({ dispatches: 1, bytes: 0 });
      step.dispose();
      for (const one of [average, captured]) one.dispose();
      tf.dispose([w, x]);
    });
  }
});

test('follows a run of fit, and goes on from its checkpoint', async () => {
  const follow = async (epochs: number, resume?: Uint8Array) => {
    const line = new Line({ noise: 0.3 });
    const average = ema(line.trainableVariables, { decay: 0.9, warmUp: true });
    let bytes = new Uint8Array();
    const keep = checkpoint({
      to: (saved) => {
        bytes = saved;
      },
    });
    const options = { optimizer: adam({ learningRate: 0.1 }), batchSize: 8, seed: 5, epochs };
    await fit(line, points(21), { ...options, callbacks: [average, keep], ...(resume && { resume }) });
    return { bytes, weights: await line.weights(), averages: await average.during(() => line.weights()) };
  };
  const whole = await follow(4);
  const half = await follow(2);
  const resumed = await follow(4, half.bytes);
  expect(resumed.averages).toEqual(whole.averages);
  expect(whole.averages).not.toEqual(whole.weights);
});

test('refuses what is out of range', () => {
  const w = variable([1]);
  expect(() => ema([w], { decay: 1 })).toThrow('ema: decay must be in [0, 1), got 1');
  expect(() => ema([w]).setState({ values: {}, tensors: [] })).toThrow(
    'ema: state must have tensors of shapes [1], got ',
  );
});
