import * as tf from '@tensorflow/tfjs-core';
import { withSlopes } from '../gradients';

/** B₂ₖ, for k = 1, 2, … */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6];

/** How often the recurrence is taken: beyond, the asymptotic series is exact in float32 for orders up to 4. */
const SHIFTS = 6;

/**
 * ψ⁽ⁿ⁾(x), the n-th derivative of `digamma`, element by element, for x > 0:
 *
 *     ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ (Σⱼ n! / (x + j)ⁿ⁺¹ + F(x + 6)),   j = 0 … 5
 *     F(y) = (n−1)! / yⁿ + n! / 2yⁿ⁺¹ + Σₖ B₂ₖ (2k+n−1)! / ((2k)! y²ᵏ⁺ⁿ)
 *
 * In float32 within 1e-6 of the value for orders 1 and 2; where it is beyond 3.4e38 it is infinite. Its gradient is
 * the next order.
 *
 * @param order - n, at least 1: 1 is the trigamma function.
 * @param x - positive, any shape.
 * @returns of the shape of x.
 * @throws RangeError when the order is not a positive integer.
 *
 * Reference: Abramowitz, Stegun, "Handbook of Mathematical Functions", 1964, §6.4.
 *
 * @example
 * polygamma(1, tf.scalar(1)).print(); // π² / 6
 */
export function polygamma(order: number, x: tf.Tensor): tf.Tensor {
  if (!Number.isInteger(order) || order < 1) {
    throw new RangeError(`polygamma: order must be a positive integer, got ${order}; order 0 is digamma`);
  }
  return withSlopes((at) => evaluate(order, at), [(at) => polygamma(order + 1, at)], x);
}

function evaluate(n: number, x: tf.Tensor): tf.Tensor {
  const inverse = tf.div(1, tf.add(x, SHIFTS));
  const square = tf.square(inverse);
  const terms = BERNOULLI.map((bernoulli, i) => (bernoulli * risingRatio(n, 2 * i + 2)) as number);
  const series = terms.reduceRight<tf.Tensor>((sum, c) => tf.mul(square, tf.add(sum, c)), tf.zerosLike(x));
  const tail = tf.mul(power(inverse, n), tf.add(tf.add(factorial(n - 1), tf.mul(0.5 * factorial(n), inverse)), series));
  const near = Array.from({ length: SHIFTS }, (_, j) => tf.mul(factorial(n), power(tf.div(1, tf.add(x, j)), n + 1)));
  const total = near.reduceRight((sum, term) => tf.add(sum, term), tail); // the smallest first
  return n % 2 === 1 ? total : tf.neg(total);
}

/** (k + n − 1)! / k! */
const risingRatio = (n: number, k: number): number =>
  Array.from({ length: n - 1 }, (_, i) => k + 1 + i).reduce((product, factor) => product * factor, 1);

const factorial = (n: number): number => Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b, 1);

/** xⁿ for small n, by products: on a GPU a power is less exact. */
function power(x: tf.Tensor, n: number): tf.Tensor {
  return Array.from({ length: n - 1 }).reduce<tf.Tensor>((product) => tf.mul(product, x), x);
}
