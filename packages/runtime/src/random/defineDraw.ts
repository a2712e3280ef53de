import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { hostKey, neededKey } from './hostKey';
import type { PhiloxKey } from './philox';
import { keySourceOf, type Seed } from './seed';
import { philoxCode } from './wgsl/philox';
import { streamKey } from './wgsl/streamKey';

/** A law whose draws are float32 numbers, element i a function of the stream's word i or of its block. */
export interface Draw<Law extends object> {
  /** The function that users call. */
  name: string;
  /** The numbers on the host. */
  fill(out: Float32Array, key: PhiloxKey, law: Law): void;
  /** The same in WGSL: `fn draw(words: vec4<u32>) -> vec4<f32>`, with the parameters in `params`. */
  code(): string;
  integers?(law: Law): Record<string, number>;
  floats?(law: Law): Record<string, number>;
}

type Attributes<Law> = { shape: number[]; law: Law; key?: PhiloxKey };

/** Invocations of a workgroup; each makes one block of four numbers. */
const LANES = 64;

/** Defines random numbers of a law once for every backend: one kernel that starts from the key, wherever it lives. */
export function defineDraw<Law extends object>({ name, fill, code, integers, floats }: Draw<Law>) {
  const fillHost = ({ inputs, outputs, attributes: { key, law } }: HostCall<'seed', 'y', Attributes<Law>>) =>
    fill(outputs.y as Float32Array, hostKey(inputs.seed, key), law);
  const op = defineOp<'seed', 'y', Attributes<Law>>({
    name: `runtime/${name}`,
    outputs: (_, { shape }) => ({ y: { shape, dtype: 'float32' } }),
    compose: (_, { shape, law, key }) => {
      const values = new Float32Array(sizeOf(shape));
      fill(values, neededKey(name, key), law);
      return { y: tf.tensor(values, shape, 'float32') };
    },
    cpu: fillHost,
    wasm: fillHost,
    webgpu: ({ attributes: { shape, law, key } }) => {
      const { code: keyCode, reads, integers: keyWords } = streamKey(key);
      return {
        code: `${philoxCode()}${keyCode}${code()}
          @compute @workgroup_size(${LANES})
          fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
                  @builtin(local_invocation_index) lane: u32) {
            let block = groupIndex(group, groups) * ${LANES}u + lane;
            let first = block * 4u;
            if (first >= params.size) { return; }
            let drawn = draw(philox(vec2<u32>(block, 0u), streamKey()));
            for (var j = 0u; j < min(4u, params.size - first); j++) { y[first + j] = drawn[j]; }
          }`,
        reads,
        writes: ['y'],
        groups: Math.ceil(sizeOf(shape) / (4 * LANES)),
        integers: { size: sizeOf(shape), ...keyWords, ...integers?.(law) },
        ...(floats && { floats: floats(law) }),
      };
    },
  });
  return (shape: number[], seed: Seed, law: Law): tf.Tensor => {
    if (!shape.every((size) => Number.isInteger(size) && size >= 0)) {
      throw new RangeError(`${name}: shape must be non-negative integers, got [${shape}]`);
    }
    const { inputs, key } = keySourceOf(name, seed);
    return op(inputs, { shape, law, ...(key && { key }) }).y;
  };
}
