import '@tensorflow/tfjs';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { chiSquare, histogram, kolmogorovSmirnov, moments, scaledCorrelation } from '../testing/goodnessOfFit';
import { capture } from '../tfjs/capture/capture';
import { countDispatches } from '../tfjs/countDispatches';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { bernoulli } from './bernoulli';
import { categorical } from './categorical';
import { deriveSeed } from './deriveSeed';
import { upperTail } from './normalQuantile';
import { toNormals } from './numbers';
import { permutation } from './permutation';
import { philoxAt } from './philox';
import { randomNormal } from './randomNormal';
import { randomUniform } from './randomUniform';
import { deviceSeed, type Seed } from './seed';
import { seedSequence } from './seedSequence';
import { truncatedNormal } from './truncatedNormal';
import { normalsCode } from './wgsl/normals';
import { philoxCode } from './wgsl/philox';

/** A seed that needs all 53 bits. */
const SEED = 0x15_9abc_def0_1234;

const skewed = () => tf.tensor2d([0.5, 0, 0.2, 0.3, 0.1, 0.1, 0.1, 0.7], [2, 4]);

interface Law {
  /** What is drawn from; made beforehand. */
  weights?: () => tf.Tensor;
  draw: (shape: number[], seed: Seed, weights: tf.Tensor) => tf.Tensor;
  /** How far a GPU may be from the host. */
  tolerance: number;
}

/** Every law, listed once. */
const laws: Record<string, Law> = {
  'randomUniform in [0, 1)': { draw: (shape, seed) => randomUniform(shape, { seed }), tolerance: 0 },
  'randomUniform over a power of two': {
    draw: (shape, seed) => randomUniform(shape, { seed, low: -1, high: 3 }),
    tolerance: 0,
  },
  'randomUniform over any range': {
    draw: (shape, seed) => randomUniform(shape, { seed, low: 0.05, high: 0.95 }),
    tolerance: 2 ** -23,
  },
  randomNormal: { draw: (shape, seed) => randomNormal(shape, { seed }), tolerance: 2e-6 },
  'randomNormal, shifted': {
    draw: (shape, seed) => randomNormal(shape, { seed, mean: 1, std: 0.5 }),
    tolerance: 2e-6,
  },
  truncatedNormal: { draw: (shape, seed) => truncatedNormal(shape, { seed }), tolerance: 2e-6 },
  'truncatedNormal, far out': {
    draw: (shape, seed) => truncatedNormal(shape, { seed, low: 4, high: Number.POSITIVE_INFINITY }),
    tolerance: 2e-6,
  },
  bernoulli: { draw: (shape, seed) => bernoulli(shape, { seed, p: 0.3 }), tolerance: 0 },
  'categorical of probabilities': {
    weights: skewed,
    draw: (shape, seed, probabilities) =>
      categorical({ probabilities }, { seed, samples: tf.util.sizeFromShape(shape) }),
    tolerance: 0,
  },
  'categorical of logits': {
    weights: () => tf.tidy(() => tf.log(skewed())),
    draw: (shape, seed, logits) => categorical({ logits }, { seed, samples: tf.util.sizeFromShape(shape) }),
    tolerance: 0,
  },
  'categorical of many classes': {
    weights: () => tf.tidy(() => tf.reshape(tf.sin(tf.range(0, 2 * 777)), [2, 777])),
    draw: ([samples], seed, logits) => categorical({ logits }, { seed, samples: Math.min(samples as number, 99) }),
    tolerance: 0,
  },
};

/** What the host computes, whatever tfjs computes on. */
async function onHost(backend: string, compute: () => tf.Tensor): Promise<tf.Tensor> {
  await tf.setBackend('cpu');
  const made = tf.tidy(compute);
  const values = await made.data();
  const { shape, dtype } = made;
  made.dispose();
  await tf.setBackend(backend);
  return tf.tensor(values, shape, dtype as 'float32');
}

