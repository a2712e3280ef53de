import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { reflectionsAt } from '../linear/reflect';
import { triangle } from '../ops/triangle';
import { checkPoints, checkPositiveInteger } from '../shapes';
import { tanhRoot } from './tanhRoot';

export interface SylvesterOptions {
  /** D, of the points. */
  dim: number;
  /** M ≤ D: how many directions points are pushed along. Default: dim. */
  rank?: number;
  seed: number;
}

/**
 * Sylvester map: a planar map along several orthogonal directions at once, with determinants of M × M instead of D × D.
 *
 *     x = z + Q R tanh(R̃ Qᵀ z + b),   log |det J| = Σ log (1 + rᵢᵢ r̃ᵢᵢ (1 − tanh²ᵢ))
 *
 * The columns of Q [D, M] are orthonormal, by Householder reflections; R and R̃ are upper triangular with diagonals inside
 * (−1, 1), by tanh, which makes the map invertible. Its inverse is found one direction after another, each a root of one
 * number. It starts as the identity, with R = 0.
 *
 * Reference: van den Berg, Hasenclever, Tomczak, Welling, "Sylvester normalizing flows for variational inference", 2018,
 * eq. 13 and §3.2.
 *
 * @throws RangeError when dim is not a positive integer, or rank not one up to dim.
 *
 * @example
 * const { value, logDet } = new Sylvester({ dim: 8, rank: 3, seed: 1 }).forward(z);
 */
export class Sylvester implements Bijector {
  readonly variables: Variables;
  private readonly dim: number;
  private readonly rank: number;

  constructor({ dim, rank = dim, seed }: SylvesterOptions) {
    checkPositiveInteger('Sylvester', 'dim', dim);
    if (!Number.isInteger(rank) || rank < 1 || rank > dim) {
      throw new RangeError(`Sylvester: rank must be an integer from 1 to ${dim}, got ${rank}`);
    }
    [this.dim, this.rank] = [dim, rank];
    const reflections = Math.min(rank, dim - 1) || 1;
    this.variables = tf.tidy(() => ({
      normals: tf.variable(randomNormal([reflections, dim], { seed: deriveSeed(seed, 0) })),
      push: tf.variable(tf.zeros([rank, rank])), // R above its diagonal
      pushDiagonal: tf.variable(tf.zeros([rank])),
      read: tf.variable(tf.zeros([rank, rank])), // R̃
      readDiagonal: tf.variable(randomNormal([rank], { seed: deriveSeed(seed, 1) })),
      shift: tf.variable(randomNormal([rank], { seed: deriveSeed(seed, 2) })),
    }));
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Sylvester.forward', z, [this.dim]);
    const { Q, R, readR, product } = this.factors();
    const along = tf.matMul(z as tf.Tensor2D, Q); // [B, M]
    const height = tf.tanh(tf.add(tf.matMul(along, readR, false, true), this.part('shift'))) as tf.Tensor2D; // [B, M]
    const moved = tf.matMul(tf.matMul(height, R, false, true), Q, false, true); // [B, D]
    return { value: tf.add(z, moved), logDet: logVolume(height, product) };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Sylvester.inverse', x, [this.dim]);
    const { Q, R, readR, product } = this.factors();
    const height = this.heights(tf.matMul(x as tf.Tensor2D, Q), R, readR);
    const moved = tf.matMul(tf.matMul(height, R, false, true), Q, false, true); // [B, D]
    return { value: tf.sub(x, moved), logDet: tf.neg(logVolume(height, product)) };
  }

  /** tanh(R̃ Qᵀz + b) from Qᵀx [B, M], by back-substitution: the last direction depends on itself alone. */
  private heights(target: tf.Tensor2D, R: tf.Tensor2D, readR: tf.Tensor2D): tf.Tensor2D {
    const M = this.rank;
    const entry = (of: tf.Tensor, ...at: number[]) =>
      tf.reshape(
        tf.slice(
          of,
          at,
          at.map(() => 1),
        ),
        [1, 1],
      );
    const rest = (of: tf.Tensor2D, i: number) => tf.slice(of, [i, i + 1], [1, M - i - 1]); // right of the diagonal, [1, M − i − 1]
    const known: { along: tf.Tensor2D; height: tf.Tensor2D }[] = []; // from direction i + 1 to the last, [B, 1] each
    for (let i = M - 1; i >= 0; i--) {
      let goal: tf.Tensor = tf.slice(target, [0, i], [-1, 1]); // [B, 1]
      let shift: tf.Tensor = entry(this.part('shift'), i);
      if (known.length > 0) {
        const sum = (weights: tf.Tensor2D, of: 'along' | 'height') =>
          tf.matMul(joined(known.map((each) => each[of])), weights, false, true); // [B, 1]
        goal = tf.sub(goal, sum(rest(R, i), 'height'));
        shift = tf.add(shift, sum(rest(readR, i), 'along'));
      }
      const steepness = entry(readR, i, i);
      const along = tanhRoot(goal, entry(R, i, i), steepness, shift) as tf.Tensor2D;
      known.unshift({ along, height: tf.tanh(tf.add(tf.mul(steepness, along), shift)) as tf.Tensor2D });
    }
    return joined(known.map(({ height }) => height));
  }

  /** Q [D, M], R and R̃ [M, M], and the products of their diagonals [M]. */
  private factors() {
    const Q = tf.transpose(reflectionsAt(this.part('normals') as tf.Tensor2D).there(tf.eye(this.rank, this.dim)));
    const [push, read] = [tf.tanh(this.part('pushDiagonal')), tf.tanh(this.part('readDiagonal'))];
    const upper = (name: string, diagonal: tf.Tensor) => {
      return tf.add(triangle(this.part(name), 'upper'), tf.mul(tf.eye(this.rank), diagonal)) as tf.Tensor2D;
    };
    return { Q, R: upper('push', push), readR: upper('read', read), product: tf.mul(push, read) };
  }

  private part(name: string): tf.Tensor {
    return this.variables[name] as tf.Tensor;
  }
}

const joined = (columns: tf.Tensor2D[]): tf.Tensor2D =>
  columns.length === 1 ? (columns[0] as tf.Tensor2D) : tf.concat(columns, 1);

/** Σ log (1 + product · (1 − height²)): [B, M] → [B]. */
const logVolume = (height: tf.Tensor2D, product: tf.Tensor): tf.Tensor1D =>
  tf.sum(tf.log1p(tf.mul(product, tf.sub(1, tf.square(height)))), 1);
