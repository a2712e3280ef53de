import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from '../arguments';
import type { Distribution } from '../distribution';
import { withoutGradient } from '../gradients';
import { TINY } from '../limits';
import { logProbWithin } from '../support';
import { cellOf, inCell, placeOf } from './lookup';
import { cellMoments, type Segments, segmentsOf } from './segments';

export interface TabulatedDensityOptions {
  /** Heights at equally spaced points from `low` to `high`, at least 2, not negative; of any scale. */
  density: readonly number[] | Float32Array;
  low: number;
  high: number;
}

const OWNER = 'TabulatedDensity';

/**
 * A number whose density is given by its heights on a grid, a straight line between them; they are scaled to integrate
 * to 1. Outside of [low, high] it is 0.
 *
 * A draw is the inverse CDF of a uniform number: the cell in which the cumulated mass passes it, and in the cell the
 * root of a quadratic. `mean`, `variance` and `entropy` are exact, as is `cdf`; `icdf` undoes it.
 *
 * @throws RangeError when there are fewer than 2 heights, one is negative or not finite, all are 0, or `high` is not
 *   above `low`.
 *
 * Reference: Devroye, "Non-uniform random variate generation", 1986, §II.2.
 *
 * @example
 * const tent = new TabulatedDensity({ density: [0, 1, 0], low: -1, high: 1 });
 * const draws = tent.sample(64, { seed: 7 }); // [64]
 */
export class TabulatedDensity implements Distribution {
  readonly eventShape: number[] = [];
  private readonly low: number;
  private readonly high: number;
  private readonly segments: Segments;
  /** Heights at the ends, [cells + 1]. */
  private readonly heights: tf.Tensor1D;
  /** The CDF at the ends, [cells + 1]. */
  private readonly cumulative: tf.Tensor1D;

  constructor({ density, low, high }: TabulatedDensityOptions) {
    this.segments = segmentsOf(OWNER, Array.from(density), low, high);
    this.low = low;
    this.high = high;
    this.heights = tf.tensor1d(this.segments.heights);
    this.cumulative = tf.tensor1d(this.segments.cumulative);
  }

  get mean(): tf.Tensor {
    return tf.scalar(this.moments().mean);
  }

  get variance(): tf.Tensor {
    return tf.scalar(this.moments().variance);
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor1D {
    checkCount(`${OWNER}.sample`, 'n', n);
    return tf.tidy(() => this.icdf(randomUniform([n], { seed })));
  }

  logProb(x: tf.Tensor): tf.Tensor1D {
    checkPoints(`${OWNER}.logProb`, x, this.eventShape);
    return tf.tidy(() => {
      const [a, b, share] = this.around(x);
      const height = tf.add(a, tf.mul(tf.sub(b, a), share));
      const impossible = withoutGradient(
        (at, h) => tf.logicalOr(tf.logicalOr(tf.less(at, this.low), tf.greater(at, this.high)), tf.lessEqual(h, 0)),
        x,
        height,
      );
      return logProbWithin(tf.log(tf.maximum(height, TINY)), impossible);
    });
  }

  /** P(X ≤ x), shape [batch]. */
  cdf(x: tf.Tensor): tf.Tensor1D {
    checkPoints(`${OWNER}.cdf`, x, this.eventShape);
    return tf.tidy(() => {
      const [a, b, share, before] = this.around(x);
      const rise = tf.mul(share, tf.add(a, tf.mul(tf.mul(0.5, tf.sub(b, a)), share)));
      return tf.add(before, tf.mul(this.segments.width, rise)) as tf.Tensor1D;
    });
  }

  /** The x with P(X ≤ x) = p, shape [batch]. */
  icdf(p: tf.Tensor): tf.Tensor1D {
    checkPoints(`${OWNER}.icdf`, p, this.eventShape);
    return withoutGradient((shares) => {
      const cell = cellOf(shares, this.cumulative);
      const next = tf.add(cell, tf.scalar(1, 'int32'));
      const [from, to] = [tf.gather(this.cumulative, cell), tf.gather(this.cumulative, next)];
      const u = tf.clipByValue(tf.div(tf.sub(shares, from), tf.maximum(tf.sub(to, from), TINY)), 0, 1);
      const t = inCell(tf.gather(this.heights, cell), tf.gather(this.heights, next), u);
      return tf.add(this.low, tf.mul(this.segments.width, tf.add(tf.cast(cell, 'float32'), t)));
    }, p) as tf.Tensor1D;
  }

  entropy(): tf.Scalar {
    return tf.scalar(this.moments().entropy);
  }

  dispose(): void {
    tf.dispose([this.heights, this.cumulative]);
  }

  /** Heights at the ends of the cell around each point, how far into it the point is, and the CDF at its start. */
  private around(x: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor] {
    const { width, heights } = this.segments;
    const fixed = (table: tf.Tensor, step: number) =>
      withoutGradient(() => {
        const { cell } = placeOf(x, this.low, width, heights.length - 1);
        return tf.gather(table, tf.add(cell, tf.scalar(step, 'int32')));
      });
    const start = withoutGradient(() => tf.cast(placeOf(x, this.low, width, heights.length - 1).cell, 'float32'));
    const share = tf.clipByValue(tf.sub(tf.div(tf.sub(x, this.low), width), start), 0, 1);
    return [fixed(this.heights, 0), fixed(this.heights, 1), share, fixed(this.cumulative, 0)];
  }

  private moments(): { mean: number; variance: number; entropy: number } {
    const { heights, width } = this.segments;
    const cells = heights.slice(1).map((right, i) => cellMoments(heights[i] as number, right));
    const total = (f: (cell: (typeof cells)[number], i: number) => number) =>
      cells.reduce((sum, cell, i) => sum + width * f(cell, i), 0);
    // In cells from `low` on, so that a variance is no difference of large numbers.
    const mean = total(({ mass, first }, i) => i * mass + first);
    const second = total(({ mass, first, second }, i) => (i - mean) ** 2 * mass + 2 * (i - mean) * first + second);
    return {
      mean: this.low + width * mean,
      variance: width ** 2 * second,
      entropy: total(({ entropy }) => entropy),
    };
  }
}
