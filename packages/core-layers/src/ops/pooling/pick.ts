import type { GpuCall, HostCall, OpDefinition, Tensors } from '@tenonjs/runtime';
import { sizeOf } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { elementwise } from '../../kernels/elementwise';

/** Tensors [B, H, W, C] and places: of each image and channel, positions `h · W + w` in its plane; negative: none. */
type Inputs = 'x' | 'places';

/**
 * Positions in a plane as positions in the whole tensor, int32 [B·H·W·C, 1].
 *
 * @param places - int32 [B, H, W, C], none of them negative.
 * @param plane - positions of a plane that they point into.
 */
export function flatPlaces(places: tf.Tensor, plane: number): tf.Tensor2D {
  const [B, , , C] = places.shape as [number, number, number, number];
  const image = tf.reshape(tf.range(0, B, 1, 'int32'), [B, 1, 1, 1]);
  const row = tf.add(tf.mul(image, tf.scalar(plane, 'int32')), places);
  return tf.reshape(tf.add(tf.mul(row, tf.scalar(C, 'int32')), tf.range(0, C, 1, 'int32')), [-1, 1]);
}

/** The gradient of integers: tfjs asks for one where they were made from what is differentiated. */
export const noGradient = (integers: tf.Tensor) => (): tf.Tensor => tf.zeros(integers.shape);

/** `y[b, o, c] = x[b, places[b, o, c], c]`, 0 where there is no place: everything of an op but its name and gradient. */
export function pickDefinition<More extends string, A extends object>(): Pick<
  OpDefinition<Inputs | More, 'y', A>,
  'outputs' | 'compose' | 'webgpu' | 'cpu' | 'wasm'
> {
  return {
    outputs: ({ places }: GpuCall<Inputs, 'y', A>['inputs']) => ({ y: { shape: places.shape, dtype: 'float32' } }),
    compose({ x, places }: Tensors<Inputs>) {
      if (x.size === 0 || places.size === 0) return { y: tf.zeros(places.shape) };
      const [, H, W] = x.shape as [number, number, number, number];
      const some = tf.greaterEqual(places, tf.scalar(0, 'int32'));
      const flat = flatPlaces(tf.mul(places, tf.cast(some, 'int32')), H * W);
      const picked = tf.gather(tf.reshape(x, [-1]), tf.reshape(flat, [-1]) as tf.Tensor1D);
      return { y: tf.where(some, tf.reshape(picked, places.shape), tf.zeros(places.shape)) };
    },
    webgpu({ inputs: { x, places } }) {
      const [, H, W, C] = x.shape as [number, number, number, number];
      const [, h, w] = places.shape as [number, number, number, number];
      if (sizeOf(x.shape) === 0 || sizeOf(places.shape) === 0) return undefined;
      return elementwise(sizeOf(places.shape), {
        each: `let place = places[i];
  let source = (i / params.ownPlane * params.plane + u32(max(place, 0))) * params.C + i % params.C;
  y[i] = select(0.0, x[source], place >= 0);`,
        reads: ['x', 'places'],
        writes: ['y'],
        integers: { C, plane: H * W, ownPlane: h * w * C },
      });
    },
    cpu: pickOnHost,
    wasm: pickOnHost,
  };
}

function pickOnHost<A>({ inputs: { x, places }, outputs: { y }, shapes }: HostCall<Inputs, 'y', A>): void {
  const [, H, W, C] = shapes.x as [number, number, number, number];
  const [B, h, w] = shapes.places as [number, number, number, number];
  for (let b = 0, i = 0; b < B; b++) {
    for (let o = 0; o < h * w; o++) {
      for (let c = 0; c < C; c++, i++) {
        const place = places[i] as number;
        y[i] = place < 0 ? 0 : (x[(b * H * W + place) * C + c] as number);
      }
    }
  }
}
