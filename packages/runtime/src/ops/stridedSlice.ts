import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { complain } from './check';

/**
 * Takes every so-manieth number of each dimension: `x[begin:end:stride]`. As Python slices, and as tf.stridedSlice without
 * masks, with a gradient of any order.
 *
 * @param x - of any shape and type.
 * @param begin - where to begin in each dimension; negative counts from the end, null is where the walk starts.
 * @param end - where to stop, not included; null is the far end.
 * @param strides - how far each step goes, backwards when negative; default 1 for all.
 * @returns the numbers walked over.
 * @throws TypeError when there is not one entry for each dimension, or a stride is 0 or no integer.
 *
 * @example
 * const even = stridedSlice(tf.range(0, 10), [0], [null], [2]);
 * const backwards = stridedSlice(tf.range(0, 10), [null], [null], [-1]);
 */
export function stridedSlice(
  x: tf.Tensor,
  begin: readonly (number | null)[],
  end: readonly (number | null)[],
  strides: readonly number[] = x.shape.map(() => 1),
): tf.Tensor {
  for (const [name, list] of Object.entries({ begin, end, strides })) {
    if (list.length !== x.rank) complain('stridedSlice', name, `${x.rank} numbers`, list);
  }
  if (strides.some((stride) => !Number.isInteger(stride) || stride === 0)) {
    complain('stridedSlice', 'strides', 'integers other than 0', strides);
  }
  return tf.tidy(() =>
    strides.reduce((result, stride, axis) => {
      const walk = { begin: begin[axis] ?? null, end: end[axis] ?? null, stride };
      return alongAxis(result, axis, walk);
    }, tf.clone(x)),
  );
}

function alongAxis(
  x: tf.Tensor,
  axis: number,
  { begin, end, stride }: { begin: number | null; end: number | null; stride: number },
): tf.Tensor {
  const size = x.shape[axis] as number;
  const fromFront = (at: number) => (at < 0 ? at + size : at);
  // Backwards is forwards through the reversed dimension.
  const turned = (at: number) => (stride > 0 ? at : size - 1 - at);
  const inside = (at: number) => Math.min(size, Math.max(0, at));
  const start = begin === null ? 0 : inside(turned(fromFront(begin)));
  const stop = end === null ? size : inside(turned(fromFront(end)));
  const step = Math.abs(stride);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (start === 0 && count === size && stride === 1) return x;

  const [outer, inner] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const [A, C] = [sizeOf(outer), sizeOf(inner)];
  const flat = tf.reshape(x, [A, size, C]);
  const forward = stride > 0 ? flat : tf.reverse(flat, 1);
  const shape = [...outer, count, ...inner];
  if (sizeOf(shape) === 0) return tf.zeros(shape, x.dtype);
  const length = Math.min(count * step, size - start);
  const part = tf.slice(forward, [0, start, 0], [A, length, C]);
  const whole =
    length === count * step
      ? part
      : tf.pad(part, [
          [0, 0],
          [0, count * step - length],
          [0, 0],
        ]);
  const blocks = tf.reshape(whole, [A, count, step, C]);
  return tf.reshape(step === 1 ? blocks : tf.slice(blocks, [0, 0, 0, 0], [A, count, 1, C]), shape);
}
