import { createRandom, type Device, deviceSeed, initDevice } from '@tenonjs/runtime';
import { distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrawnRow } from './drawImages';
import { gatedPixelCnn, type PixelCnnOptions, pixelCnn } from './models';
import type { PixelCnn } from './pixelCnn';
import type { Side } from './pixelOrder';
import { allImages, perturbed } from './testing/registry';

let device: Device;
beforeAll(async () => {
  device = await initDevice({ prefer: ['wasm'] });
});
afterAll(() => device.dispose());

const levelsOf = (x: tf.Tensor) => x.array() as Promise<number[][][][]>;

/** Which pixels' laws change, to the bit, when a pixel does: [changed pixel][pixel], both H · W. */
async function dependence(model: PixelCnn): Promise<boolean[][]> {
  const [H, W] = model.eventShape as [number, number];
  const random = createRandom(5);
  const image = Array.from({ length: H * W }, () => random.integer(model.levels));
  const batch = [image, ...image.map((_, j) => image.map((v, i) => (i === j ? (v + 3) % model.levels : v)))];
  const nats = tf.tidy(() => model.logProbOfPixels(tf.tensor4d(batch.flat(), [batch.length, H, W, 1], 'int32')));
  const rows = (await tf.reshape(nats, [batch.length, H * W]).array()) as number[][];
  return image.map((_, j) => image.map((_, i) => i !== j && rows[j + 1]?.[i] !== rows[0]?.[i]));
}

describe('what a pixel sees', () => {
  const shape = [5, 5, 1] as const;
  const before: Record<Side, (row: number, column: number) => number> = {
    top: (row, column) => row * 5 + column,
    bottom: (row, column) => (4 - row) * 5 + column,
    left: (row, column) => column * 5 + row,
    right: (row, column) => (4 - column) * 5 + row,
  };

  test.each(Object.entries(before))('gated, from the %s: all before it, nothing behind it', async (from, placeOf) => {
    const options = { shape, levels: 8, filters: 8, layers: 5, firstKernelSize: 3, from: from as Side };
    const model = perturbed({ build: gatedPixelCnn, options }, 3, 0.6);
    const depends = await dependence(model);
    for (let j = 0; j < 25; j++)
      for (let i = 0; i < 25; i++) {
        const order = (p: number) => placeOf(Math.floor(p / 5), p % 5);
        expect([j, i, depends[j]?.[i]]).toEqual([j, i, order(j) < order(i)]);
      }
    model.dispose();
  });

  test('one stack of square kernels: all before it but the blind spot to the right above', async () => {
    const options = { shape, levels: 8, filters: 16, layers: 4, firstKernelSize: 3 };
    const model = perturbed({ build: pixelCnn, options }, 3, 0.6);
    const depends = await dependence(model);
    const inside: boolean[] = [];
    for (let j = 0; j < 25; j++)
      for (let i = 0; i < 25; i++) {
        const [up, right] = [Math.floor(i / 5) - Math.floor(j / 5), (j % 5) - (i % 5)];
        // A row up goes one column to the right at most.
        if (up > 0 ? right <= up : up === 0 && right < 0) inside.push(depends[j]?.[i] as boolean);
        else expect([j, i, depends[j]?.[i]]).toEqual([j, i, false]);
      }
    // Rectified units may all be off for a pair.
    expect(inside.filter(Boolean).length / inside.length).toBeGreaterThan(0.8);
    model.dispose();
  });

  test('no further than it reaches, which it says', async () => {
    const model = perturbed({
      build: gatedPixelCnn,
      options: { shape: [7, 3, 1], levels: 8, filters: 4, layers: 2, firstKernelSize: 5 },
    });
    const { reach } = model.describe();
    expect(reach).toBe(4);
    const depends = await dependence(model);
    for (const j of [0, 1, 2])
      expect(depends[j]?.map((one, i) => one && Math.floor(i / 3) > reach)).not.toContain(true);
    expect(depends[0]?.slice(12, 15)).toContain(true);
    model.dispose();
  });
});

