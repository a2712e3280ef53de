/** Rows of a matrix, in float64 on the host. */
export type Matrix = readonly (readonly number[])[];

/** How far from symmetric a matrix may be, against √(Aᵢᵢ Aⱼⱼ): what rounding to float32 leaves. */
const SYMMETRY_TOLERANCE = 1e-6;

/**
 * The lower-triangular L with a positive diagonal for which A = L Lᵀ, row by row:
 *
 *     Lᵢⱼ = (Aᵢⱼ − Σₖ Lᵢₖ Lⱼₖ) / Lⱼⱼ,   Lᵢᵢ = √(Aᵢᵢ − Σₖ Lᵢₖ²),   k < j < i
 *
 * @param name - what A is called in an error, for example `MultivariateNormal: covariance`.
 * @throws TypeError when A is not rows of numbers.
 * @throws RangeError when A is not square, not symmetric or not positive definite; the error names the first leading
 *   minor (the determinant of the upper left k × k block) that is not positive.
 *
 * Reference: Golub, Van Loan, "Matrix Computations", 4th ed., 2013, §4.2.
 */
export function cholesky(name: string, matrix: Matrix): number[][] {
  checkSquare(name, matrix);
  checkSymmetric(name, matrix);
  const lower: number[][] = [];
  matrix.forEach((row, i) => {
    const factor = row.map(() => 0);
    lower.forEach((above, j) => {
      factor[j] = ((row[j] as number) - dot(factor, above)) / (above[j] as number);
    });
    const pivot = (row[i] as number) - dot(factor, factor);
    if (!(pivot > row.length * Number.EPSILON * (row[i] as number))) {
      throw new RangeError(
        `${name} must be positive definite, got a leading minor of order ${i + 1} that is not positive; ` +
          'a variance is not above 0, or an element is a linear combination of others',
      );
    }
    factor[i] = Math.sqrt(pivot);
    lower.push(factor);
  });
  return lower;
}

/** The inverse of a lower-triangular matrix, lower triangular too, by forward substitution. */
export function invertLower(lower: Matrix): number[][] {
  const inverse: number[][] = [];
  lower.forEach((row, i) => {
    const solved = row.map((_, j) =>
      inverse.reduce((sum, above, k) => sum - (row[k] as number) * (above[j] as number), 0),
    );
    solved[i] = 1;
    inverse.push(solved.map((value) => value / (row[i] as number)));
  });
  return inverse;
}

/**
 * @throws TypeError when the matrix is not rows of numbers.
 * @throws RangeError when it is not square, not lower triangular, or its diagonal not positive.
 */
export function checkFactor(name: string, matrix: Matrix): void {
  checkSquare(name, matrix);
  matrix.forEach((row, i) => {
    const above = row.findIndex((value, j) => j > i && value !== 0);
    if (above >= 0) {
      throw new RangeError(`${name} must be lower triangular, got ${row[above]} in row ${i}, column ${above}`);
    }
    if (!((row[i] as number) > 0))
      throw new RangeError(`${name} must have a positive diagonal, got ${row[i]} in row ${i}`);
  });
}

function checkSquare(name: string, matrix: Matrix): void {
  if (!Array.isArray(matrix) || matrix.length === 0 || !matrix.every(Array.isArray)) {
    throw new TypeError(`${name} must be rows of numbers, number[][]; it is factored on the host`);
  }
  const odd = matrix.find((row) => row.length !== matrix.length);
  if (odd) throw new RangeError(`${name} must be square, got ${matrix.length} rows and one of ${odd.length} columns`);
  const bad = matrix.flat().find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`${name} must hold finite numbers, got ${bad}`);
}

function checkSymmetric(name: string, matrix: Matrix): void {
  const variances = matrix.map((row, i) => Math.abs(row[i] as number));
  matrix.forEach((row, i) => {
    row.slice(0, i).forEach((below, j) => {
      const above = matrix[j]?.[i] as number;
      const scale = Math.sqrt((variances[i] as number) * (variances[j] as number));
      if (Math.abs(below - above) > SYMMETRY_TOLERANCE * scale) {
        throw new RangeError(
          `${name} must be symmetric, got ${below} in row ${i}, column ${j}, and ${above} across from it`,
        );
      }
    });
  });
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + value * (b[k] as number), 0);