/** Philox of a counter of four words, as each backend computes it. */
const wordsOf = defineOp<'counter' | 'key', 'words', object>({
  name: 'test/philox',
  outputs: () => ({ words: { shape: [4], dtype: 'int32' } }),
  compose: ({ counter }) => ({ words: counter }),
  cpu: onTypedArrays,
  wasm: onTypedArrays,
  webgpu: () => ({
    code: `${philoxCode()}
      @compute @workgroup_size(1)
      fn main() {
        let c = bitcast<vec4<u32>>(vec4<i32>(counter[0], counter[1], counter[2], counter[3]));
        let found = bitcast<vec4<i32>>(philoxAt(c, bitcast<vec2<u32>>(vec2<i32>(key[0], key[1]))));
        for (var i = 0u; i < 4u; i++) { words[i] = found[i]; }
      }`,
    reads: ['counter', 'key'],
    writes: ['words'],
    groups: 1,
  }),
});

function onTypedArrays({ inputs: { counter, key }, outputs: { words } }: HostCall<'counter' | 'key', 'words', object>) {
  const found = new Uint32Array(4);
  philoxAt([...counter] as [number, number, number, number], [...key] as [number, number], found);
  words.set(found);
}

/** Normals of given words, on a GPU. */
const normalsOf = defineOp<'a' | 'b', 'y', object>({
  name: 'test/normals',
  outputs: ({ a }) => ({ y: { shape: [...a.shape, 2], dtype: 'float32' } }),
  compose: ({ a }) => ({ y: tf.stack([a, a], 1) }),
  webgpu: ({ inputs: { a } }) => ({
    code: `${normalsCode()}
      @compute @workgroup_size(1)
      fn main(@builtin(workgroup_id) id: vec3<u32>) {
        let pair = normals(bitcast<u32>(a[id.x]), bitcast<u32>(b[id.x]));
        y[2u * id.x] = pair.x;
        y[2u * id.x + 1u] = pair.y;
      }`,
    reads: ['a', 'b'],
    writes: ['y'],
    groups: a.shape[0] as number,
  }),
});

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];

