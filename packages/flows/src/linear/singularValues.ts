/** Sweeps over all pairs of columns; each one squares what is left to do. */
const MOST_SWEEPS = 30;

/**
 * The singular values of a square matrix, on the host: columns are turned in pairs until all are orthogonal, and their lengths
 * are left.
 *
 * Reference: Golub, Van Loan, "Matrix computations", 2013, §8.6.3 (one-sided Jacobi).
 *
 * @param columns - of the matrix, or its rows: the values are the same.
 */
export function singularValues(columns: readonly (readonly number[])[]): number[] {
  const at = columns.map((column) => [...column]);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let isDone = true;
    for (let p = 0; p < at.length; p++) {
      for (let q = p + 1; q < at.length; q++) isDone = !turn(at[p] as number[], at[q] as number[]) && isDone;
    }
    if (isDone) break;
  }
  return at.map((column) => Math.sqrt(dot(column, column)));
}

/** Turns two columns so that they are orthogonal; false where they were. */
function turn(a: number[], b: number[]): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(ab) <= 1e-12 * Math.sqrt(aa * bb)) return false;
  const slope = (bb - aa) / (2 * ab);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(1 + slope * slope));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = cosine * (x - tangent * y);
    b[i] = cosine * (tangent * x + y);
  }
  return true;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
