import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat } from './check';
import { layRows, mainCode, rowCode } from './kernels/rows';
import { logSumExp } from './losses/composed';

/**
 * The logarithm of softmax over the last dimension: `x − log Σ exp(x)`; one dispatch on WebGPU, one for its gradient.
 *
 * @param x - float32, shape [..., C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no float32 tensor, or a scalar.
 *
 * @example
 * const logProbabilities = logSoftmax(logits);
 */
export function logSoftmax(x: tf.Tensor): tf.Tensor {
  checkFloat('logSoftmax', 'x', x, 1);
  return forward({ x }, {}).y;
}

const columnsOf = (shape: readonly number[]) => shape.at(-1) as number;

/** A kernel that works on one row with some lanes; `body` may use `first`, the row's first element, and `inside`. */
function rowKernel(shape: readonly number[], body: string) {
  const columns = columnsOf(shape);
  const rows = sizeOf(shape) / columns;
  const layout = layRows(columns);
  return {
    code: `${rowCode(layout)}
${mainCode(layout)}
  let inside = slot < params.rows;
  let first = min(slot, params.rows - 1u) * params.columns;
  ${body}
}`,
    groups: Math.ceil(rows / layout.rows),
    integers: { rows, columns },
  };
}

const eachColumn = (body: string) => `for (var c = lane; c < params.columns; c += LANES) { ${body} }`;

const forward = /* @__PURE__ */ defineOp<'x', 'y', object>({
  name: 'logSoftmax',
  outputs: ({ x }) => ({ y: x }),
  compose: ({ x }) => ({ y: x.size === 0 ? x : tf.sub(x, logSumExp(x)) }),
  webgpu: ({ inputs: { x } }) =>
    sizeOf(x.shape) === 0
      ? undefined
      : {
          ...rowKernel(
            x.shape,
            `var most = -3.0e38;
  ${eachColumn('most = max(most, x[first + c]);')}
  most = rowMax(most, local);
  var total = 0.0;
  ${eachColumn('total += exp(x[first + c] - most);')}
  let norm = most + log(rowSum(total, local));
  if (inside) { ${eachColumn('y[first + c] = x[first + c] - norm;')} }`,
          ),
          reads: ['x'],
          writes: ['y'],
        },
  grad: { saves: ['y'], of: ({ y: dy }, { y }) => ({ x: () => backward({ y, dy }, {}).dx }) },
});

/** `dx = dy − exp(y) Σ dy` */
const backward = /* @__PURE__ */ defineOp<'y' | 'dy', 'dx', object>({
  name: 'logSoftmaxGrad',
  outputs: ({ y }) => ({ dx: y }),
  compose: ({ y, dy }) => ({ dx: y.size === 0 ? y : tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, -1, true))) }),
  webgpu: ({ inputs: { y } }) =>
    sizeOf(y.shape) === 0
      ? undefined
      : {
          ...rowKernel(
            y.shape,
            `var total = 0.0;
  ${eachColumn('total += dy[first + c];')}
  total = rowSum(total, local);
  if (inside) { ${eachColumn('dx[first + c] = dy[first + c] - exp(y[first + c]) * total;')} }`,
          ),
          reads: ['y', 'dy'],
          writes: ['dx'],
        },
});
