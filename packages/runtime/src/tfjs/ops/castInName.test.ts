import '@tensorflow/tfjs';
import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { rmsNorm } from '../../ops/rmsNorm';
import { capture } from '../capture/capture';
import { countDispatches } from '../countDispatches';
import { overwrite } from './overwrite';

/*
 * tfjs casts whole numbers and booleans to float32 in name only, on webgpu and on cpu: the tensor shares what holds the
 * whole numbers. What reads bits, copies them or writes others in their place must know that.
 */

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];

const whole = () => tf.tensor([3, -1, 4, 1, -5, 9], [2, 3], 'int32');
const flags = () => tf.tensor([1, 0, 1], [3], 'bool');

describeOnEachBackend('what is cast to float32 in name only', (backend) => {
  test('is read as numbers by a kernel, and by its gradient', async () => {
    const run = (x: tf.Tensor, gamma: tf.Tensor) => {
      const { value, grads } = tf.valueAndGrads((a, b) => tf.sum(tf.square(rmsNorm(a, b))) as tf.Scalar)([x, gamma]);
      return [rmsNorm(x, gamma), value, ...grads];
    };
    const cast = run(tf.cast(whole(), 'float32'), tf.cast(flags(), 'float32'));
    const made = run(tf.tensor([3, -1, 4, 1, -5, 9], [2, 3]), tf.tensor([1, 0, 1]));
    for (const [i, tensor] of made.entries()) {
      expect(await numbers(cast[i] as tf.Tensor)).toEqual(await numbers(tensor));
    }
  });

  test('leaks nothing, and the whole numbers stay', async () => {
    const x = whole();
    const cast = tf.cast(x, 'float32');
    const gamma = tf.ones([3]);
    expect(await leaked(() => rmsNorm(cast, gamma))).toBe(0);
    expect(x.dtype).toBe('int32');
    expect(await numbers(x)).toEqual([3, -1, 4, 1, -5, 9]);
  });

  test('is written in place as a variable: by numbers, by a tensor, by an op', async () => {
    const given = flags();
    const v = tf.variable(tf.cast(given, 'float32'));
    overwrite(v, [0.25, -1.5, 2]);
    expect(await numbers(v)).toEqual([0.25, -1.5, 2]);
    expect(await numbers(tf.mul(v, 2))).toEqual([0.5, -3, 4]);
    overwrite(v, tf.cast(tf.tensor([7, 8, 9], [3], 'int32'), 'float32'));
    expect(await numbers(rmsNorm(v, tf.ones([3])))).toEqual(await numbers(rmsNorm(tf.tensor([7, 8, 9]), tf.ones([3]))));
    expect(await numbers(given)).toEqual([1, 0, 1]);
    // The only owner of what held whole numbers.
    const alone = tf.tidy(() => tf.variable(tf.cast(whole(), 'float32')));
    overwrite(alone, [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
    expect(await numbers(alone)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
  });

  test('goes into a captured function and comes out of it', async () => {
    const step = capture((x: tf.Tensor) => {
      const y = rmsNorm(x, tf.ones([3]));
      return { y, larger: tf.cast(tf.greater(y, 0), 'float32'), first: tf.cast(tf.argMax(y, 1), 'float32') };
    });
    for (let i = 0; i < 5; i++) {
      const x = tf.mul(whole(), tf.scalar(i + 1, 'int32'));
      const floats = tf.tensor(await x.data(), x.shape, 'float32');
      const cast = tf.cast(x, 'float32');
      if (i === 4) rmsNorm(cast, tf.ones([3])); // now it is on the device
      const { y, larger, first } = step(i === 3 ? floats : cast);
      expect(await numbers(y)).toEqual(await numbers(rmsNorm(floats, tf.ones([3]))));
      expect(await numbers(larger)).toEqual([1, 0, 1, 1, 0, 1]);
      expect(await numbers(rmsNorm(larger, tf.ones([3])))).toEqual(
        await numbers(
          rmsNorm(
            tf.tensor([
              [1, 0, 1],
              [1, 0, 1],
            ]),
            tf.ones([3]),
          ),
        ),
      );
      expect(await numbers(first)).toEqual([2, 2]);
    }
    expect(step.recordings).toBe(backend === 'webgpu' ? 1 : 0);
    step.dispose();
  });

  if (backend === 'webgpu') {
    test('takes one dispatch more', async () => {
      const cast = tf.cast(tf.add(whole(), tf.scalar(1, 'int32')), 'float32');
      const gamma = tf.add(tf.ones([3]), 0);
      await rmsNorm(cast, gamma).data();
      const made = tf.add(tf.tensor([3, -1, 4, 1, -5, 9], [2, 3]), 1);
      await rmsNorm(made, gamma).data();
      expect((await countDispatches(() => rmsNorm(made, gamma))).dispatches).toBe(1);
      expect((await countDispatches(() => rmsNorm(cast, gamma))).dispatches).toBe(2);
    });
  }
});
