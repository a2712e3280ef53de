import { defineOp, type HostCall, sizeOf } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkImages } from '../checkInputs';
import { elementwise } from '../kernels/elementwise';
import { flatPlaces, noGradient, pickDefinition } from './pooling/pick';
import { type PoolOptions, type Windows, windowIntegers, windowsOf } from './pooling/windows';

/**
 * The largest number of each window, and where in its image it lies: `value[o] = max x[p]`, `indices[o] = argmax x[p]` over
 * the places p of window o, as `max_pool2d(…, return_indices=True)` of PyTorch. One dispatch on WebGPU, one for the gradient.
 *
 * Of numbers that are level the first wins, row by row; NaN wins over all. A place is `h · W + w` in the plane of its image
 * and channel, whatever the number of channels: `tf.maxPoolWithArgmax` of TensorFlow counts channels too.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns value, float32, and indices, int32, both of shape [B, H′, W′, C].
 * @throws TypeError when x is no such tensor or no window fits.
 *
 * @example
 * const { value, indices } = maxPoolWithArgmax(features, { poolSize: 2 });
 * const back = maxUnpool(value, indices, features.shape);
 */
export function maxPoolWithArgmax(x: tf.Tensor, options: PoolOptions): { value: tf.Tensor4D; indices: tf.Tensor4D } {
  const [, H, W] = checkImages('maxPoolWithArgmax', 'x', x);
  const { value, indices } = pool({ x }, windowsOf('maxPoolWithArgmax', [H, W], options));
  return { value: value as tf.Tensor4D, indices: indices as tf.Tensor4D };
}

const pooledShape = ([B, , , C]: readonly number[], [h, w]: readonly [number, number]) =>
  [B, h, w, C] as [number, number, number, number];

/** NaN by its bits: WGSL need not know it. */
const isNanCode = 'fn isNan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }';

const pool = /* @__PURE__ */ defineOp<'x', 'value' | 'indices', Windows>({
  name: 'core-layers/maxPoolWithArgmax',
  outputs: ({ x }, { pooled }) => {
    const shape = pooledShape(x.shape, pooled);
    return { value: { shape, dtype: 'float32' }, indices: { shape, dtype: 'int32' } };
  },
  compose: ({ x }, windows) => ({ ...composedPool(x, windows) }),
  webgpu: ({ inputs: { x }, outputs: { value }, attributes }) =>
    sizeOf(value.shape) === 0
      ? undefined
      : elementwise(sizeOf(value.shape), {
          functions: isNanCode,
          each: `let c = i % params.C;
  let o = i / params.C % (params.pooledH * params.pooledW);
  let image = i / (params.C * params.pooledH * params.pooledW) * params.H * params.W;
  let top = i32(o / params.pooledW * params.stepH) - i32(params.beforeH);
  let left = i32(o % params.pooledW * params.stepW) - i32(params.beforeW);
  let last = vec2<i32>(min(top + i32(params.windowH), i32(params.H)), min(left + i32(params.windowW), i32(params.W)));
  var place = u32(max(top, 0)) * params.W + u32(max(left, 0));
  var most = x[(image + place) * params.C + c];
  for (var h = max(top, 0); h < last.x; h++) {
    for (var w = max(left, 0); w < last.y; w++) {
      let p = u32(h) * params.W + u32(w);
      let here = x[(image + p) * params.C + c];
      if (here > most || (isNan(here) && !isNan(most))) {
        most = here;
        place = p;
      }
    }
  }
  value[i] = most;
  indices[i] = i32(place);`,
          reads: ['x'],
          writes: ['value', 'indices'],
          integers: { C: x.shape[3] as number, ...windowIntegers(attributes) },
        }),
  cpu: poolOnHost,
  wasm: poolOnHost,
  grad: {
    saves: ['indices'],
    of: ({ value: dy }, { indices }, windows) => ({ x: (): tf.Tensor => spread({ dy, indices }, windows).dx }),
  },
});

/** Each number of dy added to the place it was taken from: a sum over the windows that cover a place, always in one order. */
const spread = /* @__PURE__ */ defineOp<'dy' | 'indices', 'dx', Windows>({
  name: 'core-layers/maxPoolWithArgmaxGrad',
  outputs: ({ dy }, { image }) => ({ dx: { shape: pooledShape(dy.shape, image), dtype: 'float32' } }),
  compose({ dy, indices }, { image }) {
    const shape = pooledShape(dy.shape, image);
    if (dy.size === 0) return { dx: tf.zeros(shape) };
    const flat = tf.scatterND(flatPlaces(indices, image[0] * image[1]), tf.reshape(dy, [-1]), [sizeOf(shape)]);
    return { dx: tf.reshape(flat, shape) };
  },
  webgpu: ({ outputs: { dx }, attributes }) =>
    sizeOf(dx.shape) === 0
      ? undefined
      : elementwise(sizeOf(dx.shape), {
          functions: `
// The first window that reaches a place, along one side; the last is the one that begins there or before.
fn firstWindow(at: u32, window: u32, step: u32) -> u32 {
  return select(0u, (at - window) / step + 1u, at >= window);
}`,
          each: `let c = i % params.C;
  let p = i / params.C % (params.H * params.W);
  let image = i / (params.C * params.H * params.W) * params.pooledH * params.pooledW;
  let y = p / params.W + params.beforeH;
  let x = p % params.W + params.beforeW;
  var sum = 0.0;
  for (var h = firstWindow(y, params.windowH, params.stepH); h <= min(y / params.stepH, params.pooledH - 1u); h++) {
    for (var w = firstWindow(x, params.windowW, params.stepW); w <= min(x / params.stepW, params.pooledW - 1u); w++) {
      let o = (image + h * params.pooledW + w) * params.C + c;
      if (indices[o] == i32(p)) { sum += dy[o]; }
    }
  }
  dx[i] = sum;`,
          reads: ['dy', 'indices'],
          writes: ['dx'],
          integers: { C: dx.shape[3] as number, ...windowIntegers(attributes) },
        }),
  cpu: spreadOnHost,
  wasm: spreadOnHost,
  grad: {
    saves: ['indices'],
    of: ({ dx }, { indices }, windows) => ({
      dy: (): tf.Tensor => pick({ x: dx, places: indices }, windows).y,
      indices: noGradient(indices),
    }),
  },
});

