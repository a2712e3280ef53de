import { expect, test } from 'vitest';
import { draw } from './pen';

const SIDE = 9;
const drawn = (paths: number[][], half = 1, edge = 2) => {
  const picture = new Int32Array(SIDE * SIDE);
  draw(
    picture,
    SIDE,
    paths.map((path) => Float64Array.from(path)),
    { half, edge },
  );
  return picture;
};

test('brightness falls with the distance from the line, to nothing at half + edge / 2', () => {
  // A line along the middles of row 4: the rows beside it are 1, 2, 3 … pixels away.
  const picture = drawn([[0, 4.5, SIDE, 4.5]]);
  const column = Array.from({ length: SIDE }, (_, row) => picture[row * SIDE + 3]);
  expect(column).toEqual([0, 0, 0, 128, 255, 128, 0, 0, 0]);
});

test('beyond its ends a line is round', () => {
  const picture = drawn([[4.5, 4.5, 4.5, 4.5]], 2, 1);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const expected = 255 * Math.min(Math.max(2.5 - Math.hypot(row - 4, column - 4), 0), 1);
      expect(Math.abs((picture[row * SIDE + column] as number) - expected)).toBeLessThanOrEqual(0.5);
    }
  }
});

test('every pixel within reach is met, whatever the direction of the line', () => {
  for (const path of [
    [1.2, 7.9, 8.1, 0.4],
    [8.1, 0.4, 1.2, 7.9],
    [3.3, 0.1, 3.4, 8.8],
  ] as [number, number, number, number][]) {
    const picture = drawn([path], 1, 3);
    const [ax, ay, bx, by] = path;
    for (let i = 0; i < picture.length; i++) {
      const [x, y] = [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5];
      const near = Math.min(
        ...Array.from({ length: 2001 }, (_, k) =>
          Math.hypot(x - ax - ((bx - ax) * k) / 2000, y - ay - ((by - ay) * k) / 2000),
        ),
      );
      expect(Math.abs((picture[i] as number) - 255 * Math.min(Math.max((1 - near) / 3 + 0.5, 0), 1))).toBeLessThan(1.5);
    }
  }
});

test('lines that cross do not add up, and lines outside the picture leave it dark', () => {
  expect(
    Math.max(
      ...drawn([
        [0, 4.5, 9, 4.5],
        [4.5, 0, 4.5, 9],
      ]),
    ),
  ).toBe(255);
  expect(Math.max(...drawn([[-20, -20, -10, 30]]))).toBe(0);
});