describe('drawing', () => {
  const options: PixelCnnOptions = { shape: [4, 5, 1], levels: 4, filters: 6, layers: 2, firstKernelSize: 3, seed: 1 };

  test('as its probabilities say, also of what is missing', async () => {
    const small = { shape: [2, 2, 1] as const, levels: 2, filters: 4, layers: 1, firstKernelSize: 3 };
    for (const [build, output] of [
      [gatedPixelCnn, 'logisticMixture'],
      [pixelCnn, 'categorical'],
    ] as const) {
      const model = perturbed({ build, options: { ...small, output } }, 2, 0.4);
      const images = allImages([2, 2, 1], 2);
      const p = await tf.exp(model.logProb(images)).data();
      const N = 4000;
      const drawn = await model.sample(N, { seed: 4 });
      const counts = countsOf(await levelsOf(drawn));
      // χ² of 15 degrees of freedom: 44 has a p of 1e-4.
      const chiOfAll = counts.reduce(
        (sum, count, i) => sum + (count - N * (p[i] as number)) ** 2 / (N * (p[i] as number)),
        0,
      );
      expect(chiOfAll).toBeLessThan(44);
      // Image 9 has 1, 0 in its upper row; four images share that.
      const upper = tf.tile(tf.slice(images, [9, 0, 0, 0], [1, 2, 2, 1]), [N, 1, 1, 1]);
      const filled = countsOf(await levelsOf(await model.complete(upper, 'top', { seed: 5 })));
      const rest = [1, 5, 9, 13];
      const total = rest.reduce((sum, i) => sum + (p[i] as number), 0);
      expect(rest.reduce((sum, i) => sum + (filled[i] as number), 0)).toBe(N);
      // 3 degrees of freedom: 21 has 1e-4.
      const chi = rest.reduce((sum, i) => {
        const expected = (N * (p[i] as number)) / total;
        return sum + ((filled[i] as number) - expected) ** 2 / expected;
      }, 0);
      expect(chi).toBeLessThan(21);
      model.dispose();
    }
  });

  const countsOf = (images: number[][][][]) => {
    const counts = new Array<number>(16).fill(0);
    for (const image of images) {
      const i = image.flat(2).reduce((sum, level, place) => sum + level * 2 ** place, 0);
      counts[i] = (counts[i] as number) + 1;
    }
    return counts;
  };

  test.each(['top', 'bottom', 'left', 'right'] as const)('a given half stays as it is: %s', async (from) => {
    const model = perturbed({ build: gatedPixelCnn, options: { ...options, from } });
    const x = tf.tensor4d(
      Array.from({ length: 40 }, (_, i) => (i * 7) % 4),
      [2, 4, 5, 1],
    );
    const before = (await levelsOf(x)).flat(2).flat();
    const after = (await levelsOf(await model.complete(x, from, { seed: 1 }))).flat(2).flat();
    const isGiven = (i: number) => {
      const [row, column] = [Math.floor((i % 20) / 5), i % 5];
      return { top: row < 2, bottom: row >= 2, left: column < 2, right: column >= 3 }[from];
    };
    expect(after.filter((_, i) => isGiven(i))).toEqual(before.filter((_, i) => isGiven(i)));
    expect(after.filter((_, i) => !isGiven(i))).not.toEqual(before.filter((_, i) => !isGiven(i)));
    expect(after.every((level) => Number.isInteger(level) && level >= 0 && level < 4)).toBe(true);
    for (const side of ['top', 'bottom', 'left', 'right'] as const) {
      if (side === from) continue;
      await expect(model.complete(x, side, { seed: 1 })).rejects.toThrow(
        `PixelCnn.complete: given must be what is drawn first, in lines from the ${from}, got the ${side} half`,
      );
    }
    model.dispose();
  });

  test('goes on within a row, with the numbers of one that was never interrupted', async () => {
    const model = perturbed({ build: gatedPixelCnn, options });
    const whole = await model.sample(3, { seed: 9 });
    const flags = Array.from({ length: 4 }, (_, row) =>
      Array.from({ length: 5 }, (_, column) => row * 5 + column < 13),
    );
    const missing = tf.mul(whole, tf.tensor4d(flags.flat().map(Number), [1, 4, 5, 1]));
    expect(await distance(await model.complete(missing, flags, { seed: 9 }), whole)).toBe(0);
    const all = flags.map((row) => row.map(() => true));
    expect(await distance(await model.complete(whole, all, { seed: 1 }), whole)).toBe(0);
    const hole = flags.map((row, i) => row.map((flag) => flag || i === 3));
    await expect(model.complete(whole, hole, { seed: 9 })).rejects.toThrow(
      /pixels that come after others that are missing/,
    );
    await expect(model.complete(whole, flags.slice(1), { seed: 9 })).rejects.toThrow(
      /4 rows of 5 flags, got 3 rows of 5/,
    );
    await expect(model.complete(whole, 'middle' as 'top', { seed: 9 })).rejects.toThrow(/given must be top, bottom/);
    model.dispose();
  });

  test('repeats with its seed, a number or one on the device', async () => {
    const model = perturbed({ build: gatedPixelCnn, options });
    const once = await model.sample(3, { seed: 1 });
    expect(await distance(await model.sample(3, { seed: 1 }), once)).toBe(0);
    expect(await distance(await model.sample(3, { seed: deviceSeed(1) }), once)).toBe(0);
    expect(await distance(await model.sample(3, { seed: 2 }), once)).toBeGreaterThan(0);
    model.dispose();
  });

  test('tells of each row, and stops within one', async () => {
    const model = perturbed({ build: gatedPixelCnn, options: { ...options, from: 'left' } });
    const told: number[][] = [];
    const seen: number[][][][][] = [];
    const onRow = async (row: DrawnRow) => {
      told.push([row.done, row.of]);
      seen.push(await levelsOf(row.images));
    };
    const whole = await levelsOf(await model.sample(1, { seed: 6, onRow }));
    expect(told).toEqual([1, 2, 3, 4, 5].map((done) => [done, 5]));
    const blank = whole.map((image) => image.map((row) => row.map((pixel, column) => (column < 2 ? pixel : [0]))));
    expect([seen[1], seen[4]]).toEqual([blank, whole]);

    const stop = new AbortController();
    const before = tf.memory().numTensors;
    const stopping = ({ done }: DrawnRow) => {
      if (done === 2) stop.abort(new Error('enough'));
    };
    const stopped = model.sample(2, { seed: 6, signal: stop.signal, onRow: stopping });
    await expect(stopped).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
    const failing = model.sample(2, { seed: 6, onRow: () => Promise.reject(new Error('no room')) });
    await expect(failing).rejects.toThrow('no room');
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test.each([
    ['gated', gatedPixelCnn],
    ['plain', pixelCnn],
  ] as const)('computes the needed rows alone: %s', async (_, build) => {
    const side = 12;
    const model = build({ ...options, shape: [side, side, 1] });
    // Numbers that products and convolutions make, of one image: by the network once, and by a drawing.
    const made = async (run: () => Promise<tf.TensorContainer> | tf.TensorContainer) => {
      const { kernels } = await tf.profile(run as () => Promise<tf.TensorContainer>);
      const counted = kernels.filter(({ name }) => /conv/i.test(name) || /matmul/i.test(name));
      return counted.reduce(
        (sum, { outputShapes }) =>
          sum + outputShapes.flatMap((s) => [tf.util.sizeFromShape(s as number[])]).reduce((a, b) => a + b, 0),
        0,
      );
    };
    const once = await made(() => model.logProb(tf.zeros([1, side, side, 1])));
    const drawn = await made(() => model.sample(1, { seed: 1 }));
    expect(once).toBeGreaterThan(side * side * 6);
    // Naively it would be 144 times as many.
    expect(drawn / once).toBeLessThan(1.5);
    model.dispose();
  });
});

test('a categorical model without training knows nothing: 8 bits for a number of 256 levels, exactly', async () => {
  for (const build of [pixelCnn, gatedPixelCnn]) {
    const model = build({ shape: [4, 4, 3], filters: 6, layers: 1, seed: 1 });
    const random = createRandom(1);
    const x = tf.tensor4d(
      Array.from({ length: 96 }, () => random.integer(256)),
      [2, 4, 4, 3],
      'int32',
    );
    const [bits] = await model.bitsPerDim(x).data();
    expect(Math.abs((bits as number) - 8)).toBeLessThan(2 ** -19); // float32's last two digits of 8
    expect(await leaked(() => model.bitsPerDim(x))).toBe(0);
    model.dispose();
  }
});

test('a trained model draws what it was shown', async () => {
  // Images of two pixels that are alike, of three levels that are not equally likely: H = 1.0297 nats.
  const shares = [0.5, 0.3, 0.2];
  const entropy = -shares.reduce((sum, p) => sum + p * Math.log(p), 0);
  const levels = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2];
  const x = tf.tensor4d(
    levels.flatMap((level) => [level, level]),
    [10, 1, 2, 1],
  );
  for (const [output, least] of [
    ['categorical', 0.99],
    ['logisticMixture', 0.97],
  ] as const) {
    const model = gatedPixelCnn({
      shape: [1, 2, 1],
      levels: 3,
      output,
      filters: 8,
      layers: 1,
      firstKernelSize: 3,
      seed: 1,
    });
    const optimizer = tf.train.adam(0.03);
    for (let step = 0; step < 200; step++) optimizer.minimize(() => model.loss({ x }), false, model.trainableVariables);
    const [loss] = await model.loss({ x }).data();
    expect(loss).toBeLessThan(entropy + 0.05);
    expect(loss).toBeGreaterThan(entropy - 1e-3); // nothing is below it
    optimizer.dispose();
    const drawn = (await levelsOf(await model.sample(2000, { seed: 3 }))).map((image) => image.flat(2));
    const alike = drawn.filter(([a, b]) => a === b);
    expect(alike.length / 2000).toBeGreaterThan(least);
    for (const [level, share] of shares.entries()) {
      expect(Math.abs(alike.filter(([a]) => a === level).length / alike.length - share)).toBeLessThan(0.06);
    }
    model.dispose();
  }
});

test('says what it is made of', () => {
  const model = gatedPixelCnn({
    shape: [8, 8, 3],
    levels: 4,
    filters: 6,
    layers: 1,
    context: 2,
    places: true,
    seed: 1,
  });
  const { layers, parameters, text } = model.describe();
  const of = (name: string) => layers.find((layer) => layer.name === name)?.parameters;
  expect(of('layer0.vertical')).toBe(3 * 7 * 3 * 12 + 12 + 2 * 12); // 3 rows of 7
  expect(of('layer0.horizontal')).toBe(3 * 3 * 12 + 12 + 12 + 2 * 12); // 3 to the left, a third of the pixel itself
  expect(of('layer1.vertical')).toBe(2 * 3 * 6 * 12 + 12 + 2 * 12);
  expect(of('out')).toBe((6 * 12 * 2) / 3 + 12); // the groups up to its own
  expect(parameters).toBe(layers.reduce((sum, layer) => sum + layer.parameters, 8 * 8 * 12));
  expect(text).toContain(`${parameters} parameters; categorical; sees 4 rows above`);
  model.dispose();
});

test.each([
  [{ shape: [4, 4] }, 'pixelCnn: shape must be [height, width, channels]'],
  [{ levels: 1 }, 'pixelCnn: levels must be an integer of at least 2, got 1'],
  [{ filters: 0 }, 'pixelCnn: filters must be a positive integer, got 0'],
  [{ kernelSize: 4 }, 'pixelCnn: kernelSize must be odd, got 4'],
  [{ firstKernelSize: 1 }, 'pixelCnn: firstKernelSize must be odd and above 1, got 1'],
  [{ output: 'normal' }, 'pixelCnn: output must be categorical or logisticMixture, got normal'],
  [{ from: 'middle' }, 'pixelCnn: from must be top, bottom, left or right, got middle'],
  [{ shape: [4, 4, 3], filters: 8 }, 'pixelCnn: filters must be a multiple of 3 channels, got 8'],
  [{ context: -1 }, 'pixelCnn: context must be an integer of at least 0, got -1'],
])('options that cannot be are refused: %j', (wrong, message) => {
  const before = tf.memory().numTensors;
  expect(() => pixelCnn({ shape: [4, 4, 1], seed: 1, ...wrong } as PixelCnnOptions)).toThrow(message);
  expect(tf.memory().numTensors).toBe(before);
});
