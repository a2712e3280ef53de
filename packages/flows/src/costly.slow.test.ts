import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { allImages, contextOf, registry as models, perturbed } from './autoregressive/testing/registry';
import { trainableOf } from './bijector';
import { free, made, perturb } from './testing/registered';
import { registry as bijectors } from './testing/registry';

/**
 * What the contracts hold on cpu and wasm alone, since a software adapter would take minutes for their finite
 * differences: that every backend gives the same values and gradients, which were held there.
 */

type Found = readonly [numbers: tf.TypedArray, shape: number[]][];
const found = new Map<string, Found>();

/** Compares tensors with those of the first backend, by their digits. */
async function expectAsFirst(name: string, values: tf.Tensor[]): Promise<void> {
  const data = await Promise.all(values.map((value) => value.data()));
  const first = found.get(name) ?? data.map((numbers, i) => [numbers, (values[i] as tf.Tensor).shape] as const);
  found.set(name, first);
  for (const [i, [numbers, shape]] of first.entries()) {
    expect(numbers.every((number) => Number.isFinite(number))).toBe(true);
    const expected = tf.tensor(numbers, shape);
    const scale = tf.add(1, tf.abs(expected));
    expect(await distance(tf.div(values[i] as tf.Tensor, scale), tf.div(expected, scale))).toBeLessThan(1e-3);
  }
}

/** Runs a check in a scope of its own. */
async function scoped(check: () => Promise<void>): Promise<void> {
  tf.engine().startScope();
  try {
    await check();
  } finally {
    tf.engine().endScope();
  }
}

describeOnEachBackend('what is costly, on every backend', () => {
  describe.each(Object.entries(bijectors).filter(([, { costly }]) => costly))('%s', (name, entry) => {
    test('gives what the first backend gives: values, volumes, gradients', async () => {
      const bijector = perturb(made(entry, 1), 7, entry.moved);
      await scoped(async () => {
        const z = randomNormal([3, ...entry.event], { seed: 3, std: 2 });
        const [there, back] = [bijector.forward(z), bijector.inverse(z)];
        const density = (points: tf.Tensor) => {
          const { value, logDet } = bijector.inverse(points);
          return tf.sub(tf.mean(logDet), tf.mean(tf.square(value))) as tf.Scalar;
        };
        const gradients = tf.grads((points: tf.Tensor, ..._: tf.Tensor[]) => density(points))([
          z,
          ...trainableOf(bijector.variables),
        ]);
        await expectAsFirst(name, [there.value, there.logDet, back.value, back.logDet, ...gradients]);
        expect(await distance(bijector.inverse(there.value).value, z)).toBeLessThan((entry.tolerance ?? 1e-5) * 10);
      });
      free(bijector);
    });

    test('stays finite far out', async () => {
      const bijector = made(entry, 1);
      await scoped(async () => {
        const far = tf.concat([1e6, -1e6].map((value) => tf.fill([1, ...entry.event], value)));
        const { value, logDet } = bijector.inverse(far);
        for (const tensor of [value, logDet]) {
          expect((await tensor.data()).every((number) => Number.isFinite(number))).toBe(true);
        }
      });
      free(bijector);
    });
  });

  describe.each(Object.entries(models).filter(([, { costly }]) => costly))('%s', (name, entry) => {
    test('gives what the first backend gives, and probabilities that sum to 1', async () => {
      const model = perturbed(entry);
      await scoped(async () => {
        const { shape, levels = 256 } = entry.options;
        const images = allImages(shape, levels);
        const given = contextOf(entry);
        const nats = model.logProb(images, given);
        expect((await tf.sum(tf.exp(nats)).data())[0]).toBeCloseTo(1, 4);
        const { grads } = tf.variableGrads(() => model.loss({ x: images, ...given }), model.trainableVariables);
        await expectAsFirst(name, [nats, ...model.trainableVariables.map(({ name: of }) => grads[of] as tf.Tensor)]);
      });
      model.dispose();
    });

    test('leaves no tensor behind', async () => {
      const model = perturbed(entry);
      const x = tf.slice(allImages(entry.options.shape, entry.options.levels ?? 256), 3, 2);
      const given = contextOf(entry);
      expect(await leaked(() => model.logProb(x, given))).toBe(0);
      expect(await leaked(() => tf.variableGrads(() => model.loss({ x, ...given }), model.trainableVariables))).toBe(0);
      model.dispose();
      x.dispose();
    });
  });
});
