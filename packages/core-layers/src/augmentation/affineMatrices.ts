import { defineOp, type HostCall, randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { elementwise } from '../kernels/elementwise';

export type Range = readonly [low: number, high: number];

/** What is drawn for each image. */
export interface Moves {
  /** Clockwise, in degrees. */
  angle?: Range;
  /** To the right and down, whole numbers of both ends included, then moved by `shift`. */
  right?: Range;
  down?: Range;
  shift?: readonly [right: number, down: number];
  scale?: Range;
  /** In degrees. */
  shearX?: Range;
  shearY?: Range;
  /** The probability to be mirrored. */
  flipX?: number;
  flipY?: number;
}

/** Numbers that a kernel is told, in the order of the draws: the low end and the width of each range. */
interface Attributes {
  low: readonly number[];
  width: readonly number[];
  shift: readonly [number, number];
  flip: readonly [number, number];
}

/**
 * Matrices for `affineTransform`, [B, 6], of rotation, shear, scale, translation and mirroring drawn for each image; two
 * dispatches on WebGPU. The inverse of torchvision's `T C R(angle) S(shear) scale C⁻¹`.
 */
export function drawMatrices(B: number, moves: Moves, seed: Seed): tf.Tensor {
  const { angle = [0, 0], right = [0, 0], down = [0, 0], scale = [1, 1], shearX = [0, 0], shearY = [0, 0] } = moves;
  const whole = ([low, high]: Range): Range => [low, high + 1]; // then rounded down
  const ranges = [angle, whole(right), whole(down), scale, shearX, shearY];
  const attributes = {
    low: ranges.map(([low]) => low),
    width: ranges.map(([low, high]) => high - low),
    shift: moves.shift ?? [0, 0],
    flip: [moves.flipX ?? 0, moves.flipY ?? 0],
  } as const;
  return tf.tidy(() => toMatrices({ draws: randomUniform([B, 8], { seed }) }, attributes).matrices);
}

const RADIANS = Math.PI / 180;

const toMatrices = /* @__PURE__ */ defineOp<'draws', 'matrices', Attributes>({
  name: 'core-layers/affineMatrices',
  outputs: ({ draws }) => ({ matrices: { shape: [draws.shape[0] as number, 6], dtype: 'float32' } }),
  compose: ({ draws }, attributes) => ({ matrices: composed(draws, attributes) }),
  webgpu: ({ inputs: { draws }, attributes: { low, width, shift, flip } }) => {
    const B = draws.shape[0] as number;
    if (B === 0) return undefined;
    const named = (name: string, values: readonly number[]) =>
      Object.fromEntries(values.map((value, k) => [`${name}${k}`, value]));
    return elementwise(B, {
      functions: `
fn drawn(i: u32, k: u32, low: f32, width: f32) -> f32 { return low + width * draws[8u * i + k]; }
fn whole(i: u32, k: u32, low: f32, width: f32) -> f32 {
  return min(floor(drawn(i, k, low, width)), low + width - 1.0);
}
// Cosine and sine of an angle in degrees, by the nearest quarter of a turn and polynomials from there: WGSL's own may be off.
fn turn(degrees: f32) -> vec2<f32> {
  let quarter = round(degrees / 90.0);
  let a = (degrees - 90.0 * quarter) * ${RADIANS};
  let z = a * a;
  let c = 1.0 + z * (-0.5 + z * (0.0416666667 + z * (-0.00138888889 + z * 0.0000248015873)));
  let s = a * (1.0 + z * (-0.166666667 + z * (0.00833333333 + z * (-0.000198412698 + z * 0.00000275573192))));
  let k = i32(quarter) & 3;
  let turned = select(vec2<f32>(c, s), vec2<f32>(-s, c), (k & 1) == 1);
  return select(turned, -turned, k >= 2);
}`,
      each: `let angle = drawn(i, 0u, params.low0, params.width0);
  let right = whole(i, 1u, params.low1, params.width1) + params.shift0;
  let down = whole(i, 2u, params.low2, params.width2) + params.shift1;
  let scale = drawn(i, 3u, params.low3, params.width3);
  let shearX = turn(drawn(i, 4u, params.low4, params.width4));
  let y = drawn(i, 5u, params.low5, params.width5);
  let shearY = turn(y);
  let rotation = turn(angle);
  let both = turn(angle - y);
  let tangent = shearX.y / shearX.x;
  let a = both.x / shearY.x;
  let b = -both.x * tangent / shearY.x - rotation.y;
  let c = both.y / shearY.x;
  let d = -both.y * tangent / shearY.x + rotation.x;
  let flipX = select(1.0, -1.0, draws[8u * i + 6u] < params.flip0);
  let flipY = select(1.0, -1.0, draws[8u * i + 7u] < params.flip1);
  matrices[6u * i] = d / scale * flipX;
  matrices[6u * i + 1u] = -b / scale * flipY;
  matrices[6u * i + 2u] = (b * down - d * right) / scale;
  matrices[6u * i + 3u] = -c / scale * flipX;
  matrices[6u * i + 4u] = a / scale * flipY;
  matrices[6u * i + 5u] = (c * right - a * down) / scale;`,
      reads: ['draws'],
      writes: ['matrices'],
      floats: { ...named('low', low), ...named('width', width), ...named('shift', shift), ...named('flip', flip) },
    });
  },
  cpu: onHost,
  wasm: onHost,
  grad: { saves: ['draws'], of: (_, { draws }) => ({ draws: () => tf.zerosLike(draws) }) },
});

function onHost({
  inputs: { draws },
  outputs: { matrices },
  attributes,
}: HostCall<'draws', 'matrices', Attributes>): void {
  const { low, width, shift, flip } = attributes;
  const { fround } = Math;
  for (let i = 0; i < draws.length / 8; i++) {
    const draw = (k: number) =>
      fround((low[k] as number) + fround((width[k] as number) * (draws[8 * i + k] as number)));
    const whole = (k: number) => Math.min(Math.floor(draw(k)), (low[k] as number) + (width[k] as number) - 1);
    const [angle, shearX, shearY] = [draw(0) * RADIANS, draw(4) * RADIANS, draw(5) * RADIANS];
    const [right, down, scale] = [whole(1) + shift[0], whole(2) + shift[1], draw(3)];
    const [cos, sin, tan] = [Math.cos(angle - shearY), Math.sin(angle - shearY), Math.tan(shearX)];
    const a = cos / Math.cos(shearY);
    const b = (-cos * tan) / Math.cos(shearY) - Math.sin(angle);
    const c = sin / Math.cos(shearY);
    const d = (-sin * tan) / Math.cos(shearY) + Math.cos(angle);
    const [flipX, flipY] = [0, 1].map((k) => ((draws[8 * i + 6 + k] as number) < (flip[k] as number) ? -1 : 1)) as [
      number,
      number,
    ];
    const rows = [d * flipX, -b * flipY, b * down - d * right, -c * flipX, a * flipY, c * right - a * down];
    for (const [k, value] of rows.entries()) matrices[6 * i + k] = value / scale;
  }
}

function composed(draws: tf.Tensor, { low, width, shift, flip }: Attributes): tf.Tensor {
  const B = draws.shape[0] as number;
  if (B === 0) return tf.zeros([0, 6]);
  const u = tf.split(draws, 8, 1) as tf.Tensor[]; // each [B, 1]
  const draw = (k: number) => tf.add(tf.mul(u[k] as tf.Tensor, width[k] as number), low[k] as number);
  const whole = (k: number) => tf.minimum(tf.floor(draw(k)), (low[k] as number) + (width[k] as number) - 1);
  const radians = (k: number) => tf.mul(draw(k), RADIANS);
  const [angle, shearX, shearY, scale] = [radians(0), radians(4), radians(5), draw(3)];
  const [right, down] = [tf.add(whole(1), shift[0]), tf.add(whole(2), shift[1])];
  const both = tf.sub(angle, shearY);
  const [a, c] = [tf.div(tf.cos(both), tf.cos(shearY)), tf.div(tf.sin(both), tf.cos(shearY))];
  const b = tf.neg(tf.add(tf.mul(a, tf.tan(shearX)), tf.sin(angle)));
  const d = tf.sub(tf.cos(angle), tf.mul(c, tf.tan(shearX)));
  const mirror = (k: 0 | 1) => tf.sub(1, tf.mul(2, tf.cast(tf.less(u[6 + k] as tf.Tensor, flip[k]), 'float32')));
  const [flipX, flipY] = [mirror(0), mirror(1)];
  const rows = [
    tf.mul(d, flipX),
    tf.neg(tf.mul(b, flipY)),
    tf.sub(tf.mul(b, down), tf.mul(d, right)),
    tf.neg(tf.mul(c, flipX)),
    tf.mul(a, flipY),
    tf.sub(tf.mul(c, right), tf.mul(a, down)),
  ];
  return tf.div(tf.concat(rows, 1), scale);
}
