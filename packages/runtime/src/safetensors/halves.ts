/**
 * Floats of 16 bits, as bits: F16 is IEEE 754's binary16 (5 bits of exponent, 10 of fraction), BF16 the upper half of a
 * float32. Widening is exact; narrowing rounds to nearest, ties to even. All that is done on the bits, so that a NaN keeps
 * its payload as far as there is room, and every number of 16 bits is the same after there and back.
 */

/** The bits of a float32 that is the F16 of these bits. */
export function widenF16(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13); // 112 = 127 − 15, the biases
  if (fraction === 0) return sign;
  // A subnormal, fraction · 2⁻²⁴, is a normal number in float32: its highest bit becomes the hidden one.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}

/** The bits of the F16 nearest to the float32 of these bits; beyond 65,504 that is infinity. */
export function narrowF16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : fraction >> 13 || 0x200);
  if (exponent < 102) return sign; // below 2⁻²⁵, half of the smallest
  // A carry out of the fraction goes up into the exponent, and from the largest number to infinity, as it should.
  if (exponent > 112) return sign | Math.min(roundedShift(((exponent - 112) << 23) | fraction, 13), 0x7c00);
  return sign | roundedShift(0x800000 | fraction, 126 - exponent);
}

/** The bits of a float32 that is the BF16 of these bits. */
export const widenBF16 = (half: number): number => half << 16;

/** The bits of the BF16 nearest to the float32 of these bits. */
export function narrowBF16(bits: number): number {
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return (bits >>> 16) | ((bits >>> 16) & 0x7f ? 0 : 0x40);
  return ((bits >>> 16) & 0x8000) | roundedShift(magnitude, 16);
}

/** `value / 2^shift`, rounded to nearest, ties to even. */
function roundedShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}
