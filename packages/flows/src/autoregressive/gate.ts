import { defineOp, type HostCall, type Pass, sizeOf, type TensorSpec } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The gated activation `tanh(a) ∘ σ(b)`: of 2n channels n are left. Channels of one group stand together, and of each group
 * the first half is a, the second b. All of it is made of sigmoids, `tanh(a) = 2 σ(2a) − 1`, which every backend is quick at.
 *
 * Reference: van den Oord et al., "Conditional image generation with PixelCNN decoders", 2016, eq. 2.
 *
 * @param x - [..., 2n]
 * @returns [..., n]
 */
export function gate(x: tf.Tensor4D, groups = 1): tf.Tensor4D {
  const width = x.shape[3] / groups / 2;
  const gated = tf.customGrad((given, save) => {
    const scales = Array.from({ length: x.shape[3] }, (_, i) => (i % (2 * width) < width ? 2 : 1));
    const s = tf.sigmoid(tf.mul(given as tf.Tensor4D, tf.tensor1d(scales)));
    (save as tf.GradSaveFunc)([s]);
    return {
      value: combine({ s }, { width }).y,
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => backward({ s: saved as tf.Tensor, dy }, { width }).dx,
    };
  });
  return gated(x) as tf.Tensor4D;
}

interface Attributes {
  /** Channels of a, and of b, in a group. */
  width: number;
}

const halved = ({ shape }: TensorSpec): TensorSpec => ({
  shape: [...shape.slice(0, -1), (shape.at(-1) as number) / 2],
  dtype: 'float32',
});

/** [..., 2n] → both halves of the groups, [rows, width] each. */
const halves = (x: tf.Tensor, width: number) => tf.unstack(tf.reshape(x, [-1, 2, width]), 1) as [tf.Tensor, tf.Tensor];

/** (2 s_a − 1) s_b, where s is σ(2a) and σ(b). */
const combine = /* @__PURE__ */ defineOp<'s', 'y', Attributes>({
  name: 'flows/gate',
  outputs: ({ s }) => ({ y: halved(s) }),
  compose({ s }, { width }) {
    const [a, b] = halves(s, width);
    return { y: tf.reshape(tf.mul(tf.sub(tf.mul(2, a), 1), b), halved(s as TensorSpec).shape as number[]) };
  },
  webgpu: ({ inputs: { s }, attributes: { width } }) =>
    eachPair(s, width, ['s'], 'y', 'y[i] = (2.0 * s[p] - 1.0) * s[q];'),
  cpu: combineOnHost,
  wasm: combineOnHost,
});

/** da = dy s_b (1 − t²) with t = 2 s_a − 1, db = dy t s_b (1 − s_b). */
const backward = /* @__PURE__ */ defineOp<'s' | 'dy', 'dx', Attributes>({
  name: 'flows/gateGrad',
  outputs: ({ s }) => ({ dx: s }),
  compose({ s, dy }, { width }) {
    const [a, b] = halves(s, width);
    const t = tf.sub(tf.mul(2, a), 1);
    const above = tf.mul(tf.reshape(dy, a.shape), b);
    const da = tf.mul(above, tf.sub(1, tf.square(t)));
    const db = tf.mul(tf.mul(above, t), tf.sub(1, b));
    return { dx: tf.reshape(tf.stack([da, db], 1), s.shape) };
  },
  webgpu: ({ inputs: { s }, attributes: { width } }) =>
    eachPair(
      s,
      width,
      ['s', 'dy'],
      'dx',
      `let t = 2.0 * s[p] - 1.0;
    let above = dy[i] * s[q];
    dx[p] = above * (1.0 - t * t);
    dx[q] = above * t * (1.0 - s[q]);`,
    ),
  cpu: gradientOnHost,
  wasm: gradientOnHost,
});

/** A kernel that visits each pair: `i` of the half, `p` and `q` of the whole. */
function eachPair(s: TensorSpec, width: number, reads: string[], write: string, each: string): Pass | undefined {
  const size = sizeOf(s.shape) / 2;
  if (size === 0) return undefined;
  return {
    code: `@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * 256u + local;
  if (i < params.size) {
    let p = (i / params.width) * 2u * params.width + i % params.width;
    let q = p + params.width;
    ${each}
  }
}`,
    reads,
    writes: [write],
    groups: Math.ceil(size / 256),
    integers: { size, width },
  };
}

function combineOnHost({ inputs: { s }, outputs: { y }, attributes: { width } }: HostCall<'s', 'y', Attributes>): void {
  for (let i = 0, p = 0; i < y.length; p += width) {
    for (const end = p + width; p < end; p++, i++) y[i] = (2 * (s[p] as number) - 1) * (s[p + width] as number);
  }
}

function gradientOnHost(call: HostCall<'s' | 'dy', 'dx', Attributes>): void {
  const { s, dy } = call.inputs;
  const { dx } = call.outputs;
  const { width } = call.attributes;
  for (let i = 0, p = 0; i < dy.length; p += width) {
    for (const end = p + width; p < end; p++, i++) {
      const t = 2 * (s[p] as number) - 1;
      const b = s[p + width] as number;
      const above = (dy[i] as number) * b;
      dx[p] = above * (1 - t * t);
      dx[p + width] = above * t * (1 - b);
    }
  }
}
