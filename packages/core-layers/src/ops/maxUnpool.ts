import { defineOp, type HostCall, type Passes, sizeOf } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { checkImages, checkTensor } from '../checkInputs';
import { elementwise } from '../kernels/elementwise';
import { flatPlaces, noGradient, pickDefinition } from './pooling/pick';

/**
 * Puts each number back where `maxPoolWithArgmax` took it from, zeros elsewhere: `y[indices[o]] = value[o]`, as `max_unpool2d`
 * of PyTorch. Four dispatches on WebGPU, one for the gradient.
 *
 * Where several numbers have one place, as they may when windows overlap, the last stays, and the gradient is that of it
 * alone. Those whose index is outside of the plane are left out.
 *
 * Reference: Zeiler, Fergus, "Visualizing and understanding convolutional networks", 2014, §2.1.
 *
 * @param value - float32, shape [B, H′, W′, C].
 * @param indices - int32, of that shape: `h · W + w` in the plane of each image and channel.
 * @param outputShape - [B, H, W, C], or [H, W].
 * @returns shape [B, H, W, C].
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const { value, indices } = maxPoolWithArgmax(x, { poolSize: 2 });
 * const back = maxUnpool(value, indices, x.shape);
 */
export function maxUnpool(value: tf.Tensor, indices: tf.Tensor, outputShape: readonly number[]): tf.Tensor4D {
  const [B, , , C] = checkImages('maxUnpool', 'value', value);
  checkTensor('maxUnpool', 'indices', indices, 'int32', value.shape);
  const shape = outputShape.length === 2 ? [B, ...outputShape, C] : [...outputShape];
  if (shape.length !== 4 || !shape.every((n) => Number.isInteger(n) && n >= 0) || shape[0] !== B || shape[3] !== C) {
    complain('maxUnpool', 'outputShape', `[${B}, H, W, ${C}] or [H, W]`, outputShape);
  }
  return tf.tidy(() => {
    const { owners, winners } = settle({ indices }, { shape });
    return put({ x: value, places: owners, back: winners }, {}).y as tf.Tensor4D;
  });
}

/**
 * Numbers at places, where `back` leads from each place to the number that it came from, and what is not taken is not led to:
 * so that the gradient is the same op with both exchanged.
 */
const put = /* @__PURE__ */ defineOp<'x' | 'places' | 'back', 'y', object>({
  name: 'core-layers/maxUnpool',
  ...pickDefinition<'back', object>(),
  grad: {
    saves: ['places', 'back'],
    of: ({ y: dy }, { places, back }) => ({
      x: (): tf.Tensor => put({ x: dy, places: back, back: places }, {}).y,
      places: noGradient(places),
      back: noGradient(back),
    }),
  },
});

type Attributes = { shape: number[] };

/** Who is put at each place of the output, and the place of each number that is put; −1 for nobody and for none. */
const settle = /* @__PURE__ */ defineOp<'indices', 'owners' | 'winners', Attributes>({
  name: 'core-layers/maxUnpoolPlaces',
  outputs: ({ indices }, { shape }) => ({
    owners: { shape, dtype: 'int32' },
    winners: { shape: indices.shape, dtype: 'int32' },
  }),
  compose: ({ indices }, { shape }) => composedSettle(indices, shape),
  webgpu({ inputs: { indices }, attributes: { shape } }): Passes | undefined {
    const [, H, W, C] = shape as [number, number, number, number];
    const [, h, w] = indices.shape as [number, number, number, number];
    if (sizeOf(shape) === 0 || sizeOf(indices.shape) === 0) return undefined;
    const integers = { C, plane: H * W, ownPlane: h * w };
    const where = `let place = indices[i];
  let inside = place >= 0 && place < i32(params.plane);
  let own = i32(i / params.C % params.ownPlane);
  let at = (i / (params.ownPlane * params.C) * params.plane + u32(select(0, place, inside))) * params.C + i % params.C;`;
    return {
      passes: [
        elementwise(sizeOf(shape), { each: 'owners[i] = -1;', reads: [], writes: ['owners'] }),
        elementwise(sizeOf(indices.shape), {
          each: `${where}
  if (inside) { atomicMax(&owners[at], own); }`,
          reads: ['indices'],
          writes: ['owners'],
          types: { owners: 'atomic<i32>' },
          integers,
        }),
        elementwise(sizeOf(indices.shape), {
          each: `${where}
  winners[i] = select(-1, place, inside && owners[at] == own);`,
          reads: ['indices', 'owners'],
          writes: ['winners'],
          integers,
        }),
      ],
    };
  },
  cpu: settleOnHost,
  wasm: settleOnHost,
  grad: { saves: ['indices'], of: (_, { indices }) => ({ indices: noGradient(indices) }) },
});

/** The last of those that share a place is found bit by bit of its number: who lacks a bit that another has is out. */
function composedSettle(indices: tf.Tensor, shape: number[]) {
  const nothing = (like: number[]) => tf.fill(like, -1, 'int32');
  const [, H, W] = shape as [number, number, number, number];
  const [, h, w] = indices.shape as [number, number, number, number];
  if (sizeOf(shape) === 0 || indices.size === 0) return { owners: nothing(shape), winners: nothing(indices.shape) };
  const int = (value: number) => tf.scalar(value, 'int32');
  const sound = tf.logicalAnd(tf.greaterEqual(indices, int(0)), tf.less(indices, int(H * W)));
  const places = tf.mul(indices, tf.cast(sound, 'int32'));
  const flat = flatPlaces(places, H * W);
  const scatter = (values: tf.Tensor) => tf.scatterND(flat, tf.reshape(values, [-1]), [sizeOf(shape)]);
  const own = tf.add(tf.reshape(tf.range(0, h * w, 1, 'int32'), [1, h, w, 1]), tf.zerosLike(indices));
  let running = tf.cast(sound, 'int32');
  for (let bit = 2 ** Math.floor(Math.log2(h * w)); bit >= 1; bit /= 2) {
    const has = tf.mul(running, tf.cast(tf.equal(tf.mod(tf.floorDiv(own, int(bit)), int(2)), int(1)), 'int32'));
    const others = tf.reshape(tf.gather(scatter(has), tf.reshape(flat, [-1]) as tf.Tensor1D), indices.shape);
    running = tf.where(tf.greater(others, int(0)), has, running);
  }
  const owners = tf.sub(scatter(tf.mul(running, tf.add(own, int(1)))), int(1));
  return {
    owners: tf.reshape(owners, shape),
    winners: tf.sub(tf.mul(running, tf.add(places, int(1))), int(1)),
  };
}

function settleOnHost(call: HostCall<'indices', 'owners' | 'winners', Attributes>): void {
  const { indices } = call.inputs;
  const { owners, winners } = call.outputs;
  const [B, h, w, C] = call.shapes.indices as [number, number, number, number];
  const [, H, W] = call.attributes.shape as [number, number, number, number];
  owners.fill(-1);
  winners.fill(-1);
  for (let b = B - 1, i = indices.length - 1; b >= 0; b--) {
    for (let own = h * w - 1; own >= 0; own--) {
      for (let c = C - 1; c >= 0; c--, i--) {
        const place = indices[i] as number;
        const at = (b * H * W + place) * C + c;
        if (place < 0 || place >= H * W || (owners[at] as number) >= 0) continue;
        owners[at] = own;
        winners[i] = place;
      }
    }
  }
}
