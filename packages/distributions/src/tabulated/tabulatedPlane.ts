import { deriveSeed, randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from '../arguments';
import type { Distribution } from '../distribution';
import { withoutGradient } from '../gradients';
import { TINY } from '../limits';
import { gaussLegendre } from '../special/gaussLegendre';
import { logProbWithin } from '../support';
import { cellOf, inCell, placeOf } from './lookup';
import { checkHeights, checkRange } from './segments';
import { TabulatedDensity } from './tabulatedDensity';

export interface TabulatedPlaneOptions {
  /**
   * Heights at the points of a grid, of any scale: row i is at the i-th of equally spaced values of y, column j at the
   * j-th of x; at least 2 × 2.
   */
  density: readonly (readonly number[])[];
  /** [low, high] of x, the first element of an event. */
  x: readonly [number, number];
  /** [low, high] of y, the second. */
  y: readonly [number, number];
}

const OWNER = 'TabulatedPlane';

/**
 * A point (x, y) whose density is given by its heights on a grid, bilinear between them; they are scaled to integrate
 * to 1. Outside of the box it is 0.
 *
 * A draw takes y from its marginal law and x from the law given y, each by its inverse CDF: both are tabulated densities
 * themselves, p(y) = ∫ p(x, y) dx with the integrals of the rows as heights, p(x | y) with the row between two rows.
 * `mean` and `variance` are exact, `entropy` is by quadrature, 6 × 6 points a cell.
 *
 * @throws RangeError when the table is not at least 2 × 2 and regular, a height is negative or not finite, all are 0,
 *   or a range is empty.
 *
 * Reference: Devroye, "Non-uniform random variate generation", 1986, §XI.1.
 *
 * @example
 * const ramp = new TabulatedPlane({ density: [[0, 1], [1, 2]], x: [0, 1], y: [0, 1] });
 * const draws = ramp.sample(64, { seed: 7 }); // [64, 2]
 */
export class TabulatedPlane implements Distribution {
  readonly eventShape = [2];
  private readonly box: { x: readonly [number, number]; y: readonly [number, number] };
  /** Scaled heights, [rows, columns], and as numbers. */
  private readonly heights: tf.Tensor2D;
  private readonly table: number[][];
  /** Masses of the cells of each row, cumulated from 0, [rows, columns]. */
  private readonly cumulative: tf.Tensor2D;
  private readonly marginals: { x: TabulatedDensity; y: TabulatedDensity };

  constructor({ density, x, y }: TabulatedPlaneOptions) {
    checkTable(density);
    checkRange(OWNER, 'x[0]', 'x[1]', ...x);
    checkRange(OWNER, 'y[0]', 'y[1]', ...y);
    const columns = (density[0] as readonly number[]).map((_, j) => density.map((row) => row[j] as number));
    const [perRow, perColumn] = [density, columns].map((lines) => lines.map(trapezoids)) as [number[], number[]];
    const total = trapezoids(perRow) * stepOf(x, columns.length) * stepOf(y, density.length);
    this.table = density.map((row) => row.map((value) => value / total));
    this.box = { x, y };
    this.heights = tf.tensor2d(this.table);
    this.cumulative = tf.tensor2d(this.table.map(runningMasses));
    this.marginals = {
      x: new TabulatedDensity({ density: perColumn, low: x[0], high: x[1] }),
      y: new TabulatedDensity({ density: perRow, low: y[0], high: y[1] }),
    };
  }

  get mean(): tf.Tensor {
    return tf.tidy(() => tf.stack([this.marginals.x.mean, this.marginals.y.mean]));
  }

  get variance(): tf.Tensor {
    return tf.tidy(() => tf.stack([this.marginals.x.variance, this.marginals.y.variance]));
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor2D {
    checkCount(`${OWNER}.sample`, 'n', n);
    return tf.tidy(() => {
      const y = this.marginals.y.sample(n, { seed: deriveSeed(seed, 0) });
      const { cell: row, share } = this.rowOf(y);
      const cumulative = between(this.cumulative, row, share); // [n, columns]
      const heights = between(this.heights, row, share);
      const columns = this.heights.shape[1];
      const u = tf.mul(randomUniform([n], { seed: deriveSeed(seed, 1) }), lastOf(cumulative));
      const cell = cellOf(u, cumulative);
      const next = tf.add(cell, tf.scalar(1, 'int32'));
      const [from, to] = [pick(cumulative, cell), pick(cumulative, next)];
      const part = tf.clipByValue(tf.div(tf.sub(u, from), tf.maximum(tf.sub(to, from), TINY)), 0, 1);
      const t = inCell(pick(heights, cell), pick(heights, next), part);
      const step = stepOf(this.box.x, columns);
      const x = tf.add(this.box.x[0], tf.mul(step, tf.add(tf.cast(cell, 'float32'), t)));
      return tf.stack([x, y], 1) as tf.Tensor2D;
    });
  }

  logProb(points: tf.Tensor): tf.Tensor1D {
    checkPoints(`${OWNER}.logProb`, points, this.eventShape);
    return tf.tidy(() => {
      const [x, y] = tf.unstack(points, 1) as [tf.Tensor, tf.Tensor];
      const columns = this.heights.shape[1];
      const row = withoutGradient(() => this.rowOf(y).cell);
      const column = withoutGradient(() => placeOf(x, this.box.x[0], stepOf(this.box.x, columns), columns - 1).cell);
      const [down, across] = [this.shareOf(y, 'y', row), this.shareOf(x, 'x', column)];
      const corner = (i: number, j: number) =>
        withoutGradient(() => {
          const index = tf.add(tf.mul(tf.add(row, tf.scalar(i, 'int32')), tf.scalar(columns, 'int32')), column);
          return tf.gather(tf.reshape(this.heights, [-1]), tf.add(index, tf.scalar(j, 'int32')));
        });
      const along = (i: number) => tf.add(corner(i, 0), tf.mul(tf.sub(corner(i, 1), corner(i, 0)), across));
      const [above, below] = [along(0), along(1)];
      const height = tf.add(above, tf.mul(tf.sub(below, above), down));
      const impossible = withoutGradient(
        (at, h) => {
          const low = tf.tensor1d([this.box.x[0], this.box.y[0]]);
          const high = tf.tensor1d([this.box.x[1], this.box.y[1]]);
          const outside = tf.any(tf.logicalOr(tf.less(at, low), tf.greater(at, high)), 1);
          return tf.logicalOr(outside, tf.lessEqual(h, 0));
        },
        points,
        height,
      );
      return logProbWithin(tf.log(tf.maximum(height, TINY)), impossible);
    });
  }

  entropy(): tf.Scalar {
    const { nodes, weights } = gaussLegendre(6);
    const area = stepOf(this.box.x, this.heights.shape[1]) * stepOf(this.box.y, this.heights.shape[0]);
    let sum = 0;
    this.table.slice(1).forEach((below, i) => {
      const above = this.table[i] as number[];
      below.slice(1).forEach((_, j) => {
        const [a, b, c, d] = [above[j], above[j + 1], below[j], below[j + 1]] as [number, number, number, number];
        nodes.forEach((s, k) => {
          nodes.forEach((t, l) => {
            const p = (1 - s) * ((1 - t) * a + t * b) + s * ((1 - t) * c + t * d);
            if (p > 0) sum -= area * (weights[k] as number) * (weights[l] as number) * p * Math.log(p);
          });
        });
      });
    });
    return tf.scalar(sum);
  }

  dispose(): void {
    tf.dispose([this.heights, this.cumulative]);
    this.marginals.x.dispose();
    this.marginals.y.dispose();
  }

  private rowOf(y: tf.Tensor) {
    const rows = this.heights.shape[0];
    return placeOf(y, this.box.y[0], stepOf(this.box.y, rows), rows - 1);
  }

  /** How far into its cell each position is; through it gradients flow. */
  private shareOf(at: tf.Tensor, axis: 'x' | 'y', cell: tf.Tensor): tf.Tensor {
    const range = this.box[axis];
    const step = stepOf(range, this.heights.shape[axis === 'x' ? 1 : 0]);
    const start = withoutGradient(() => tf.cast(cell, 'float32'));
    return tf.clipByValue(tf.sub(tf.div(tf.sub(at, range[0]), step), start), 0, 1);
  }
}

/** Rows of a table between two rows each: [n] → [n, columns]. */
function between(table: tf.Tensor2D, row: tf.Tensor, share: tf.Tensor): tf.Tensor2D {
  const [first, second] = [0, 1].map((i) => tf.gather(table, tf.add(row, tf.scalar(i, 'int32'))));
  const weight = tf.expandDims(share, 1);
  return tf.add(first as tf.Tensor, tf.mul(tf.sub(second as tf.Tensor, first as tf.Tensor), weight)) as tf.Tensor2D;
}

/** One value of each row: [n, columns], [n] → [n]. */
function pick(values: tf.Tensor2D, column: tf.Tensor): tf.Tensor {
  const [n, columns] = values.shape;
  const starts = tf.mul(tf.range(0, n, 1, 'int32'), tf.scalar(columns, 'int32'));
  return tf.gather(tf.reshape(values, [-1]), tf.add(starts, column));
}

const lastOf = (values: tf.Tensor2D): tf.Tensor =>
  tf.reshape(tf.slice(values, [0, values.shape[1] - 1], [-1, 1]), [-1]);

const stepOf = ([low, high]: readonly [number, number], points: number): number => (high - low) / (points - 1);

const trapezoids = (values: readonly number[]): number =>
  values.slice(1).reduce((sum, right, i) => sum + ((values[i] as number) + right) / 2, 0);

function runningMasses(row: readonly number[]): number[] {
  let sum = 0;
  return row.map((value, j) => {
    if (j > 0) sum += (value + (row[j - 1] as number)) / 2;
    return sum;
  });
}

/** @throws RangeError when the table is not regular and at least 2 × 2, or holds no heights of a density. */
function checkTable(density: readonly (readonly number[])[]): void {
  const columns = density[0]?.length ?? 0;
  if (density.length < 2 || columns < 2 || density.some((row) => row.length !== columns)) {
    throw new RangeError(
      `${OWNER}: density must be rows of one length, at least 2 × 2, got ${density.length} × ${columns}`,
    );
  }
  checkHeights(OWNER, density.flat());
}
