import * as tf from '@tensorflow/tfjs-core';
import { type Geometry, inputShape, kernelShape, outputShape } from './geometry';

/**
 * Convolutions in plain tfjs ops, place by place of the kernel: what a place sees of all images is a matrix, which is
 * multiplied. So strides, dilations and groups go together, which tfjs's own convolutions do not allow.
 */

/** y = Σ over places of what each sees · its weights. */
export function composeConvolution(x: tf.Tensor, kernel: tf.Tensor, g: Geometry): tf.Tensor {
  if (isEmpty(g)) return tf.zeros(outputShape(g));
  const all = padded(x, g);
  const products = placesOf(g).map((place) => tf.matMul(byGroup(seen(all, place, g), g), weightsAt(kernel, place, g)));
  return fromGroups(sumOf(products), outputShape(g)); // [G, P, F / G] → [B, OH, OW, F]
}

/** dx: dy · weightsᵀ of each place, added where the place has seen it. */
export function composeInputGradient(dy: tf.Tensor, kernel: tf.Tensor, g: Geometry): tf.Tensor {
  if (isEmpty(g)) return tf.zeros(inputShape(g));
  const rows = byGroup(dy, g); // [G, P, F / G]
  const [height, width] = extentOf(g);
  const parts = placesOf(g).map((place) => {
    const part = tf.matMul(rows, weightsAt(kernel, place, g), false, true); // [G, P, C / G]
    const shape = [g.batch, g.outHeight, g.outWidth, g.inChannels];
    const apart = spread(fromGroups(part, shape), g);
    const [high, wide] = apart.shape.slice(1) as [number, number];
    const below = height - high - place.top;
    const right = width - wide - place.left;
    return pad(apart, [place.top, below], [place.left, right]);
  });
  const all = sumOf(parts); // [B, height, width, C]
  const whole = pad(
    all,
    [0, Math.max(0, g.padTop + g.inHeight - height)],
    [0, Math.max(0, g.padLeft + g.inWidth - width)],
  );
  return tf.slice(whole, [0, g.padTop, g.padLeft, 0], inputShape(g));
}

/** dKernel: what each place sees, transposed, · dy. */
export function composeKernelGradient(x: tf.Tensor, dy: tf.Tensor, g: Geometry): tf.Tensor {
  if (isEmpty(g)) return tf.zeros(kernelShape(g));
  const all = padded(x, g);
  const right = byGroup(dy, g); // [G, P, F / G]
  const parts = placesOf(g).map((place) => {
    const part = tf.matMul(byGroup(seen(all, place, g), g), right, true, false); // [G, C / G, F / G]
    return fromGroups(part, [g.inChannels / g.groups, g.outChannels]);
  });
  return tf.reshape(tf.stack(parts), kernelShape(g));
}

/** One by one: `tf.addN` binds all of them at once, more than a GPU may take. */
const sumOf = (tensors: tf.Tensor[]): tf.Tensor => tensors.reduce((sum, tensor) => tf.add(sum, tensor));

const isEmpty = (g: Geometry) => g.batch === 0;

interface Place {
  i: number;
  j: number;
  top: number;
  left: number;
}

const placesOf = (g: Geometry): Place[] =>
  Array.from({ length: g.filterHeight * g.filterWidth }, (_, place) => {
    const [i, j] = [Math.floor(place / g.filterWidth), place % g.filterWidth];
    return { i, j, top: i * g.dilationHeight, left: j * g.dilationWidth };
  });

/** Height and width of what all windows see together. */
const extentOf = (g: Geometry): [number, number] => [
  (g.outHeight - 1) * g.strideHeight + (g.filterHeight - 1) * g.dilationHeight + 1,
  (g.outWidth - 1) * g.strideWidth + (g.filterWidth - 1) * g.dilationWidth + 1,
];

const pad = (x: tf.Tensor, rows: [number, number], columns: [number, number]) =>
  [...rows, ...columns].every((zeros) => zeros === 0) ? x : tf.pad(x, [[0, 0], rows, columns, [0, 0]]);

/** x with its zeros around it, and without what no window sees: [B, height, width, C]. */
function padded(x: tf.Tensor, g: Geometry): tf.Tensor {
  const [height, width] = extentOf(g);
  const below = Math.max(0, height - g.inHeight - g.padTop);
  const right = Math.max(0, width - g.inWidth - g.padLeft);
  return tf.slice(pad(x, [g.padTop, below], [g.padLeft, right]), [0, 0, 0, 0], [g.batch, height, width, g.inChannels]);
}

/** What a place sees: [B, OH, OW, C]. */
function seen(all: tf.Tensor, { top, left }: Place, g: Geometry): tf.Tensor {
  const end = [top + (g.outHeight - 1) * g.strideHeight + 1, left + (g.outWidth - 1) * g.strideWidth + 1] as const;
  return tf.stridedSlice(
    all,
    [0, top, left, 0],
    [g.batch, ...end, g.inChannels],
    [1, g.strideHeight, g.strideWidth, 1],
  );
}

/** [..., n] → [G, P, n / G]. */
function byGroup(x: tf.Tensor, { groups }: Geometry): tf.Tensor {
  const width = (x.shape.at(-1) as number) / groups;
  return groups === 1 ? tf.reshape(x, [1, -1, width]) : tf.transpose(tf.reshape(x, [-1, groups, width]), [1, 0, 2]);
}

/** [G, P, n / G] → `shape`, whose last dimension is n. */
const fromGroups = (x: tf.Tensor, shape: number[]): tf.Tensor =>
  tf.reshape(x.shape[0] === 1 ? x : tf.transpose(x, [1, 0, 2]), shape);

/** The weights of a place: [G, C / G, F / G]. */
function weightsAt(kernel: tf.Tensor, { i, j }: Place, g: Geometry): tf.Tensor {
  const width = g.inChannels / g.groups;
  const weights = tf.reshape(tf.slice(kernel, [i, j, 0, 0], [1, 1, width, g.outChannels]), [width, g.outChannels]);
  return byGroup(weights, g);
}

/** Pixels as far apart as the windows lie, zeros between them. */
function spread(x: tf.Tensor, g: Geometry): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const lines = apart(tf.reshape(x, [batch, height, 1, width * channels]), g.strideHeight);
  const high = (height - 1) * g.strideHeight + 1;
  const rows = tf.slice(tf.reshape(lines, [batch, -1, width, channels]), [0, 0, 0, 0], [batch, high, width, channels]);
  const pixels = apart(tf.reshape(rows, [batch * high, width, 1, channels]), g.strideWidth);
  const wide = (width - 1) * g.strideWidth + 1;
  return tf.slice(tf.reshape(pixels, [batch, high, -1, channels]), [0, 0, 0, 0], [batch, high, wide, channels]);
}

const apart = (x: tf.Tensor, stride: number) => pad(x, [0, 0], [0, stride - 1]);