describeOnEachBackend('random numbers', (backend) => {
  // Random123's known-answer file: philox4x32-10.
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [Array(4).fill(0xffffffff), Array(2).fill(0xffffffff), [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('are made of the published words: counter %j, key %j', async (counter, key, expected) => {
    const asTensor = (words: number[]) => tf.tensor1d(Int32Array.from(words), 'int32');
    const { words } = wordsOf({ counter: asTensor(counter), key: asTensor(key) }, {});
    expect(await numbers(words)).toEqual([...Int32Array.from(expected)]);
  });

  describe.each(Object.entries(laws))('%s', (_, { weights: make = () => tf.zeros([1]), draw, tolerance }) => {
    test('are those of the host, for odd shapes', async () => {
      const weights = await onHost(backend, make);
      for (const shape of [[1], [3, 1, 7], [257], [10_007]]) {
        const expected = await onHost(backend, () => draw(shape, SEED, make()));
        const found = draw(shape, SEED, weights);
        expect(await distance(found, expected)).toBeLessThanOrEqual(tolerance);
        tf.dispose([expected, found]);
      }
      weights.dispose();
    });

    test('a seed on the device draws what its number does', async () => {
      const weights = make();
      for (const seed of [0, 7, SEED]) {
        const key = deviceSeed(seed);
        const [byNumber, byKey, other] = [
          draw([130], seed, weights),
          draw([130], key, weights),
          draw([130], seed + 1, weights),
        ];
        expect(await distance(byNumber, byKey)).toBe(0);
        expect(await distance(byNumber, other)).toBeGreaterThan(0);
        tf.dispose([key, byNumber, byKey, other]);
      }
      weights.dispose();
    });

    test('nothing leaks, and on a GPU it is one dispatch without numbers sent', async () => {
      const [weights, key] = [make(), deviceSeed(3)];
      for (const seed of [3, key]) {
        expect(await leaked(() => draw([9], seed, weights))).toBe(0);
        if (backend !== 'webgpu') continue;
        const { result, ...counts } = await countDispatches(() => draw([9], seed, weights));
        expect(counts).toMatchObject({ dispatches: 1, bytes: 0 });
        tf.dispose(result);
      }
      tf.dispose([weights, key]);
    });
  });

  if (backend === 'webgpu') {
    test('normal numbers are precise at the ends, where logarithm and angle turn', async () => {
      const radii = [
        0, 0xff, 0x100, 0x5a8279_00, 0x5a827a_00, 0x7fffffff, 0x80000000, 0xb504f3_00, 0xfffffe00, 0xffffffff,
      ];
      const angles = Array.from({ length: 17 }, (_, i) => [i * 2 ** 28 - 256, i * 2 ** 28, i * 2 ** 28 + 256]).flat();
      const pairs = radii.flatMap((a) => angles.map((b) => [a, b] as [number, number]));
      const [a, b] = [0, 1].map((i) =>
        tf.tensor1d(
          Int32Array.from(pairs, (pair) => pair[i] as number),
          'int32',
        ),
      );
      const found = normalsOf({ a, b }, {}).y;
      const expected = tf.tensor2d(pairs.map(([a, b]) => toNormals(a >>> 0, b >>> 0)));
      expect(await distance(found, expected)).toBeLessThan(1e-6);
      expect(Math.max(...(await found.data()))).toBeGreaterThan(5.7);
    });
  }

  const n = 20_000;
  const drawn = async (tensor: tf.Tensor) => {
    const values = await tensor.data();
    tensor.dispose();
    return values;
  };

  test('uniform numbers have their distribution', async () => {
    const values = await drawn(randomUniform([n], { seed: 1 }));
    expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(1.95);
  });

  test('normal numbers have their distribution and moments', async () => {
    const values = await drawn(randomNormal([n], { seed: 1 }));
    expect(kolmogorovSmirnov(values, (x) => 1 - upperTail(x))).toBeLessThan(1.95);
    expect(moments(values)).toEqual([expect.closeTo(0, 1), expect.closeTo(1, 1), expect.closeTo(0, 1)]);
  });

  test.each([
    [-2, 2],
    [-Infinity, 0.5],
    [-0.5, 3],
    [3, 3.5],
    [8, 9],
    [-9, -8],
  ])('truncated normal numbers have their distribution between %f and %f', async (low, high) => {
    const values = await drawn(truncatedNormal([n], { seed: 1, mean: 0, std: 1, low, high }));
    // The probability from `low` to x, from the nearer tail.
    const mass = (from: number, to: number) =>
      from > 0 ? upperTail(from) - upperTail(to) : upperTail(-to) - upperTail(-from);
    expect(kolmogorovSmirnov(values, (x) => mass(low, x) / mass(low, high))).toBeLessThan(1.95);
    expect(values.every((value) => value >= Math.fround(low) && value <= Math.fround(high))).toBe(true);
  });

  test('coins and classes come as often as they should', async () => {
    const coins = histogram(await drawn(bernoulli([n], { seed: 1, p: 0.3 })), 2);
    expect(chiSquare(coins, [0.7 * n, 0.3 * n])).toBeLessThan(10.8); // the 0.999 quantile at 1 degree of freedom
    expect(await numbers(bernoulli([3], { seed: 1, p: 0 }))).toEqual([0, 0, 0]);
    expect(await numbers(bernoulli([3], { seed: 1, p: 1 }))).toEqual([1, 1, 1]);
    for (const weights of [
      { probabilities: tf.mul(skewed(), 5) as tf.Tensor },
      { logits: tf.add(tf.log(skewed()), 80) as tf.Tensor },
    ]) {
      const [first, second] = tf.split(categorical(weights, { seed: 1, samples: n }), 2);
      const [a, b] = [histogram(await drawn(first as tf.Tensor), 4), histogram(await drawn(second as tf.Tensor), 4)];
      expect(a[1]).toBe(0);
      const possible = a.filter((_, k) => k !== 1);
      expect(chiSquare(possible, [0.5 * n, 0.2 * n, 0.3 * n])).toBeLessThan(13.8); // at 2
      expect(chiSquare(b, [0.1 * n, 0.1 * n, 0.1 * n, 0.7 * n])).toBeLessThan(16.3); // at 3
    }
  });

  test('many classes, shared by a workgroup, come as often as they should', async () => {
    const K = 300;
    const draws = 6000;
    const probabilities = Array.from({ length: K }, (_, k) => (k % 3) + 1);
    const classes = await drawn(categorical({ probabilities: tf.tensor(probabilities) }, { seed: 2, samples: draws }));
    const expected = probabilities.map((p) => (p * draws) / 600);
    expect(chiSquare(histogram(classes, K), expected)).toBeLessThan(380); // the 0.999 quantile at 299 degrees
  });

  test('derived streams are independent of each other', async () => {
    const key = deviceSeed(5);
    const streams: ArrayLike<number>[] = [];
    for (const index of [0, 1, 2]) {
      const derived = deriveSeed(key, index);
      streams.push(await drawn(randomNormal([n], { seed: derived })));
      tf.dispose(derived);
    }
    streams.push(await drawn(randomNormal([n], { seed: 5 })));
    streams.push(await drawn(randomNormal([n], { seed: 6 })));
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(i + 1)) expect(Math.abs(scaledCorrelation(a, b))).toBeLessThan(4);
    }
    // And from one number to the next.
    const [uniform] = streams as [ArrayLike<number>];
    expect(Math.abs(scaledCorrelation(Array.from(uniform).slice(1), Array.from(uniform).slice(0, -1)))).toBeLessThan(4);
  });

  test('a seed derived on the device is the one derived on the host', async () => {
    for (const seed of [0, 9, SEED]) {
      const key = deviceSeed(seed);
      for (const indices of [[], [0], [3, 1], [2 ** 53 - 1, 2 ** 32, 5]]) {
        const expected = deviceSeed(deriveSeed(seed, ...indices));
        const derived = deriveSeed(key, ...indices);
        expect(await numbers(derived.key)).toEqual(await numbers(expected.key));
        expect(await leaked(() => deriveSeed(key, ...indices).key)).toBe(0);
        tf.dispose([expected, derived]);
      }
      tf.dispose(key);
    }
  });

  test('a sequence gives the seeds of one position after another, in place', async () => {
    for (const position of [0, 2 ** 32 - 2, 2 ** 53 - 5]) {
      const seeds = seedSequence({ seed: SEED, position });
      for (const k of [0, 1, 2, 3]) {
        const [next, expected] = [seeds.next(), deviceSeed(deriveSeed(SEED, position + k))];
        expect(await numbers(next.key)).toEqual(await numbers(expected.key));
        tf.dispose([next, expected]);
      }
      seeds.seek(17);
      const [next, expected] = [seeds.next(), deviceSeed(deriveSeed(SEED, 17))];
      expect(await numbers(next.key)).toEqual(await numbers(expected.key));
      tf.dispose([next, expected]);
      if (backend === 'webgpu') {
        expect(await countDispatches(() => tf.dispose(seeds.next()))).toMatchObject({ dispatches: 1, bytes: 0 });
      }
      expect(await leaked(() => seeds.next().key)).toBe(0);
      seeds.dispose();
    }
    expect(await leaked(() => seedSequence({ seed: 1 }).dispose() ?? [])).toBe(0);
  });

  test('a captured step draws anew at each replay, as an eager one does', async () => {
    const seeds = seedSequence({ seed: SEED });
    const step = capture(() => {
      const seed = seeds.next();
      return tf.add(randomNormal([5], { seed }), bernoulli([5], { seed: deriveSeed(seed, 1), p: 0.5 }));
    });
    for (let k = 0; k < 6; k++) {
      const found = step();
      const seed = deriveSeed(SEED, k);
      const expected = tf.tidy(() =>
        tf.add(randomNormal([5], { seed }), bernoulli([5], { seed: deriveSeed(seed, 1), p: 0.5 })),
      );
      expect(await distance(found, expected)).toBe(0);
      tf.dispose([found, expected]);
    }
    expect(step.recordings).toBe(backend === 'webgpu' ? 1 : 0);
    seeds.seek(2);
    const [found, expected] = [step(), tf.tidy(() => randomNormal([5], { seed: deriveSeed(SEED, 2) }))];
    const mask = tf.sub(found, expected); // zeros and ones
    expect((await numbers(mask)).every((bit) => Math.abs(bit * (1 - bit)) < 1e-6)).toBe(true);
    tf.dispose([found, expected, mask]);
    step.dispose();
    seeds.dispose();
  });

  test('a permutation of a seed on the device is that of its number', async () => {
    for (const n of [0, 1, 2, 5, 1000]) {
      const key = deviceSeed(SEED);
      const order = permutation(n, { seed: key });
      expect(order.dtype).toBe('int32');
      expect(await numbers(order)).toEqual([...permutation(n, { seed: SEED })]);
      expect(await leaked(() => permutation(n, { seed: key }))).toBe(0);
      tf.dispose([key, order]);
    }
  });

  test('no gradient flows to what is chosen from, and none is in the way', async () => {
    const logits = tf.tensor1d([1, 2, 3]);
    const gradient = tf.grad((x) => {
      const chosen = tf.cast(categorical({ logits: x }, { seed: 1 }), 'float32');
      return tf.sum(tf.mul(tf.mul(x, 2), tf.add(tf.mul(chosen, 0), 1)));
    })(logits);
    expect(await numbers(gradient)).toEqual([2, 2, 2]);
  });
});

