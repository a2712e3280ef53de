import * as tf from '@tensorflow/tfjs-core';
import type { Value, WasmBackend } from './wasmBackend';

export interface Call<Attributes> {
  inputs: Readonly<Record<string, Value>>;
  attrs: Attributes;
  backend: WasmBackend;
}

export type Kernel<Attributes> = (call: Call<Attributes>) => Value;

/** Puts another kernel in the place of one of the wasm backend's; it may call the old one. */
export function replaceKernel<Attributes>(name: string, make: (old: Kernel<Attributes>) => Kernel<Attributes>): void {
  const registered = tf.getKernel(name, 'wasm');
  if (!registered) throw new Error(`tfjs's wasm backend has no kernel ${name}; runtime was made for 4.22`);
  tf.unregisterKernel(name, 'wasm');
  const kernelFunc = make(registered.kernelFunc as unknown as Kernel<Attributes>);
  tf.registerKernel({ ...registered, kernelFunc: kernelFunc as unknown as tf.KernelFunc });
}

/** Gives the wasm backend a kernel that it lacks. */
export function addKernel<Attributes>(kernelName: string, kernel: Kernel<Attributes>): void {
  tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: kernel as unknown as tf.KernelFunc });
}

/** One of the wasm backend's kernels, as it is registered now. */
export function kernelOf<Attributes>(name: string): Kernel<Attributes> {
  return (call) => (tf.getKernel(name, 'wasm') as tf.KernelConfig).kernelFunc(call as never) as Value;
}
