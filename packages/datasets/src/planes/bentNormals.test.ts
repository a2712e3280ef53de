import type { Random } from '@tenonjs/runtime';
import { expect, test } from 'vitest';
import { bentNormals } from './bentNormals';

/** Normal numbers that are known beforehand. */
function scripted(...numbers: number[]): Random {
  const next = () => numbers.shift() as number;
  return { normal: next, uniform: next, integer: next };
}

// x₂ for x₁ = −1.5 and no noise, and what a unit of noise adds to it.
test.each([
  ['gaussian', 0, 0.5],
  ['crescent', 0.125, 0.36787944],
  ['crescentCubed', -0.675, 1],
  ['sine', -0.93799998, 0.36787944],
  ['abs', 0.5, 0.22313016],
  ['sign', -2.5, 0.22313016],
] as const)('%s, point by point', (name, curve, std) => {
  const draw = (noise: number) => bentNormals[name].draw(scripted(-1.5, noise));
  expect(draw(0)[0]).toBe(-1.5);
  expect(draw(0)[1]).toBeCloseTo(curve, 7);
  expect(draw(1)[1] - draw(0)[1]).toBeCloseTo(std, 7);
});