describe('arguments', () => {
  test('what cannot be drawn is refused', () => {
    expect(() => bernoulli([2], { seed: 1, p: 1.5 })).toThrow('bernoulli: p must be in [0, 1], got 1.5');
    expect(() => truncatedNormal([2], { seed: 1, std: 0 })).toThrow('truncatedNormal: std must be positive, got 0');
    expect(() => truncatedNormal([2], { seed: 1, low: 1, high: 1 })).toThrow('low must be below high, got 1 and 1');
    expect(() => truncatedNormal([2], { seed: 1, low: 13, high: 14 })).toThrow('within 12 standard deviations');
    const probabilities = tf.tensor1d([0.5, 0.5]);
    expect(() => categorical({} as { logits: tf.Tensor }, { seed: 1 })).toThrow(
      'categorical: weights must be exactly one of probabilities, logits, got none',
    );
    expect(() => categorical({ probabilities }, { seed: 1, samples: 0 })).toThrow(
      'categorical: samples must be a positive integer, got 0',
    );
    expect(() => categorical({ probabilities: tf.zeros([3, 0]) }, { seed: 1 })).toThrow(
      'categorical: weights must be [..., K] with K at least 1, got [3,0]',
    );
    expect(() => categorical({ logits: tf.zeros([2], 'int32') }, { seed: 1 })).toThrow('weights must be float32');
    expect(() => randomNormal([2], { seed: { key: tf.tensor1d([1, 2]) } })).toThrow(
      'randomNormal: seed must have a key of int32 and shape [2], got float32 of shape [2]; deviceSeed makes one',
    );
    expect(() => permutation(2 ** 16 + 1, { seed: deviceSeed(1) })).toThrow('permutation: n must be at most 65536');
    expect(() => deviceSeed(-1)).toThrow('deviceSeed: seed must be an integer in [0, 2^53), got -1');
    expect(() => seedSequence({ seed: 1, position: 0.5 })).toThrow(
      'seedSequence: position must be an integer in [0, 2^53), got 0.5',
    );
  });
});
