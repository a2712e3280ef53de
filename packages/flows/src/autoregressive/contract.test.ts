import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { ImageCanvas } from './imageCanvas';
import type { PixelCnn } from './pixelCnn';
import { pixelOrders } from './pixelOrder';
import { allImages, contextOf, perturbed, type RegisteredModel, registry } from './testing/registry';

/** What the first backend found, for the others: of each model its log-probabilities and its gradients, one after the other. */
const found = new Map<string, (readonly [tf.TypedArray, number[]])[]>();

/** A check that a backend does not hold is none of its tests, not a skipped one. */
const testIf = (applies: boolean) => (applies ? test : () => {});

/** Apart and near 1, so that they are compared by their digits. */
const expectClose = async (a: tf.Tensor, b: tf.Tensor) => {
  const scale = tf.add(1, tf.abs(b));
  expect(await distance(tf.div(a, scale), tf.div(b, scale))).toBeLessThan(1e-4);
};

describeOnEachBackend('the contract of an autoregressive model', (backend) => {
  const here = Object.entries(registry).filter(([, { costly }]) => !costly || backend !== 'webgpu');
  describe.each(here)('%s', (name, entry) => {
    const { shape, levels = 256 } = entry.options;

    test('all images have the probability 1 together', async () => {
      await using(entry, async (model) => {
        const nats = model.logProb(allImages(shape, levels), contextOf(entry));
        expect((await tf.sum(tf.exp(nats)).data())[0]).toBeCloseTo(1, 5);
        expect((await tf.max(nats).data())[0]).toBeGreaterThan(-4); // and not all the same
        expect((await tf.min(nats).data())[0]).toBeLessThan(-6);
      });
    });

    test('the backends agree, on gradients too', async () => {
      await using(entry, async (model) => {
        const images = allImages(shape, levels);
        const given = contextOf(entry);
        const { grads } = tf.variableGrads(() => model.loss({ x: images, ...given }), model.trainableVariables);
        const gradients = model.trainableVariables.map((variable) => grads[variable.name] as tf.Tensor);
        const values = [model.logProb(images, given), ...gradients];
        const data = await Promise.all(values.map((value) => value.data()));
        const first = found.get(name) ?? data.map((numbers, i) => [numbers, values[i]?.shape as number[]] as const);
        found.set(name, first);
        for (const [i, [numbers, size]] of first.entries())
          await expectClose(values[i] as tf.Tensor, tf.tensor(numbers, size));
      });
    });

    // On a software adapter that takes minutes; there they are held against the first backend's.
    testIf(backend !== 'webgpu')('the loss has the right gradients, for every variable', async () => {
      await using(entry, async (model) => {
        const x = tf.slice(allImages(shape, levels), 5, 9);
        const loss = () => model.loss({ x, ...contextOf(entry) });
        const { grads } = tf.variableGrads(loss, model.trainableVariables);
        for (const [i, variable] of model.trainableVariables.entries()) {
          const direction = randomNormal(variable.shape, { seed: 20 + i });
          const expected = (await tf.sum(tf.mul(direction, grads[variable.name] as tf.Tensor)).data())[0] as number;
          const start = tf.clone(variable);
          const at = async (step: number) => {
            variable.assign(tf.add(start, tf.mul(step, direction)));
            return (await loss().data())[0] as number;
          };
          const slope = ((await at(3e-4)) - (await at(-3e-4))) / 6e-4;
          variable.assign(start);
          expect(Math.abs(slope - expected), variable.name).toBeLessThan(0.02 * (1 + Math.abs(expected)));
        }
      });
    });

    test('along a row the network makes the numbers that it makes of the whole', async () => {
      await using(entry, async (model) => {
        const images = tf.slice(allImages(shape, levels), 3, 4);
        const naive = await drawNaively(entry, model, images, 0);
        expect(await distance(await model.sample(4, { seed: 7, ...contextOf(entry) }), naive)).toBe(0);
      });
    });

    test('its variables go through a file, and only into their like', async () => {
      await using(entry, async (model) => {
        const other = entry.build({ ...entry.options, seed: 2 });
        other.load(await model.save());
        const images = allImages(shape, levels);
        expect(
          await distance(other.logProb(images, contextOf(entry)), model.logProb(images, contextOf(entry))),
        ).toBeLessThan(1e-6);
        const wider = entry.build({ ...entry.options, filters: 12, seed: 2 });
        const bytes = await wider.save();
        expect(() => other.load(bytes)).toThrow(
          /^PixelCnn\.load: the file must be of a model of the same make; .*must be/,
        );
        for (const each of [other, wider]) each.dispose();
      });
    });

    test('leaves no tensor behind', async () => {
      const model = entry.build({ ...entry.options, seed: 1 });
      const x = tf.slice(allImages(shape, levels), 3, 2);
      const given = contextOf(entry);
      expect(await leaked(() => model.logProb(x, given))).toBe(0);
      expect(await leaked(() => tf.variableGrads(() => model.loss({ x, ...given }), model.trainableVariables))).toBe(0);
      expect(await leaked(() => model.sample(2, { seed: 1, ...given }))).toBe(0);
      expect(await leaked(() => model.complete(x, entry.options.from ?? 'top', { seed: 1, ...given }))).toBe(0);
      const before = tf.memory().numTensors - model.trainableVariables.length;
      model.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    test('what is no level has no probability, where it is; no images have none', async () => {
      await using(entry, async (model) => {
        const [H, W, C] = shape;
        const good = tf.slice(allImages(shape, levels), 3, 1);
        const given = contextOf(entry);
        for (const wrong of [levels, -1, 0.5]) {
          const spot = tf.oneHot(tf.tensor1d([H * W * C - 1], 'int32'), H * W * C); // the last number of an image
          const there = tf.reshape(tf.cast(spot, 'float32'), good.shape);
          const bad = tf.add(tf.mul(good, tf.sub(1, there)), tf.mul(wrong, there));
          const pixels = [...(await model.logProbOfPixels(bad, given).data())];
          const finite = pixels.map(Number.isFinite);
          expect(finite).toEqual(finite.map((_, i) => i !== H * W - 1));
          expect(pixels.at(-1)).toBe(-Infinity);
          expect((await model.logProb(bad, given).data())[0]).toBe(-Infinity);
          const slopes = tf.variableGrads(() => model.loss({ x: tf.concat([bad, good]), ...given }));
          for (const slope of Object.values(slopes.grads)) {
            expect((await slope.data()).every((value) => Number.isFinite(value))).toBe(true);
          }
        }
        expect(model.logProb(tf.zeros([0, ...shape]), given).shape).toEqual([0]);
      });
    });

    test('refuses images of another shape, and a context that is missing', async () => {
      await using(entry, async (model) => {
        const wrong = tf.zeros([2, shape[0], shape[1] + 1, shape[2]]);
        const message = new RegExp(`points must be \\[batch, ${shape.join(', ')}\\], got`);
        expect(() => model.logProb(wrong)).toThrow(message);
        expect(() => model.loss({ x: wrong })).toThrow(RangeError);
        await expect(model.complete(wrong, 'top', { seed: 1 })).rejects.toThrow(message);
        if (entry.options.context) {
          expect(() => model.logProb(tf.zeros([2, ...shape]))).toThrow(/context must be/);
          await expect(model.sample(2, { seed: 1 })).rejects.toThrow(/context must be/);
        }
      });
    });
  });
});

/** Runs a check on a perturbed model, and frees everything after it. */
async function using(entry: RegisteredModel, check: (model: PixelCnn) => Promise<void>): Promise<void> {
  const model = perturbed(entry);
  tf.engine().startScope();
  try {
    await check(model);
  } finally {
    tf.engine().endScope();
    model.dispose();
  }
}

/** The images that `sample` is to draw, with the whole network for every channel of every pixel. */
async function drawNaively(entry: RegisteredModel, model: PixelCnn, images: tf.Tensor, known: number) {
  const { network, head, levels } = model;
  const order = pixelOrders[model.from];
  let x = order.read(tf.cast(images, 'float32') as tf.Tensor4D);
  const [n, H, W, C] = x.shape;
  const context = contextOf(entry).context as tf.Tensor2D | undefined;
  for (let place = known; place < H * W; place++) {
    const [row, column] = [Math.floor(place / W), place % W];
    for (let channel = 0; channel < head.groups; channel++) {
      const numbers = network.apply(new ImageCanvas(tf.div(x, levels - 1), context));
      const here = tf.reshape(tf.slice(numbers, [0, row, column, 0], [n, 1, 1, -1]), [n, -1]) as tf.Tensor2D;
      const pixel = tf.reshape(tf.slice(x, [0, row, column, 0], [n, 1, 1, C]), [n, C]) as tf.Tensor2D;
      const drawn = head.draw(here, pixel, channel, deriveSeed(7, place, channel));
      const flat = tf.split(tf.reshape(x, [n, H * W, C]), H * W, 1);
      flat[place] = tf.reshape(drawn, [n, 1, C]);
      x = tf.reshape(tf.concat(flat, 1), [n, H, W, C]);
    }
  }
  return order.write(x);
}
