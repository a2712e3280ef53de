import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { moments } from '../testing/goodnessOfFit';
import { createRandom } from './createRandom';
import { deriveSeed } from './deriveSeed';
import { permutation } from './permutation';
import { type PhiloxKey, philox, philoxKey } from './philox';
import { randomNormal } from './randomNormal';
import { randomUniform } from './randomUniform';

describe('philox', () => {
  const words = (block: number, key: PhiloxKey) => {
    const out = new Uint32Array(4);
    philox(block, key, out);
    return [...out];
  };

  test('gives the published words for counter and key zero', () => {
    // Random123's known-answer file: philox4x32-10, counter 0, key 0.
    expect(words(0, [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  });

  test('agrees with exact arithmetic on big integers', () => {
    for (const [block, seed] of [
      [1, 1],
      [0xffffffff, 2 ** 53 - 1],
      [2 ** 32 + 5, 0x9abcdef0],
      [2 ** 53 - 1, 123456789012345],
    ] as const) {
      expect(words(block, philoxKey('test', seed))).toEqual(exactPhilox(BigInt(block), BigInt(seed)));
    }
  });

  test('refuses seeds that are not safe non-negative integers', () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN, undefined as unknown as number]) {
      expect(() => createRandom(seed)).toThrow(/createRandom: seed must be an integer in \[0, 2\^53\), got/);
    }
  });
});

describe('tensors', () => {
  test('uniform and normal numbers have the moments of their laws', async () => {
    const n = 200_000;
    const uniform = await tf.tidy(() => randomUniform([n], { seed: 3, low: -1, high: 3 })).data();
    const normal = await tf.tidy(() => randomNormal([n], { seed: 3, mean: 2, std: 0.5 })).data();
    expect(moments(uniform)).toEqual([expect.closeTo(1, 2), expect.closeTo(16 / 12, 2), expect.closeTo(0, 1)]);
    expect(moments(normal)).toEqual([expect.closeTo(2, 2), expect.closeTo(0.25, 2), expect.closeTo(0, 1)]);
    expect(Math.min(...uniform.slice(0, 50_000))).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...uniform.slice(0, 50_000))).toBeLessThan(3);
  });

  test('a longer tensor begins with the shorter one of the same seed', async () => {
    for (const make of [randomUniform, randomNormal]) {
      const short = await make([7], { seed: 5 }).data();
      const long = await make([3, 11], { seed: 5 }).data();
      expect([...long.slice(0, 7)]).toEqual([...short]);
    }
  });

  test('empty shapes give empty tensors, bad ones an error', () => {
    expect(randomUniform([0, 3], { seed: 1 }).shape).toEqual([0, 3]);
    expect(() => randomNormal([2.5], { seed: 1 })).toThrow(
      'randomNormal: shape must be non-negative integers, got [2.5]',
    );
  });
});

describe('host stream', () => {
  test('walks the same words as the tensors', async () => {
    const random = createRandom(11);
    const uniform = await randomUniform([9], { seed: 11 }).data();
    expect(Array.from({ length: 9 }, () => random.uniform())).toEqual([...uniform]);
    const again = createRandom(11);
    const normal = await randomNormal([9], { seed: 11 }).data();
    expect(Array.from({ length: 9 }, () => Math.fround(again.normal()))).toEqual([...normal]);
  });

  test('integers are uniform and within bounds', () => {
    const random = createRandom(2);
    const drawn = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const k = random.integer(6);
      drawn[k] = (drawn[k] as number) + 1;
    }
    const chiSquare = drawn.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5); // the 0.999 quantile at 5 degrees of freedom
    expect(() => random.integer(0)).toThrow('Random.integer: bound must be an integer in [1, 2^32], got 0');
  });

  test('a permutation holds every number once, and every order is as likely', () => {
    expect([...permutation(1000, { seed: 1 })].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    );
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = permutation(3, { seed }).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(seen.size).toBe(6);
    expect(chiSquare).toBeLessThan(20.5);
    expect(permutation(0, { seed: 1 })).toHaveLength(0);
    expect(() => permutation(-1, { seed: 1 })).toThrow('permutation: n must be a non-negative integer, got -1');
  });

  test('derived seeds are safe integers, all different, and depend on every index in its place', () => {
    const seeds = new Set<number>();
    for (let epoch = 0; epoch < 50; epoch++)
      for (let step = 0; step < 50; step++) seeds.add(deriveSeed(7, epoch, step));
    expect(seeds.size).toBe(2500);
    for (const seed of seeds) expect(Number.isSafeInteger(seed) && seed >= 0).toBe(true);
    expect(deriveSeed(7, 1, 2)).not.toBe(deriveSeed(7, 2, 1));
    expect(() => deriveSeed(7, -1)).toThrow('deriveSeed: indices must be integers in [0, 2^53), got -1');
  });
});

/** The definition, in arithmetic that cannot overflow. */
function exactPhilox(block: bigint, seed: bigint): number[] {
  const mask = 0xffffffffn;
  let [c0, c1, c2, c3] = [block & mask, block >> 32n, 0n, 0n];
  let [k0, k1] = [seed & mask, seed >> 32n];
  for (let round = 0; round < 10; round++) {
    const [a, b] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
    [c0, c1, c2, c3] = [(b >> 32n) ^ c1 ^ k0, b & mask, (a >> 32n) ^ c3 ^ k1, a & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [c0, c1, c2, c3].map(Number);
}
