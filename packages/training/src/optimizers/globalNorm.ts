import { defineOp, type Op, sizeOf } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/** The sums of squares that one gradient is reduced to. */
const PARTS = 64;
const THREADS = 256;

type SquaresOp = Op<'gradient' | 'sums', never, { at: number }>;
type ScaleOp = Op<'sums' | 'control', never, { limit: number }>;

let squares: SquaresOp | undefined;
let scale: ScaleOp | undefined;

/** sums[at · PARTS …] ← the sums of squares of parts of a gradient: one dispatch. */
const squaresOp = (): SquaresOp => {
  squares ??= defineOp<'gradient' | 'sums', never, { at: number }>({
    name: 'training/sumOfSquares',
    writes: ['sums'],
    outputs: () => ({}),
    compose: ({ gradient, sums }, { at }) => {
      const rows = tf.reshape(sums, [-1, PARTS]);
      const sum = tf.reshape(tf.sum(tf.square(gradient)), [1, 1]);
      const row = tf.concat([sum, tf.zeros([1, PARTS - 1])], 1);
      const others = [tf.slice(rows, [0, 0], [at, PARTS]), row, tf.slice(rows, [at + 1, 0], [-1, PARTS])];
      return { sums: tf.reshape(tf.concat(others.filter(({ size }) => size > 0)), sums.shape) };
    },
    webgpu: ({ inputs: { gradient }, attributes: { at } }) => {
      const size = sizeOf(gradient.shape);
      return {
        code: `
        var<workgroup> shares: array<f32, ${THREADS}>;
        @compute @workgroup_size(${THREADS})
        fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
                @builtin(local_invocation_index) local: u32) {
          var share = 0.0;
          for (var i = group.x * ${THREADS}u + local; i < params.size; i += groups.x * ${THREADS}u) {
            share += gradient[i] * gradient[i];
          }
          shares[local] = share;
          for (var half = ${THREADS / 2}u; half > 0; half /= 2u) {
            workgroupBarrier();
            if (local < half) { shares[local] += shares[local + half]; }
          }
          if (local == 0u) { sums[params.at * ${PARTS}u + group.x] = shares[0]; }
          if (group.x == 0u && local >= groups.x && local < ${PARTS}u) { sums[params.at * ${PARTS}u + local] = 0.0; }
        }`,
        reads: ['gradient'],
        writes: ['sums'],
        groups: [Math.min(PARTS, Math.ceil(size / (4 * THREADS))), 1, 1],
        integers: { size, at },
      };
    },
    cpu: sumOnHost,
    wasm: sumOnHost,
  });
  return squares;
};

function sumOnHost({
  inputs: { gradient, sums },
  attributes: { at },
}: {
  inputs: Record<'gradient' | 'sums', ArrayLike<number> & { fill(value: number, from: number, to: number): unknown }>;
  attributes: { at: number };
}): void {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) sum += (gradient[i] as number) ** 2;
  sums.fill(0, at * PARTS, (at + 1) * PARTS);
  sums.fill(sum, at * PARTS, at * PARTS + 1);
}

/** control[1] ← min(1, limit / (norm + 1e-6)), PyTorch's `clip_grad_norm_`: one dispatch. */
const scaleOp = (): ScaleOp => {
  const onHost: NonNullable<Parameters<typeof defineOp<'sums' | 'control', never, { limit: number }>>[0]['cpu']> = ({
    inputs: { sums, control },
    attributes: { limit },
  }) => {
    let sum = 0;
    for (let i = 0; i < sums.length; i++) sum += sums[i] as number;
    control[1] = Math.min(1, limit / (Math.sqrt(sum) + 1e-6));
  };
  scale ??= defineOp<'sums' | 'control', never, { limit: number }>({
    name: 'training/clipScale',
    writes: ['control'],
    outputs: () => ({}),
    compose: ({ sums, control }, { limit }) => {
      const norm = tf.sqrt(tf.sum(sums));
      const factor = tf.minimum(1, tf.div(limit, tf.add(norm, 1e-6)));
      return { control: tf.concat([tf.slice(control, [0], [1]), tf.reshape(factor, [1])]) };
    },
    webgpu: ({ inputs: { sums }, attributes: { limit } }) => ({
      code: `
      var<workgroup> shares: array<f32, ${THREADS}>;
      @compute @workgroup_size(${THREADS})
      fn main(@builtin(local_invocation_index) local: u32) {
        var share = 0.0;
        for (var i = local; i < params.size; i += ${THREADS}u) { share += sums[i]; }
        shares[local] = share;
        for (var half = ${THREADS / 2}u; half > 0; half /= 2u) {
          workgroupBarrier();
          if (local < half) { shares[local] += shares[local + half]; }
        }
        if (local == 0u) { control[1] = min(1.0, params.limit / (sqrt(shares[0]) + 1e-6)); }
      }`,
      reads: ['sums'],
      writes: ['control'],
      groups: 1,
      integers: { size: sizeOf(sums.shape) },
      floats: { limit },
    }),
    cpu: onHost,
    wasm: onHost,
  });
  return scale;
};

/** Measures the norm of all gradients together on the device, and sets by it the scale that they are multiplied by. */
export class GlobalNorm {
  private sums: tf.Variable | undefined;

  /** One dispatch a gradient and one more. */
  clip(gradients: readonly tf.Tensor[], limit: number, control: tf.Variable): void {
    const size = gradients.length * PARTS;
    if (this.sums?.size !== size) {
      this.dispose();
      this.sums = tf.tidy(() => tf.variable(tf.zeros([size]), false));
    }
    const sums = this.sums;
    gradients.forEach((gradient, at) => {
      squaresOp()({ gradient, sums }, { at });
    });
    scaleOp()({ sums, control }, { limit });
  }

  dispose(): void {
    this.sums?.dispose();
    this.sums = undefined;
  }
}
