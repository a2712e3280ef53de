import type { TensorSpec } from '../ops/tensorSpec';

/** One dispatch of a kernel. */
export interface Pass {
  /**
   * WGSL with an entry point `fn main`. The bindings are declared for it: each name in `reads` and `writes` is a storage
   * array of its tensor's type, each in `integers` and `floats` a field of the uniform `params`. It may call
   * `groupIndex(workgroup_id, num_workgroups)`, the flat index of a workgroup of those that `groups` counts; it must
   * return when that is beyond them.
   */
  code: string;
  /** Inputs (or scratch) read. */
  reads: readonly string[];
  /** Outputs, inputs declared as written, or scratch. */
  writes: readonly string[];
  /** How many workgroups; more than the device allows in one dimension are spread over two. */
  groups: number | readonly [number, number, number];
  /** `params` of type u32: sizes. Not baked into the code, so that one pipeline serves all shapes. */
  integers?: Readonly<Record<string, number>>;
  /** `params` of type f32. */
  floats?: Readonly<Record<string, number>>;
  /** Other element types than the tensors' own, for example `vec4<f32>` or `atomic<i32>`. */
  types?: Readonly<Record<string, string>>;
  /** WGSL extensions, of those the device has: `f16`, `subgroups`. */
  enable?: readonly string[];
}

/** All dispatches of one call, and what they hand each other. */
export interface Passes {
  passes: readonly Pass[];
  /** Buffers that live only for the call. */
  scratch?: Readonly<Record<string, TensorSpec>>;
}
