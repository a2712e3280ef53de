import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { afterEach, expect, test, vi } from 'vitest';
import * as arrays from '../index';
import { difference } from '../testing/difference';
import { draw } from '../testing/registry';
import * as tensors from './index';

/** Each streamed metric of tensors, the same of arrays, and what both are fed with. */
const pairs = [
  {
    name: 'StreamingRocAuc',
    kinds: ['binary', 'shares'],
    tensor: () => new tensors.StreamingRocAuc({ thresholds: 16 }),
    array: () => new arrays.StreamingRocAuc({ thresholds: 16 }),
  },
  {
    name: 'StreamingAveragePrecision',
    kinds: ['binary', 'shares'],
    tensor: () => new tensors.StreamingAveragePrecision({ thresholds: 16 }),
    array: () => new arrays.StreamingAveragePrecision({ thresholds: 16 }),
  },
  {
    name: 'StreamingCalibration',
    kinds: ['binary', 'shares'],
    tensor: () => new tensors.StreamingCalibration({ nBins: 4 }),
    array: () => new arrays.StreamingCalibration({ nBins: 4 }),
  },
  {
    name: 'StreamingConfusion',
    kinds: ['labels', 'labels'],
    tensor: () => new tensors.StreamingConfusion({ numClasses: 4 }),
    array: () => new arrays.StreamingConfusion({ labels: [0, 1, 2, 3] }),
  },
  {
    name: 'StreamingRegression',
    kinds: ['reals', 'reals'],
    tensor: () => new tensors.StreamingRegression(),
    array: () => new arrays.StreamingRegression(),
  },
] satisfies Pair[] as Pair[];

interface Pair {
  name: string;
  kinds: ['binary' | 'labels' | 'reals', 'shares' | 'labels' | 'reals'];
  tensor(): {
    update(yTrue: tf.Tensor, yPred: tf.Tensor, options?: { sampleWeight?: tf.Tensor }): unknown;
    merge(other: never): unknown;
    compute(): Promise<unknown>;
    reset(): unknown;
    dispose(): void;
  };
  array(): { update(yTrue: number[], yPred: number[], options?: { sampleWeight: number[] }): { compute(): unknown } };
}

afterEach(() => vi.restoreAllMocks());

describeOnEachBackend('streamed tensors', () => {
  test.each(pairs)('$name: parts and shards are as the whole of arrays', async ({ kinds, tensor, array }) => {
    const [yTrue, yPred] = [draw(kinds[0], 50, 1), draw(kinds[1], 50, 2)] as [number[], number[]];
    const [truth, prediction] = [tf.tensor1d(yTrue), tf.tensor1d(yPred)];
    const expected = array().update(yTrue, yPred).compute();
    const [first, second] = [tensor(), tensor()];
    const reads = vi.spyOn(tf.Tensor.prototype, 'data');
    const waits = vi.spyOn(tf.Tensor.prototype, 'dataSync');
    const feed = (into: typeof first, from: number, to: number): void => {
      into.update(tf.slice(truth, from, to - from), tf.slice(prediction, from, to - from));
    };
    feed(first, 0, 1);
    feed(first, 1, 20);
    feed(second, 20, 50);
    first.merge(second as never);
    expect(reads).not.toHaveBeenCalled();
    expect(waits).not.toHaveBeenCalled();
    expect(difference(await first.compute(), expected, 1e-5)).toBe(null);
    expect(reads).toHaveBeenCalledTimes(1);
    first.reset();
    feed(first, 0, 50);
    expect(difference(await first.compute(), expected, 1e-5)).toBe(null);
    for (const one of [first, second]) one.dispose();
  });

  test.each(pairs)('$name: weights count as they do in arrays, before and after a batch without', async (pair) => {
    const [yTrue, yPred] = [draw(pair.kinds[0], 40, 3), draw(pair.kinds[1], 40, 4)] as [number[], number[]];
    const weights = yTrue.map((_, i) => (i < 25 ? (i % 5) / 2 : 1));
    const expected = pair.array().update(yTrue, yPred, { sampleWeight: weights }).compute();
    const [truth, prediction, weight] = [tf.tensor1d(yTrue), tf.tensor1d(yPred), tf.tensor1d(weights)];
    const stream = pair.tensor();
    const part = (of: tf.Tensor1D, from: number, to: number) => tf.slice(of, from, to - from);
    for (const [from, to] of [
      [0, 10],
      [25, 40],
      [10, 25],
    ] as const) {
      const options = from === 25 ? {} : { sampleWeight: part(weight, from, to) };
      stream.update(part(truth, from, to), part(prediction, from, to), options);
    }
    expect(difference(await stream.compute(), expected, 1e-5)).toBe(null);
    stream.dispose();
  });

  test.each(pairs)('$name: an update leaves nothing behind', async ({ kinds, tensor }) => {
    const [truth, prediction] = [
      tf.tensor1d(draw(kinds[0], 9, 1) as number[]),
      tf.tensor1d(draw(kinds[1], 9, 2) as number[]),
    ];
    const before = tf.memory().numTensors;
    const stream = tensor();
    const one = tf.memory().numTensors;
    stream.update(truth, prediction);
    stream.reset();
    tf.tidy(() => {
      stream.update(truth, prediction);
    });
    expect(tf.memory().numTensors).toBe(one);
    await stream.compute();
    stream.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('what does not fit is refused by name', () => {
  const roc = new tensors.StreamingRocAuc({ thresholds: 3 });
  const message = 'StreamingRocAuc.update: yScore must be [2], got [3]';
  expect(() => roc.update(tf.tensor1d([0, 1]), tf.tensor1d([0, 1, 1]))).toThrow(message);
  const two = tf.tensor1d([0, 1]);
  expect(() => roc.update(two, two, { sampleWeight: tf.tensor1d([1]) })).toThrow('sampleWeight must be [2], got [1]');
  expect(() => roc.update([0] as never, tf.tensor1d([0]))).toThrow('yTrue must be a tensor, got object');
  expect(() => roc.merge(new tensors.StreamingRocAuc())).toThrow('thresholds must be 3, got 200');
  expect(() => new tensors.StreamingConfusion({ numClasses: 0 })).toThrow('numClasses must be a whole number');
});
