import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { crossValidate } from './evaluate';
import { KFold } from './index';
import { foldTensors, takeRows } from './tensor';

describe('takeRows', () => {
  test('takes rows in the order asked for, whatever their shape and type', async () => {
    const x = tf.tensor3d([
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ]);
    const taken = takeRows(x, Uint32Array.of(2, 0, 2));
    expect(await taken.array()).toEqual([
      [[5], [6]],
      [[1], [2]],
      [[5], [6]],
    ]);
    const labels = takeRows(tf.tensor1d([7, 8, 9], 'int32'), Uint32Array.of(1));
    expect(labels.dtype).toBe('int32');
    expect(await labels.array()).toEqual([8]);
    expect(takeRows(x, new Uint32Array()).shape).toEqual([0, 2, 1]);
  });

  test('leaves nothing else behind', () => {
    const x = tf.zeros([4, 2]);
    const before = tf.memory().numTensors;
    takeRows(x, Uint32Array.of(1, 2));
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  test('refuses a row that is not there, and a scalar', () => {
    expect(() => takeRows(tf.zeros([3]), Uint32Array.of(0, 3))).toThrow(
      'takeRows: indices must be below the number of rows, 3, got 3',
    );
    expect(() => takeRows(tf.scalar(1), Uint32Array.of(0))).toThrow('takeRows: tensor must have rows, got a scalar');
  });
});

describe('foldTensors', () => {
  test('gives both sides of a split', async () => {
    const [x, y] = [
      tf.tensor2d([
        [0, 1],
        [2, 3],
        [4, 5],
      ]),
      tf.tensor1d([7, 8, 9]),
    ];
    const { xTrain, yTrain, xTest, yTest } = foldTensors(x, y, {
      train: Uint32Array.of(0, 2),
      test: Uint32Array.of(1),
    });
    expect(await xTrain.array()).toEqual([
      [0, 1],
      [4, 5],
    ]);
    expect(await yTrain.array()).toEqual([7, 9]);
    expect(await xTest.array()).toEqual([[2, 3]]);
    expect(await yTest.array()).toEqual([8]);
  });

  test('refuses samples and labels of different lengths', () => {
    const split = { train: Uint32Array.of(0), test: Uint32Array.of(1) };
    expect(() => foldTensors(tf.zeros([3, 2]), tf.zeros([2]), split)).toThrow(
      'foldTensors: x and y must have as many rows, got 3 and 2',
    );
  });
});

test('crossValidate frees the rows that it took', async () => {
  const x = tf.tensor1d([0, 1, 2, 3, 4, 5]);
  const before = tf.memory().numTensors;
  const { testScores } = await crossValidate({
    estimator: { fit: () => {}, predict: (rows: tf.Tensor1D) => rows.data() },
    data: { x, y: [0, 1, 2, 3, 4, 5], take: takeRows },
    splitter: new KFold({ nSplits: 3 }),
    metrics: {
      exact: (yTrue: number[], yPred: ArrayLike<number>) => Number(yTrue.every((value, i) => value === yPred[i])),
    },
  });
  expect([...(testScores.exact ?? [])]).toEqual([1, 1, 1]);
  expect(tf.memory().numTensors).toBe(before);
});
