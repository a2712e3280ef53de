import { defineOp, type Numbers, type Op, type OpDefinition, sizeOf, type TensorSpec } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { advanceClock, clockState, readClock } from './counter';

/** Tensors of one shape that are overwritten element by element: an update of a variable and what belongs to it. */
export interface Elementwise<
  Write extends string = string,
  Read extends string = string,
  Shared extends string = string,
  Constant extends string = string,
> {
  /** Of the op; what it computes must depend on nothing else but the constants of a call. */
  name: string;
  /** Variables, overwritten. */
  writes: readonly Write[];
  /** Tensors of the same shape. */
  reads: readonly Read[];
  /** Small tensors that every element sees whole. */
  shared: readonly Shared[];
  /** Whether the update counts its steps: it then also overwrites `clock`, see `makeClock`. */
  counts: boolean;
  /** WGSL functions that `wgsl` calls. */
  wgslFunctions?: string;
  /**
   * WGSL statements for the element `i`: of each tensor a `T`, which is f32 or vec4<f32>; constants are `params.name`; an
   * update that counts knows its step, `t`, from 1.
   */
  wgsl: string;
  /** The same in a loop over typed arrays. */
  host(numbers: Record<Write | Read | Shared, Numbers>, constants: Record<Constant, number>, t: number): void;
  /** The same in tfjs ops: the new values. */
  compose(
    tensors: Record<Write | Read | Shared, tf.Tensor>,
    constants: Record<Constant, number>,
    t: tf.Scalar,
  ): Record<Write, tf.Tensor>;
}

/**
 * An update's op: its inputs are the tensors of the update, `clock` where it counts, and optionally `guard`, an int32
 * of one element: when that is not zero, nothing changes. One dispatch.
 */
export type ElementwiseOp = Op<string, never, Record<string, number>>;

const ops = new Map<string, ElementwiseOp>();

/** The op of an update; it is defined when it is first asked for. */
export function elementwiseOp(update: Elementwise): ElementwiseOp {
  let op = ops.get(update.name);
  if (op === undefined) {
    op = defineOp(definitionOf(update));
    ops.set(update.name, op);
  }
  return op;
}

const THREADS = 256;

/** What `defineOp` is told of an update. */
function definitionOf(update: Elementwise): OpDefinition<string, never, Record<string, number>> {
  const { name, counts } = update;
  const writes = [...update.writes, ...(counts ? ['clock'] : [])];
  const host: OpDefinition<string, never, Record<string, number>>['cpu'] = ({ inputs, attributes }) => {
    const { guard, clock } = inputs as Partial<Record<string, Numbers>>;
    if (guard?.[0]) return;
    const t = (clock?.[0] ?? 0) + 1;
    update.host(inputs, attributes, t);
    if (clock) clock[0] = t;
  };
  return {
    name,
    writes,
    outputs: () => ({}),
    webgpu: ({ inputs, attributes }) => {
      const size = sizeOf((inputs[update.writes[0] as string] as TensorSpec).shape);
      const wide = size % 4 === 0;
      const count = wide ? size / 4 : size;
      const guarded = 'guard' in inputs;
      const element = wide ? 'vec4<f32>' : 'f32';
      return {
        code: codeOf(update, element, guarded),
        reads: [...update.reads, ...update.shared, ...(guarded ? ['guard'] : [])],
        writes,
        groups: Math.ceil(count / THREADS),
        integers: { count },
        floats: attributes,
        types: {
          ...Object.fromEntries([...update.writes, ...update.reads].map((tensor) => [tensor, element])),
          clock: 'atomic<i32>',
        },
      };
    },
    cpu: host,
    wasm: host,
    compose: (inputs, constants) => {
      const { guard, clock } = inputs as Partial<Record<string, tf.Tensor>>;
      const done = clock ? tf.slice(clock, [0], [1]) : tf.zeros([1], 'int32');
      const t = tf.cast(tf.reshape(tf.add(done, tf.onesLike(done)), []), 'float32') as tf.Scalar;
      const after: Record<string, tf.Tensor> = { ...update.compose(inputs, constants, t) };
      if (clock) after.clock = tf.add(clock, tf.tensor1d([1, 0], 'int32'));
      if (!guard) return after;
      const goes = tf.equal(tf.reshape(guard, []), tf.scalar(0, 'int32'));
      const chosen = (tensor: string) => {
        const before = inputs[tensor] as tf.Tensor;
        return tf.where(tf.broadcastTo(goes, before.shape), after[tensor] as tf.Tensor, before);
      };
      return Object.fromEntries(writes.map((tensor) => [tensor, chosen(tensor)]));
    },
  };
}

const codeOf = ({ counts, wgsl, wgslFunctions = '' }: Elementwise, element: string, guarded: boolean): string => `
alias T = ${element};
${counts ? clockState : ''}
${wgslFunctions}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  ${guarded ? 'if (guard[0] != 0) { return; }' : ''}
  ${counts ? readClock : ''}
  let i = groupIndex(group, groups) * ${THREADS}u + local;
  if (i < params.count) {
    ${wgsl}
  }
  ${counts ? advanceClock : ''}
}`;
