import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat, checkShape, complain } from './check';
import { elementwise } from './kernels/elementwise';

export interface TriangularSolveOptions {
  /** Whether the lower triangle of the matrix is read, or the upper one. Default true. */
  lower?: boolean;
  /** Solves with the transposed matrix. Default false. */
  transposed?: boolean;
  /** Takes the diagonal for ones, whatever stands there. Default false. */
  unit?: boolean;
}

/**
 * Solves `A X = B` for a triangular matrix, row by row: one dispatch on WebGPU, two for both gradients. Of the matrix only its
 * triangle is read, and nothing is divided by but its diagonal.
 *
 * Reference: Golub, Van Loan, "Matrix computations", 2013, §3.1; Giles, "Collected matrix derivative results for forward and
 * reverse mode algorithmic differentiation", 2008, §2.2.3.
 *
 * @param matrix - A, float32, shape [..., n, n].
 * @param right - B, shape [..., n, m], with the same dimensions before.
 * @returns X, shape [..., n, m]; infinite or NaN where the diagonal is 0.
 * @throws TypeError when shapes do not fit.
 *
 * @example
 * const x = triangularSolve(tf.tensor2d([[2, 0], [1, 4]]), tf.tensor2d([[2], [5]])); // [[1], [1]]
 */
export function triangularSolve(
  matrix: tf.Tensor,
  right: tf.Tensor,
  { lower = true, transposed = false, unit = false }: TriangularSolveOptions = {},
): tf.Tensor {
  checkFloat('triangularSolve', 'matrix', matrix, 2);
  checkFloat('triangularSolve', 'right', right, 2);
  const [n, columns] = matrix.shape.slice(-2) as [number, number];
  if (n !== columns) complain('triangularSolve', 'matrix', 'square', `[${matrix.shape}]`);
  checkShape('triangularSolve', 'right', right, [...matrix.shape.slice(0, -1), right.shape.at(-1) as number]);
  return solve({ matrix, right }, { lower, transposed, unit }).solution;
}

type Attributes = Required<TriangularSolveOptions>;

/** Whether the matrix that is solved with is lower: rows are then solved from the first to the last. */
const isForward = ({ lower, transposed }: Attributes) => lower !== transposed;

/** Sizes, with all dimensions before the last two as one. */
function sizesOf(matrix: readonly number[], right: readonly number[]) {
  const [n, m] = right.slice(-2) as [number, number];
  return { batch: sizeOf(matrix.slice(0, -2)), n, m };
}

/** WGSL and indices: element (i, j) of the matrix that is solved with. */
const entryCode = ({ transposed }: Attributes) => `
fn entryAt(b: u32, i: u32, j: u32) -> u32 { return (b * params.n + ${transposed ? 'j' : 'i'}) * params.n + ${transposed ? 'i' : 'j'}; }`;

const solve = /* @__PURE__ */ defineOp<'matrix' | 'right', 'solution', Attributes>({
  name: 'triangularSolve',
  outputs: ({ right }) => ({ solution: right }),
  compose({ matrix, right }, attributes) {
    if (right.size === 0) return { solution: right };
    const { n, m } = sizesOf(matrix.shape, right.shape);
    const whole = tf.reshape(matrix, [-1, n, n]) as tf.Tensor3D;
    const A = attributes.transposed ? tf.transpose(whole, [0, 2, 1]) : whole;
    const B = tf.reshape(right, [-1, n, m]);
    const unitVectors = tf.eye(n);
    let solved: tf.Tensor = tf.zerosLike(B); // rows that are not solved yet count for nothing
    for (let step = 0; step < n; step++) {
      const i = isForward(attributes) ? step : n - 1 - step;
      const known = tf.matMul(tf.slice(A, [0, i, 0], [-1, 1, n]), solved); // [batch, 1, m]
      const rest = tf.sub(tf.slice(B, [0, i, 0], [-1, 1, m]), known);
      const row = attributes.unit ? rest : tf.div(rest, tf.slice(A, [0, i, i], [-1, 1, 1]));
      solved = tf.add(solved, tf.mul(tf.reshape(tf.slice(unitVectors, [i, 0], [1, n]), [1, n, 1]), row));
    }
    return { solution: tf.reshape(solved, right.shape) };
  },
  webgpu({ inputs: { matrix, right }, attributes }) {
    const { batch, n, m } = sizesOf(matrix.shape, right.shape);
    // Each thread solves for one column of the right side.
    return elementwise(batch * m, {
      functions: entryCode(attributes),
      each: `let b = i / params.m;
    let first = b * params.n * params.m + i % params.m;
    for (var step = 0u; step < params.n; step++) {
      let row = ${isForward(attributes) ? 'step' : 'params.n - 1u - step'};
      var rest = right[first + row * params.m];
      for (var k = 0u; k < step; k++) {
        let column = ${isForward(attributes) ? 'k' : 'params.n - 1u - k'};
        rest -= matrix[entryAt(b, row, column)] * solution[first + column * params.m];
      }
      solution[first + row * params.m] = rest${attributes.unit ? '' : ' / matrix[entryAt(b, row, row)]'};
    }`,
      reads: ['matrix', 'right'],
      writes: ['solution'],
      integers: { n, m },
    });
  },
  cpu: solveOnHost,
  wasm: solveOnHost,
  grad: {
    saves: ['matrix', 'solution'],
    of({ solution: dSolution }, { matrix, solution }, attributes) {
      const dRight = triangularSolve(matrix, dSolution, { ...attributes, transposed: !attributes.transposed });
      return { right: () => dRight, matrix: () => outer({ dRight, solution }, attributes).dMatrix };
    },
  },
});

