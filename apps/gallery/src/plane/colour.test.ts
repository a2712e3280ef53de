import { expect, test } from 'vitest';
import { colourDensity } from './colour';

const ramp = ['#ffffff', '#808080', '#000000'];

test('none takes the first colour, the most the last, and more the darker', () => {
  const { pixels, top } = colourDensity(Float32Array.from([0, 0.1, 0.2, 0.4]), ramp);
  expect(top).toBeCloseTo(0.4);
  expect([...pixels.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  expect([...pixels.subarray(12)]).toEqual([0, 0, 0, 255]);
  expect(pixels[4]).toBeGreaterThan(pixels[8] as number);
  expect(pixels[8]).toBeGreaterThan(pixels[12] as number);
});

test('one spike does not darken the rest', () => {
  const density = new Float32Array(10_000).fill(1);
  density[77] = 1e6;
  expect(colourDensity(density, ramp).top).toBe(1);
});

test('no density anywhere, or none that is a number, is a blank picture', () => {
  for (const value of [0, Number.NaN]) {
    const { pixels } = colourDensity(new Float32Array(4).fill(value), ramp);
    expect(new Set(pixels)).toEqual(new Set([255]));
  }
});

test('a colour that is not #rrggbb is refused', () => {
  expect(() => colourDensity(new Float32Array(1), ['white', '#000000'])).toThrow(
    'colourDensity: ramp must hold colours as #rrggbb, got "white"',
  );
});
