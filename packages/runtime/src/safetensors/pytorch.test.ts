import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/safetensors.json';
import { narrowBF16, narrowF16, widenBF16, widenF16 } from './halves';
import { readSafetensors } from './readSafetensors';
import { writeSafetensors } from './writeSafetensors';

const bytes = Uint8Array.from(atob(oracle.file), (letter) => letter.charCodeAt(0));

test('a file of PyTorch, every type in it', () => {
  const { tensors, metadata } = readSafetensors(bytes);
  expect(metadata).toEqual({ format: 'pt' });
  expect(Object.keys(tensors)).toEqual(Object.keys(oracle.tensors));
  for (const [name, { shape, values }] of Object.entries(oracle.tensors)) {
    const entry = tensors[name];
    expect(entry?.shape).toEqual(shape);
    // float32, and what is widened to it, is written by Python as the double that it is.
    const exact = entry?.data instanceof BigInt64Array ? values.map(BigInt) : values.map(Number);
    expect([...(entry?.data ?? [])]).toEqual(exact);
  }
});

test('what PyTorch wrote is written as it was, byte by byte', () => {
  const dataOf = (file: Uint8Array) => file.subarray(8 + Number(new DataView(file.buffer).getBigUint64(0, true)));
  const { tensors, metadata } = readSafetensors(bytes);
  const written = writeSafetensors(tensors, metadata);
  expect(dataOf(written)).toEqual(dataOf(bytes));
  expect(readSafetensors(written)).toEqual({ tensors, metadata });
});

describe.each([
  ['F16', narrowF16, widenF16, oracle.rounding.half, 10, 15],
  ['BF16', narrowBF16, widenBF16, oracle.rounding.brain, 7, 127],
] as const)('%s', (_, narrow, widen, expected, fractionBits, bias) => {
  const float = (bits: number) => new Float32Array(Uint32Array.of(bits).buffer)[0];
  const all = Array.from({ length: 2 ** 16 }, (_, bits) => bits);

  test('is rounded as PyTorch rounds, ties to even', () => {
    expect(oracle.rounding.float.map((bits) => narrow(bits))).toEqual(expected);
  });

  test('is widened to what its bits say', () => {
    for (const bits of all) {
      const fraction = bits % 2 ** fractionBits;
      const exponent = Math.floor((bits % 2 ** 15) / 2 ** fractionBits);
      if (exponent === 2 * bias + 1) continue; // infinities and NaN, below
      const magnitude =
        exponent === 0
          ? fraction * 2 ** (1 - bias - fractionBits)
          : (1 + fraction / 2 ** fractionBits) * 2 ** (exponent - bias);
      const wanted = bits < 2 ** 15 ? magnitude : -magnitude;
      if (!Object.is(float(widen(bits)), wanted)) expect.fail(`${bits}: ${float(widen(bits))}, not ${wanted}`);
    }
    const infinity = (2 * bias + 1) * 2 ** fractionBits;
    expect(float(widen(infinity))).toBe(Number.POSITIVE_INFINITY);
    expect(float(widen(infinity + 2 ** 15))).toBe(Number.NEGATIVE_INFINITY);
    expect(float(widen(infinity + 1))).toBeNaN();
  });

  test('every number of 16 bits, NaNs with their payloads too, is the same after there and back', () => {
    expect(all.filter((bits) => narrow(widen(bits) >>> 0) !== bits)).toEqual([]);
  });

  test('a NaN stays one, however low its payload', () => {
    expect(float(widen(narrow(0x7f800001)))).toBeNaN();
    expect(float(widen(narrow(0xff800001)))).toBeNaN();
  });
});
