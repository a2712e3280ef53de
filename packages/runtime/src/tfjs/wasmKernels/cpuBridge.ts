import * as tf from '@tensorflow/tfjs-core';
import type { Call, Kernel } from './replaceKernel';
import type { Value, WasmBackend } from './wasmBackend';

/** What is needed of tfjs's cpu backend. */
interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: string, values: ArrayLike<number>): Value;
  data: { get(dataId: object): { values: ArrayLike<number> & ArrayBufferView } };
  disposeData(dataId: object, force?: boolean): boolean;
}

/**
 * A kernel that the wasm backend lacks, done by the cpu backend's on a copy of the numbers: right, and as slow as that.
 *
 * @param name - the kernel's.
 * @returns a kernel that throws, when it is called, where the cpu backend is not loaded.
 */
export function bridged<Attributes>(name: string): Kernel<Attributes> {
  return (call) => {
    const kernel = tf.getKernel(name, 'cpu');
    const cpu = (tf.findBackendFactory('cpu') ? tf.findBackend('cpu') : null) as unknown as CpuBackend | null;
    if (!kernel || !cpu) {
      throw new Error(
        `${name}: tfjs's wasm backend has no such kernel, and the cpu backend's, which could stand in, is not loaded; import '@tensorflow/tfjs-backend-cpu'`,
      );
    }
    return run(kernel.kernelFunc, call as Call<tf.NamedAttrMap>, cpu);
  };
}

function run(kernel: tf.KernelFunc, { inputs, attrs, backend }: Call<tf.NamedAttrMap>, cpu: CpuBackend): Value {
  const copies = Object.entries(inputs)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, copyOf(value, backend, cpu)] as const);
  const results = kernel({ inputs: Object.fromEntries(copies), attrs, backend: cpu } as never);
  const made = [results].flat().map((result) => {
    const value = result as Value;
    return backend.makeOutput(value.shape, value.dtype, undefined, cpu.data.get(value.dataId).values);
  });
  // A kernel may hand an input through, sharing its numbers.
  const ids = new Set([...copies.map(([, value]) => value.dataId), ...[results].flat().map(({ dataId }) => dataId)]);
  for (const id of ids) cpu.disposeData(id, true);
  return (Array.isArray(results) ? made : made[0]) as Value;
}

const copyOf = (value: Value, backend: WasmBackend, cpu: CpuBackend): Value =>
  cpu.makeTensorInfo(value.shape, value.dtype, backend.typedArrayFromHeap(value).slice());
