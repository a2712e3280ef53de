import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { images, plainCnn } from './testing/models';
import type { Asked, Tensors } from './testing/registered';
import { registry } from './testing/registry';

/** A check that an entry does not claim is none of its tests, not a skipped one. */
const testIf = (applies: boolean) => (applies ? test : () => {});

/** What the first backend found, for the others. */
const found = new Map<string, Float32Array[]>();

const numbersOf = (tensors: Tensors) =>
  Promise.all(Object.values(tensors).map(async (tensor) => Float32Array.from(await tensor.data())));

const apart = (a: Float32Array[], b: Float32Array[]) =>
  Math.max(...a.flatMap((part, i) => [...part].map((value, j) => Math.abs(value - (b[i]?.[j] as number)))));

describeOnEachBackend('the contract of a method', (backend) => {
  let model: tf.LayersModel;
  let pair: tf.Tensor4D;
  let first: tf.Tensor3D;
  beforeAll(() => {
    model = plainCnn();
    pair = images(2);
    first = tf.tidy(() => tf.squeeze(tf.slice(pair, 0, 1), [0])) as tf.Tensor3D;
  });
  afterAll(() => {
    tf.dispose([pair, first]);
    model.dispose();
  });

  describe.each(Object.entries(registry))('%s', (name, entry) => {
    const { takesImage = true, single = false, takesTarget = true, takesLayer = false, seeded = false } = entry;
    const { steps, tolerance = 1e-4 } = entry;
    /** What JavaScript does on every backend alike is not done again where each shader takes a second. */
    const here = backend !== 'webgpu';
    const run = async (asked: Partial<Asked> = {}, x: tf.Tensor = first) =>
      entry.run(model, x, { seed: 1, target: 1, ...asked });
    const numbers = async (asked?: Partial<Asked>, x?: tf.Tensor) => {
      const tensors = await run(asked, x);
      const values = await numbersOf(tensors);
      tf.dispose(tensors);
      return values;
    };
    const refusal = async (asked: Partial<Asked>, x?: tf.Tensor) => {
      const before = tf.memory().numTensors;
      const error = await run(asked, x).then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(tf.memory().numTensors).toBe(before);
      return error;
    };

    test('gives what it says, the same on every backend, leaves nothing behind, and leaves the model as it was', async () => {
      const weights = await numbersOf({ ...model.getWeights() } as unknown as Tensors);
      const before = tf.memory().numTensors;
      const tensors = await run();
      expect(tf.memory().numTensors).toBe(before + Object.keys(entry.shapes).length);
      for (const [key, shape] of Object.entries(entry.shapes)) {
        expect(tensors[key]?.shape).toEqual(shape);
        const values = await (tensors[key] as tf.Tensor).data();
        expect(values.every(Number.isFinite)).toBe(true);
      }
      const values = await numbersOf(tensors);
      tf.dispose(tensors);
      expect(await numbersOf({ ...model.getWeights() } as unknown as Tensors)).toEqual(weights);

      const expected = found.get(name) ?? values;
      found.set(name, expected);
      expect(apart(values, expected)).toBeLessThan(tolerance);
    });

    testIf(here && takesImage && !single)('gives a batch what it gives each image', async () => {
      const together = await run({ target: takesTarget ? [1, 1] : 1 }, pair);
      for (const [key, shape] of Object.entries(entry.shapes)) expect(together[key]?.shape).toEqual([2, ...shape]);
      for (const values of await numbersOf(together)) expect(values.every(Number.isFinite)).toBe(true);
      if (!seeded) {
        const second = tf.tidy(() => tf.squeeze(tf.slice(pair, 1, 1), [0]));
        const alone = [await run(), await run({}, second)];
        for (const key of Object.keys(entry.shapes)) {
          const stacked = tf.stack(alone.map((each) => each[key] as tf.Tensor));
          expect(await distance(together[key] as tf.Tensor, stacked)).toBeLessThan(1e-5);
          stacked.dispose();
        }
        tf.dispose([second, alone]);
      }
      tf.dispose(together);
    });

    testIf(here && seeded)('repeats with a seed, and differs with another', async () => {
      const [one, again, other] = [await numbers(), await numbers(), await numbers({ seed: 2 })];
      expect(again).toEqual(one);
      expect(apart(other, one)).toBeGreaterThan(1e-4);
    });

    testIf(steps !== undefined)('tells of each step, and stops when it is told to', async () => {
      const heard: number[] = [];
      let seen = 0;
      await numbers({
        onProgress: ({ step, steps: all, score }) => {
          expect(all).toBe(steps);
          expect(Number.isFinite(score)).toBe(true);
          heard.push(step);
        },
        onStep: () => {
          seen++;
        },
      });
      expect(heard.at(-1)).toBe(steps);
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
      expect(heard.length).toBeGreaterThan(2);
      expect(seen).toBe(heard.length);

      const control = new AbortController();
      const reason = new Error('enough');
      let steppedOn = 0;
      const onProgress = () => {
        steppedOn++;
        control.abort(reason);
      };
      expect(await refusal({ signal: control.signal, onProgress })).toBe(reason);
      expect(steppedOn).toBe(1);
      expect(await refusal({ signal: control.signal, onProgress })).toBe(reason);
      expect(steppedOn).toBe(1);
    });

    testIf(takesLayer)('an unknown layer lists the names there are', async () => {
      const error = await refusal({ layer: 'conv9' });
      expect(error).toBeInstanceOf(RangeError);
      expect(error?.message).toMatch(/: layer must be one of conv1, pool1, conv2, gap, scores, got conv9$/);
    });

    testIf(takesTarget)('refuses a class that there is not', async () => {
      for (const target of [3, -1, 0.5]) {
        expect((await refusal({ target }))?.message).toMatch(/: target must be a class in \[0, 3\)/);
      }
    });

    testIf(takesTarget && name !== 'cam')('refuses a layer, channel or place that there is not', async () => {
      const message = async (target: Asked['target']) => (await refusal(target ? { target } : {}))?.message;
      expect(await message({ layer: 'conv9' })).toMatch(/must be one of conv1, pool1, conv2, gap, scores, got conv9/);
      expect(await message({ layer: 'conv2', channel: 6 })).toMatch(/target.channel must be in \[0, 6\)/);
      expect(await message({ layer: 'conv2', channel: 0, at: [4, 0] })).toMatch(/target.at must be inside of \[4,4\]/);
      expect(await message({ layer: 'scores', channel: 0, at: 'max' })).toMatch(/target.at must be given with/);
    });

    testIf(takesImage)('refuses an image that the model does not take', async () => {
      for (const shape of [
        [8, 8],
        [8, 8, 3],
        [0, 8, 8, 2],
      ]) {
        const wrong = tf.zeros(shape);
        expect((await refusal({}, wrong))?.message).toMatch(/: image must be .* got \[/);
        wrong.dispose();
      }
    });
  });
});
