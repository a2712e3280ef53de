import type * as tf from '@tensorflow/tfjs-core';
import type { Heap, Numbers } from './heap';
import type { TensorSpec } from './tensorSpec';

/** What a kernel on typed arrays is given. */
export interface HostCall<Inputs extends string, Outputs extends string, Attributes> {
  /** Numbers by name; an input that was left out is not there. Inputs declared as written are to be written. */
  inputs: Readonly<Record<Inputs, Numbers>>;
  /** To be filled; they hold anything. */
  outputs: Readonly<Record<Outputs, Numbers>>;
  shapes: Readonly<Record<Inputs | Outputs, readonly number[]>>;
  attributes: Attributes;
}

export type HostKernel<Inputs extends string, Outputs extends string, Attributes> = (
  call: HostCall<Inputs, Outputs, Attributes>,
) => void;

/** Runs a kernel on typed arrays: outputs are made first, since making them may move wasm's heap. */
export function runHostKernel(
  heap: Heap,
  kernel: HostKernel<string, string, object>,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  outputs: Readonly<Record<string, TensorSpec>>,
  written: readonly string[],
  attributes: object,
): tf.TensorInfo[] {
  const made = Object.entries(outputs).map(([name, spec]) => [name, heap.make(spec)] as const);
  for (const name of written) heap.beforeWrite(inputs[name] as tf.TensorInfo);
  const numbersOf = (tensors: (readonly [string, tf.TensorInfo])[]) =>
    Object.fromEntries(tensors.map(([name, tensor]) => [name, heap.numbers(tensor)]));
  const all = [...Object.entries(inputs), ...made];
  kernel({
    inputs: numbersOf(Object.entries(inputs)),
    outputs: numbersOf(made),
    shapes: Object.fromEntries(all.map(([name, { shape }]) => [name, shape])),
    attributes,
  });
  for (const name of written) heap.afterWrite(inputs[name] as tf.TensorInfo);
  return made.map(([, tensor]) => tensor);
}
