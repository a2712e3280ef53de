import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';
import { forgetWeights } from './forgetWeights';
import type { Value, WasmBackend } from './wasmBackend';

let wasm: Device;
let backend: WasmBackend;
beforeAll(async () => {
  wasm = await initDevice({ prefer: ['wasm'] });
  backend = tf.backend() as unknown as WasmBackend;
});
afterAll(() => wasm.dispose());

/** Doubles a tensor's numbers where they lie. */
function doubleInPlace(x: tf.Tensor): void {
  const numbers = backend.typedArrayFromHeap(x as unknown as Value);
  numbers.forEach((value, i) => {
    numbers[i] = 2 * value;
  });
}

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** Each is linear in its weights, or in its bias. */
const operations: Record<string, { weights: number[]; run(weights: tf.Tensor): tf.Tensor }> = {
  'a product': {
    weights: [4, 6],
    run: (weights) => tf.matMul(normal([5, 4], 1), weights as tf.Tensor2D),
  },
  'a fused product': {
    weights: [4, 6],
    run: (weights) => tf.fused.matMul({ a: normal([5, 4], 1), b: weights, activation: 'relu' }),
  },
  'a convolution': {
    weights: [3, 3, 2, 4],
    run: (weights) => tf.conv2d(normal([1, 6, 6, 2], 1) as tf.Tensor4D, weights as tf.Tensor4D, 1, 'same'),
  },
  'a fused convolution': {
    weights: [3, 3, 2, 4],
    run: (filter) =>
      tf.fused.conv2d({
        x: normal([1, 6, 6, 2], 1) as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        activation: 'relu',
      }),
  },
  "a fused convolution's bias": {
    weights: [4],
    run: (bias) =>
      tf.fused.conv2d({
        x: normal([1, 6, 6, 2], 1) as tf.Tensor4D,
        filter: kept as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias,
      }),
  },
  'a depthwise convolution': {
    weights: [3, 3, 2, 2],
    run: (weights) => tf.depthwiseConv2d(normal([1, 6, 6, 2], 1) as tf.Tensor4D, weights as tf.Tensor4D, 1, 'same'),
  },
};

let kept: tf.Tensor;
beforeAll(() => {
  kept = tf.zeros([3, 3, 2, 4]);
});

describe('after its weights were doubled in place and forgotten', () => {
  test.each(Object.entries(operations))('%s gives the double', (_name, { weights: shape, run }) => {
    tf.tidy(() => {
      const weights = normal(shape, 2);
      const before = run(weights).dataSync();
      doubleInPlace(weights);
      forgetWeights(backend, weights.dataId);
      expect([...run(weights).dataSync()]).toEqual([...before].map((value) => 2 * value));
      // And once more: what was registered anew can be forgotten anew.
      doubleInPlace(weights);
      forgetWeights(backend, weights.dataId);
      expect([...run(weights).dataSync()]).toEqual([...before].map((value) => 4 * value));
    });
  });

  test('without forgetting, XNNPACK goes on with the old ones: the reason for all this', () => {
    tf.tidy(() => {
      const { weights: shape, run } = operations['a depthwise convolution'] as (typeof operations)[string];
      const weights = normal(shape, 2);
      const before = [...run(weights).dataSync()];
      doubleInPlace(weights);
      expect([...run(weights).dataSync()]).toEqual(before);
    });
  });

  test('a forgotten tensor is disposed of as any other, and its memory is used again', () => {
    const x = normal([64, 1024], 1);
    forgetWeights(backend, x.dataId);
    const first = backend.dataIdMap.get(x.dataId).memoryOffset;
    x.dispose();
    const y = normal([64, 1024], 1);
    expect(backend.dataIdMap.get(y.dataId).memoryOffset).toBe(first);
    y.dispose();
  });
});
