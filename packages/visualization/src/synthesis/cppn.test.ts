import '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { draw, firstGenomes } from './cppn';

const FUNCTIONS = [Math.sin, (s: number) => Math.exp(-(s ** 2)), Math.tanh, Math.abs];

test('what a network draws, pixel by pixel', async () => {
  const [H, W, C] = [3, 5, 2];
  const sizes = [4, 16, 16, 16, C];
  const genomes = firstGenomes(2, C, 4);
  const all = (await genomes.array()) as number[][];
  const drawn = (await draw(genomes, [H, W, C]).array()) as number[][][][];
  for (const [p, genome] of all.entries()) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        const [x, y] = [-1 + (2 * j) / (W - 1), -1 + (2 * i) / (H - 1)];
        let units = [x, y, Math.hypot(x, y), 1];
        let from = 0;
        for (let layer = 1; layer < sizes.length; layer++) {
          const width = sizes[layer] as number;
          const [start, isLast] = [from, layer === sizes.length - 1];
          const sums = Array.from({ length: width }, (_, o) =>
            units.reduce((sum, unit, k) => sum + unit * (genome[start + k * width + o] as number), 0),
          );
          from += units.length * width;
          units = sums.map((s, o) =>
            isLast ? 1 / (1 + Math.exp(-s)) : (FUNCTIONS[Math.floor((4 * o) / width)] as (s: number) => number)(s),
          );
        }
        for (const [c, value] of units.entries()) expect(drawn[p]?.[i]?.[j]?.[c]).toBeCloseTo(value, 4);
      }
    }
  }
});
