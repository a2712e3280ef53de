import { expect, test } from 'vitest';
import { gridLines, gridNumbers, latentGrid, linePoints, linePosition } from './latentGrid';

test('lines of constant x, then lines of constant y, where linePosition says', () => {
  const grid = latentGrid();
  expect(grid.length).toBe(gridNumbers);
  for (let line = 0; line < gridLines; line++) {
    for (let k = 0; k < linePoints; k++) {
      expect(grid[2 * (line * linePoints + k)]).toBeCloseTo(linePosition(line), 6);
      expect(grid[2 * ((gridLines + line) * linePoints + k) + 1]).toBeCloseTo(linePosition(line), 6);
    }
  }
  expect([linePosition(0), linePosition((gridLines - 1) / 2), linePosition(gridLines - 1)]).toEqual([-3, 0, 3]);
});
