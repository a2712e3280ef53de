import type { OpEntry, Sample } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { type TriangularSolveOptions, triangularSolve } from '../../../ops/triangularSolve';
import { given, shapeOf } from '../loops';

/** A matrix with a diagonal that keeps the solution small, numbers in its other triangle that nobody may read, and B. */
function sample(before: number[], n: number, m: number): Record<string, Sample> {
  const count = before.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: count * n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n) % n, i % n];
    return row === column ? 2 + (i % 3) : Math.sin(7 * i + 1) / 2;
  });
  return { matrix: { shape: [...before, n, n], values }, right: { shape: [...before, n, m] } };
}

const solving = (name: string, options: TriangularSolveOptions): OpEntry => ({
  name: `triangularSolve ${name}`,
  run: ({ matrix, right }) => triangularSolve(matrix as tf.Tensor, right as tf.Tensor, options),
  reference(inputs) {
    const { lower = true, transposed = false, unit = false } = options;
    const [n, m] = shapeOf(inputs, 'right').slice(-2) as [number, number];
    const [A, B] = [given(inputs, 'matrix'), given(inputs, 'right')];
    const y = new Float64Array(B.length);
    /** Element (i, j) of the triangle that is read, of matrix b. */
    const entry = (b: number, i: number, j: number): number => {
      const [row, column] = transposed ? [j, i] : [i, j];
      if (row === column) return unit ? 1 : (A[(b * n + row) * n + column] as number);
      return row > column === lower ? (A[(b * n + row) * n + column] as number) : 0;
    };
    for (let b = 0; b < B.length / (n * m); b++) {
      for (let c = 0; c < m; c++) {
        const at = (i: number) => (b * n + i) * m + c;
        // Each row is right once those that it depends on are: n rounds are enough, in whatever order.
        for (let round = 0; round < n; round++) {
          for (let i = 0; i < n; i++) {
            let rest = B[at(i)] as number;
            for (let j = 0; j < n; j++) if (j !== i) rest -= entry(b, i, j) * (y[at(j)] as number);
            y[at(i)] = rest / entry(b, i, i);
          }
        }
      }
    }
    return { y };
  },
  samples: [sample([], 4, 3), sample([2], 3, 2), sample([], 1, 5), sample([3, 2], 2, 1), sample([], 7, 67)],
  gradients: ['matrix', 'right'],
  dispatches: { forward: 1, withGradient: 3 },
  tolerance: 3e-5,
  refusals: [
    [() => triangularSolve(tf.zeros([2, 3]), tf.zeros([2, 1])), 'triangularSolve: matrix must be square, got [2,3]'],
    [
      () => triangularSolve(tf.zeros([2, 2]), tf.zeros([3, 1])),
      'triangularSolve: right must be float32 of shape [2,1], got float32 of shape [3,1]',
    ],
  ],
});

export const solves: OpEntry[] = [
  solving('with a lower triangle', {}),
  solving('with an upper one of ones on the diagonal', { lower: false, unit: true }),
  solving('with a lower one transposed', { transposed: true, unit: true }),
  solving('with an upper one transposed', { lower: false, transposed: true }),
];
