import type { SafetensorsEntry } from '@tenonjs/runtime';

/**
 * A tensor of a state dict by the formula with which tools/oracles/architectures.py fills PyTorch's models: from numbers
 * in [−1, 1), multiples of 2⁻²³, that are a hash of the name and of each position.
 */
export function fill(name: string, shape: number[]): SafetensorsEntry {
  if (name.endsWith('num_batches_tracked')) return { shape, data: BigInt64Array.of(7n) };
  const size = shape.reduce((product, n) => product * n, 1);
  const [middle, reach] = rangeOf(name, shape, size);
  let salt = 0x811c9dc5;
  for (const letter of new TextEncoder().encode(name)) salt = Math.imul(salt ^ letter, 0x01000193);
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    let h = (Math.imul(i, 0x9e3779b1) + salt) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    data[i] = middle + reach * (((h ^ (h >>> 16)) >>> 8) / 2 ** 23 - 1);
  }
  return { shape, data };
}

/** The middle of the numbers of a tensor, and how far they go from it. */
function rangeOf(name: string, shape: number[], size: number): [number, number] {
  if (name.endsWith('running_var')) return [1, 0.5];
  if (name.endsWith('weight') && shape.length > 1) return [0, Math.sqrt((6 * (shape[0] as number)) / size)];
  if (name.endsWith('weight')) return /\.bn[23]\.weight$/.test(name) ? [0.5, 0.1] : [1, 0.2];
  return [0, name === 'input' ? 1 : 0.1];
}
