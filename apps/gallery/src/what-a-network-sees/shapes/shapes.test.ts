import { describe, expect, test } from 'vitest';
import { drawnNames } from '../pictures';
import { SIDE } from './backdrop';
import { drawnPicture } from './drawnPicture';
import { anyTwo, distanceFrom, drawScene } from './drawScene';
import { outlines, shapeNames } from './outlines';

describe.each(shapeNames)('a %s', (name) => {
  test('is inside near what it is made of, outside far away, and its edge is where the distance is 0', () => {
    const distance = outlines[name];
    for (let angle = 0; angle < 2 * Math.PI; angle += 0.1) {
      const far = distance(2 * Math.cos(angle), 2 * Math.sin(angle));
      expect(far).toBeGreaterThan(0.5);
      // No distance says more than the way to a place that is nearer.
      expect(Math.abs(far - distance(1.9 * Math.cos(angle), 1.9 * Math.sin(angle)))).toBeLessThan(0.1 + 1e-6);
    }
    const inside = Array.from(
      { length: 40 * 40 },
      (_, i) => distance((i % 40) / 20 - 1, Math.floor(i / 40) / 20 - 1) < 0,
    );
    expect(inside.filter(Boolean).length / 400).toBeGreaterThan(0.9); // of 4, the area of −1 … 1 by −1 … 1
  });

  test('is drawn within the picture, the same for the same seed', () => {
    const scene = drawScene([name], 5);
    const [{ x, y, radius }] = scene.shapes as [(typeof scene.shapes)[number]];
    expect([x - radius, y - radius].every((edge) => edge >= 0)).toBe(true);
    expect([x + radius, y + radius].every((edge) => edge <= SIDE)).toBe(true);
    expect(scene.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(drawScene([name], 5).pixels).toEqual(scene.pixels);
    expect(drawScene([name], 6).pixels).not.toEqual(scene.pixels);
  });
});

test('a shape lies where it is placed, as large and turned as it is', () => {
  const square = { name: 'square', x: 30, y: 20, radius: 10, turn: 0 } as const;
  expect(distanceFrom(square, 30, 20)).toBeCloseTo(-8.2);
  expect(distanceFrom(square, 30, 32)).toBeCloseTo(3.8);
  expect(distanceFrom({ ...square, turn: Math.PI / 4 }, 30, 31)).toBeLessThan(0); // its corner points down now
  const triangle = { ...square, name: 'triangle' } as const;
  expect(distanceFrom(triangle, 30, 10)).toBeLessThan(0); // up
  expect(distanceFrom({ ...triangle, turn: Math.PI / 2 }, 40, 20)).toBeLessThan(0); // a quarter clockwise: to the right
  expect(distanceFrom({ ...triangle, turn: Math.PI / 2 }, 30, 10)).toBeGreaterThan(0);
});

test('two shapes differ, and keep apart', () => {
  for (let seed = 0; seed < 40; seed++) {
    const names = anyTwo(seed);
    expect(names[0]).not.toBe(names[1]);
    const [a, b] = drawScene(names, seed).shapes;
    if (!a || !b) throw new Error('two shapes were asked for');
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(a.radius + b.radius);
  }
});

test('every drawn picture of the page shows what it is called', () => {
  for (const name of drawnNames) {
    const { shapes } = drawnPicture(name, 3);
    if (name === 'two') expect(shapes).toHaveLength(2);
    else expect(shapes.map((shape) => shape.name)).toEqual([name]);
  }
});
