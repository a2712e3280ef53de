import { expect, test } from 'vitest';
import { colourSigns } from './signs';

const colours = { paper: [250, 250, 250], more: [0, 100, 100], less: [100, 0, 100] };

test('more and less have their colours, nothing is paper, what is no number is clear', () => {
  const pixels = colourSigns(Float32Array.of(2, -2, 0, Number.NaN, 9), 2, colours);
  const at = (i: number) => [...pixels.subarray(4 * i, 4 * i + 4)];
  expect([0, 1, 2, 3, 4].map(at)).toEqual([
    [0, 100, 100, 255],
    [100, 0, 100, 255],
    [250, 250, 250, 255],
    [0, 0, 0, 0],
    [0, 100, 100, 255],
  ]);
});