/** The numbers at the places of the largest: what `spread` is the transpose of. */
const pick = /* @__PURE__ */ defineOp<'x' | 'places', 'y', Windows>({
  name: 'core-layers/maxPoolPick',
  ...pickDefinition(),
  grad: {
    saves: ['places'],
    of: ({ y: dy }, { places }, windows) => ({
      x: (): tf.Tensor => spread({ dy, indices: places }, windows).dx,
      places: noGradient(places),
    }),
  },
});

/** Every offset of a window as an image of its own, and the largest of them. */
function composedPool(x: tf.Tensor, { image: [H, W], pooled, window, strides, before }: Windows) {
  const shape = pooledShape(x.shape, pooled);
  if (sizeOf(shape) === 0) return { value: tf.zeros(shape), indices: tf.zeros(shape, 'int32') };
  const span = [0, 1].map((d) => ((pooled[d] as number) - 1) * (strides[d] as number) + (window[d] as number));
  const pad = [H, W].map((size, d) => [before[d], Math.max(0, (span[d] as number) - size - (before[d] as number))]);
  // What lies outside never wins, not even over −∞.
  const ranked = tf.maximum(tf.where(tf.isNaN(x), tf.fill(x.shape, Number.POSITIVE_INFINITY), x), -3.4e38);
  const padded = tf.pad(ranked, [[0, 0], ...pad, [0, 0]] as [number, number][], Number.NEGATIVE_INFINITY);
  const offsets = Array.from({ length: window[0] * window[1] }, (_, k) => [Math.floor(k / window[1]), k % window[1]]);
  const [B, , , C] = shape;
  const layers = offsets.map(([h, w]) =>
    tf.stridedSlice(
      padded,
      [0, h as number, w as number, 0],
      [B, (h as number) + (pooled[0] - 1) * strides[0] + 1, (w as number) + (pooled[1] - 1) * strides[1] + 1, C],
      [1, ...strides, 1],
    ),
  );
  const best = tf.argMax(tf.stack(layers, 4), 4); // [B, H′, W′, C], which offset
  const int = (value: number) => tf.scalar(value, 'int32');
  const row = tf.floorDiv(best, int(window[1]));
  const column = tf.sub(best, tf.mul(row, int(window[1])));
  const starts = (d: 0 | 1) => tf.sub(tf.mul(tf.range(0, pooled[d], 1, 'int32'), int(strides[d])), int(before[d]));
  const h = tf.add(row, tf.reshape(starts(0), [-1, 1, 1]));
  const w = tf.add(column, tf.reshape(starts(1), [-1, 1]));
  const indices = tf.add(tf.mul(h, int(W)), w);
  const value = tf.gather(tf.reshape(x, [-1]), tf.reshape(flatPlaces(indices, H * W), [-1]) as tf.Tensor1D);
  return { value: tf.reshape(value, shape), indices };
}

function poolOnHost({ inputs: { x }, outputs, shapes, attributes }: HostCall<'x', 'value' | 'indices', Windows>): void {
  const { image, pooled, window, strides, before } = attributes;
  const [H, W] = image;
  const [B, , , C] = shapes.x as [number, number, number, number];
  let i = 0;
  for (let b = 0; b < B; b++) {
    for (let oh = 0; oh < pooled[0]; oh++) {
      const top = oh * strides[0] - before[0];
      for (let ow = 0; ow < pooled[1]; ow++) {
        const left = ow * strides[1] - before[1];
        for (let c = 0; c < C; c++, i++) {
          let place = Math.max(top, 0) * W + Math.max(left, 0);
          let most = x[(b * H * W + place) * C + c] as number;
          for (let h = Math.max(top, 0); h < Math.min(top + window[0], H); h++) {
            for (let w = Math.max(left, 0); w < Math.min(left + window[1], W); w++) {
              const here = x[(b * H * W + h * W + w) * C + c] as number;
              if (here > most || (Number.isNaN(here) && !Number.isNaN(most))) {
                most = here;
                place = h * W + w;
              }
            }
          }
          outputs.value[i] = most;
          outputs.indices[i] = place;
        }
      }
    }
  }
}

function spreadOnHost(call: HostCall<'dy' | 'indices', 'dx', Windows>): void {
  const { dy, indices } = call.inputs;
  const { dx } = call.outputs;
  const [B, h, w, C] = call.shapes.dy as [number, number, number, number];
  const plane = call.attributes.image[0] * call.attributes.image[1];
  dx.fill(0);
  for (let b = 0, i = 0; b < B; b++) {
    for (let o = 0; o < h * w; o++) {
      for (let c = 0; c < C; c++, i++) {
        const at = (b * plane + (indices[i] as number)) * C + c;
        dx[at] = (dx[at] as number) + (dy[i] as number);
      }
    }
  }
}
