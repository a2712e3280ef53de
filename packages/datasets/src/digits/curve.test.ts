import { expect, test } from 'vitest';
import { smoothCurve } from './curve';

const pointsOf = (path: Float64Array) =>
  Array.from({ length: path.length / 2 }, (_, i) => [path[2 * i], path[2 * i + 1]]);

test('goes through every given point, in order', () => {
  const given = Float64Array.of(0, 0, 1, 2, 3, 1, 4, 4);
  const curve = pointsOf(smoothCurve(given));
  expect(curve).toHaveLength(19);
  expect([0, 6, 12, 18].map((i) => curve[i])).toEqual(pointsOf(given));
});

test('halfway it is where the formula says: (−p₀ + 9p₁ + 9p₂ − p₃) / 16', () => {
  const curve = pointsOf(smoothCurve(Float64Array.of(0, 5, 1, 2, 3, 1, 4, 4)));
  expect(curve[9]).toEqual([(-0 + 9 * 1 + 9 * 3 - 4) / 16, (-5 + 9 * 2 + 9 * 1 - 4) / 16]);
});

test('two points make a straight line', () => {
  for (const [x, y] of pointsOf(smoothCurve(Float64Array.of(0, 1, 2, 5))))
    expect(y).toBeCloseTo(1 + 2 * (x as number), 12);
});

test('a closed curve does not know where it began', () => {
  const square = [0, 0, 1, 0, 1, 1, 0, 1];
  const begunAt = (i: number) => {
    const turned = [...square.slice(2 * i), ...square.slice(0, 2 * i)];
    const curve = pointsOf(smoothCurve(Float64Array.of(...turned, ...turned.slice(0, 2))));
    return curve.map((point) => point.map((value) => value?.toFixed(9)).join()).slice(1);
  };
  expect(begunAt(1).sort()).toEqual(begunAt(0).sort());
});
