import { describe, expect, test } from 'vitest';
import { checkFactor, cholesky, invertLower, type Matrix } from './cholesky';

const multiply = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * (b[k]?.[j] as number), 0)));

const transpose = (a: Matrix): number[][] => a.map((_, i) => a.map((row) => row[i] as number));

const expectClose = (a: Matrix, b: Matrix) =>
  a.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(b.flat()[i] as number, 12);
  });

describe('cholesky', () => {
  test('is the factor of the textbook example', () => {
    const matrix = [
      [4, 12, -16],
      [12, 37, -43],
      [-16, -43, 98],
    ];
    expect(cholesky('A', matrix)).toEqual([
      [2, 0, 0],
      [6, 1, 0],
      [-8, 5, 3],
    ]);
  });

  test('undoes itself, and its inverse undoes it', () => {
    const lower = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => (j > i ? 0 : j === i ? 1 + i : Math.sin(7 * i + j))),
    );
    expectClose(cholesky('A', multiply(lower, transpose(lower))), lower);
    expectClose(
      multiply(invertLower(lower), lower),
      lower.map((row, i) => row.map((_, j) => (i === j ? 1 : 0))),
    );
  });

  test.each<[message: string, matrix: Matrix]>([
    ['A must be positive definite, got a leading minor of order 1 that is not positive', [[0]]],
    [
      'A must be positive definite, got a leading minor of order 1 that is not positive',
      [
        [-1, 0],
        [0, 1],
      ],
    ],
    [
      'A must be positive definite, got a leading minor of order 2 that is not positive',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      'A must be positive definite, got a leading minor of order 2 that is not positive',
      [
        [0.1, 0.3],
        [0.3, 0.9],
      ],
    ],
    [
      'A must be positive definite, got a leading minor of order 3 that is not positive',
      [
        [1, 0.9, 0.1],
        [0.9, 1, 0.9],
        [0.1, 0.9, 1],
      ],
    ],
    [
      'A must be symmetric, got 0.5 in row 1, column 0, and 0.4 across from it',
      [
        [1, 0.4],
        [0.5, 1],
      ],
    ],
    ['A must be square, got 2 rows and one of 1 columns', [[1, 0], [0]]],
    ['A must hold finite numbers, got NaN', [[Number.NaN]]],
    ['A must be rows of numbers, number[][]', []],
    ['A must be rows of numbers, number[][]', [1, 2] as unknown as Matrix],
  ])('%s', (message, matrix) => {
    expect(() => cholesky('A', matrix)).toThrow(message);
  });

  test('takes a covariance that was rounded to float32', () => {
    const [a, b] = [Math.fround(0.1), 0.1];
    expect(() =>
      cholesky('A', [
        [1, a],
        [b, 1],
      ]),
    ).not.toThrow();
  });
});

test('a factor is lower triangular with a positive diagonal', () => {
  expect(() =>
    checkFactor('L', [
      [1, 0],
      [5, 2],
    ]),
  ).not.toThrow();
  expect(() =>
    checkFactor('L', [
      [1, 3],
      [0, 2],
    ]),
  ).toThrow('L must be lower triangular, got 3 in row 0, column 1');
  expect(() =>
    checkFactor('L', [
      [1, 0],
      [5, 0],
    ]),
  ).toThrow('L must have a positive diagonal, got 0 in row 1');
});
