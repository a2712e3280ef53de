import type { PhiloxKey } from '../philox';

/** The part of a pass that finds the key: `streamKey()` in its code gives it. */
export interface StreamKey {
  code: string;
  reads: string[];
  integers: Record<string, number>;
}

/** The key as constants; without one, from the input `seed`. */
export function streamKey(key: PhiloxKey | undefined): StreamKey {
  if (key === undefined) {
    return {
      code: 'fn streamKey() -> vec2<u32> { return vec2<u32>(bitcast<u32>(seed[0]), bitcast<u32>(seed[1])); }',
      reads: ['seed'],
      integers: {},
    };
  }
  return {
    code: 'fn streamKey() -> vec2<u32> { return vec2<u32>(params.keyLow, params.keyHigh); }',
    reads: [],
    integers: { keyLow: key[0], keyHigh: key[1] },
  };
}