/** `−dB Xᵀ` in the triangle that was read, 0 elsewhere; transposed where the matrix was. */
const outer = /* @__PURE__ */ defineOp<'dRight' | 'solution', 'dMatrix', Attributes>({
  name: 'triangularSolveGrad',
  outputs: ({ solution: { shape } }) => ({
    dMatrix: { shape: [...shape.slice(0, -1), shape.at(-2) as number], dtype: 'float32' },
  }),
  compose({ dRight, solution }, { lower, transposed, unit }) {
    const n = solution.shape.at(-2) as number;
    const shape = [...solution.shape.slice(0, -1), n];
    if (solution.size === 0) return { dMatrix: tf.zeros(shape) };
    const [a, b] = transposed ? [solution, dRight] : [dRight, solution];
    const [row, column] = [tf.reshape(tf.range(0, n), [n, 1]), tf.reshape(tf.range(0, n), [1, n])];
    const [high, low] = lower ? [row, column] : [column, row];
    const isRead = unit ? tf.greater(high, low) : tf.greaterEqual(high, low);
    return { dMatrix: tf.mul(tf.matMul(a, b, false, true), tf.neg(tf.cast(isRead, 'float32'))) };
  },
  webgpu({ inputs: { solution }, attributes: { lower, transposed, unit } }) {
    if (sizeOf(solution.shape) === 0) return undefined;
    const [n, m] = solution.shape.slice(-2) as [number, number];
    const [a, b] = transposed ? ['solution', 'dRight'] : ['dRight', 'solution'];
    return elementwise((sizeOf(solution.shape) / m) * n, {
      each: `let column = i % params.n;
    let row = i / params.n % params.n;
    let batch = i / (params.n * params.n);
    var sum = 0.0;
    if (${lower ? 'row' : 'column'} ${unit ? '>' : '>='} ${lower ? 'column' : 'row'}) {
      let first = (batch * params.n + row) * params.m;
      let second = (batch * params.n + column) * params.m;
      for (var k = 0u; k < params.m; k++) { sum -= ${a}[first + k] * ${b}[second + k]; }
    }
    dMatrix[i] = sum;`,
      reads: ['dRight', 'solution'],
      writes: ['dMatrix'],
      integers: { n, m },
    });
  },
});

function solveOnHost({
  inputs: { matrix, right },
  outputs: { solution },
  shapes,
  attributes,
}: HostCall<'matrix' | 'right', 'solution', Attributes>): void {
  const { batch, n, m } = sizesOf(shapes.matrix, shapes.right);
  const { transposed, unit } = attributes;
  const [down, across] = transposed ? [1, n] : [n, 1]; // from row to row, from column to column
  const sums = new Float64Array(m);
  for (let b = 0; b < batch; b++) {
    const [corner, first] = [b * n * n, b * n * m];
    for (let step = 0; step < n; step++) {
      const row = isForward(attributes) ? step : n - 1 - step;
      for (let c = 0; c < m; c++) sums[c] = right[first + row * m + c] as number;
      for (let k = 0; k < step; k++) {
        const column = isForward(attributes) ? k : n - 1 - k;
        const factor = matrix[corner + row * down + column * across] as number;
        for (let c = 0; c < m; c++)
          sums[c] = (sums[c] as number) - factor * (solution[first + column * m + c] as number);
      }
      const pivot = unit ? 1 : (matrix[corner + row * (n + 1)] as number);
      for (let c = 0; c < m; c++) solution[first + row * m + c] = (sums[c] as number) / pivot;
    }
  }
}
