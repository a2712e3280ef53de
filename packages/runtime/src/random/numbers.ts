import { type PhiloxKey, philox } from './philox';

/** The spacing of uniform numbers: 24 bits, what a float32 holds exactly. */
const SPACING = 2 ** -24;

/** A random word as a number in [0, 1): a multiple of 2⁻²⁴, exact in float32. */
export const toUniform = (word: number): number => (word >>> 8) * SPACING;

/**
 * Two random words as two independent standard normals: `√(−2 ln u₁) · (cos 2πu₂, sin 2πu₂)` with u₁ in (0, 1].
 *
 * Reference: Box, Muller, "A note on the generation of random normal deviates", 1958.
 */
export function toNormals(word1: number, word2: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(((word1 >>> 8) + 1) * SPACING));
  const angle = 2 * Math.PI * toUniform(word2);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Fills an array with the uniform numbers at the stream's start: element i is word i. */
export function fillUniform(out: Float32Array, key: PhiloxKey, low: number, high: number): void {
  const words = new Uint32Array(4);
  for (let i = 0; i < out.length; i += 4) {
    philox(i / 4, key, words);
    const end = Math.min(4, out.length - i);
    for (let j = 0; j < end; j++) out[i + j] = low + (high - low) * toUniform(words[j] as number);
  }
}

/** Fills an array with the normal numbers at the stream's start: elements 2i and 2i + 1 come from words 2i and 2i + 1. */
export function fillNormal(out: Float32Array, key: PhiloxKey, mean: number, std: number): void {
  const words = new Uint32Array(4);
  for (let i = 0; i < out.length; i += 4) {
    philox(i / 4, key, words);
    for (let j = 0; j < 4; j += 2) {
      const [a, b] = toNormals(words[j] as number, words[j + 1] as number);
      if (i + j < out.length) out[i + j] = mean + std * a;
      if (i + j + 1 < out.length) out[i + j + 1] = mean + std * b;
    }
  }
}
