import { expect, test } from 'vitest';
import { layerWords } from './layerWords';

/** One point on its way: right, up, nowhere, aslant. */
const places = Float32Array.from([0, 0, 1, 0, 1, 2, 1, 2, 3, 3]);

test.each([
  [0, 'Before any layer: latent space as it is.'],
  [1, 'After layer 1 of 4; it moved points left and right only.'],
  [2, 'After layer 2 of 4; it moved points up and down only.'],
  [3, 'After layer 3 of 4; it has not moved anything yet.'],
  [4, 'After all 4 layers; the last one moved points along both axes.'],
])('after %i of 4 layers', (layer, words) => {
  expect(layerWords(layer, 4, places)).toBe(words);
});

test('without places, only where it is', () => {
  expect(layerWords(2, 4, new Float32Array())).toBe('After layer 2 of 4.');
  expect(layerWords(1, 1, new Float32Array())).toBe('After the only layer.');
});
