import type * as tf from '@tensorflow/tfjs-core';
import type { Pass, Passes } from '../webgpu/pass';
import type { HostKernel } from './hostKernel';
import type { TensorSpec } from './tensorSpec';

/** Tensors by name; an input that a call leaves out is not there. */
export type Tensors<Names extends string> = Readonly<Record<Names, tf.Tensor>>;

/** What a WebGPU kernel is chosen and sized by. */
export interface GpuCall<Inputs extends string, Outputs extends string, Attributes> {
  inputs: Readonly<Record<Inputs, TensorSpec>>;
  outputs: Readonly<Record<Outputs, TensorSpec>>;
  attributes: Attributes;
  /** Of the device: `shader-f16`, `subgroups`, … */
  features: ReadonlySet<string>;
  limits: GPUSupportedLimits;
}

/** An op: what it computes, in as many ways as pay. */
export interface OpDefinition<Inputs extends string, Outputs extends string, Attributes extends object> {
  /** In tfjs's registry; a package's own ops begin with its name. */
  name: string;
  /** Shape and type of each output. */
  outputs(inputs: Readonly<Record<Inputs, TensorSpec>>, attributes: Attributes): Record<Outputs, TensorSpec>;
  /** Inputs that the op overwrites; they must be variables, and none may be an output's name. */
  writes?: readonly Inputs[];
  /** The same in plain tfjs ops: outputs, and the new values of the inputs written. Runs where there is no kernel. */
  compose(inputs: Tensors<Inputs>, attributes: Attributes): Record<string, tf.Tensor>;
  /** The dispatches on WebGPU; undefined for a case that is better composed. */
  webgpu?(call: GpuCall<Inputs, Outputs, Attributes>): Pass | Passes | undefined;
  /** On the typed arrays of tfjs's wasm heap. */
  wasm?: HostKernel<Inputs, Outputs, Attributes>;
  /** On plain typed arrays. */
  cpu?: HostKernel<Inputs, Outputs, Attributes>;
  /**
   * The gradient, made of ops, so that it can be differentiated again where they can. Left out, it is the composition's;
   * of an op that overwrites inputs there is none then.
   */
  grad?: Gradient<Inputs, Outputs, Attributes>;
}

/** How gradients go back through an op. */
export interface Gradient<Inputs extends string, Outputs extends string, Attributes extends object> {
  /** The inputs and outputs that it needs. */
  saves: readonly (Inputs | Outputs)[];
  /** From the gradients of all outputs (zeros for unused ones) those of the inputs that have one. */
  of(
    dy: Tensors<Outputs>,
    saved: Tensors<Inputs | Outputs>,
    attributes: Attributes,
  ): Partial<Record<Inputs, () => tf.Tensor>>;
}

/** Any op, where names and attributes do not matter. */
export type AnyOp = OpDefinition<string, string, object>;

/** What tfjs carries as the kernel's attributes: also which tensors there are, in their order. */
export interface Call {
  attributes: object;
  inputs: string[];
  outputs: string[];
}
