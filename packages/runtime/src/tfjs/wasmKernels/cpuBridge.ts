import * as tf from '@tensorflow/tfjs-core';
import { pairs } from './complexNumbers';
import type { Call, Kernel } from './replaceKernel';
import type { Value, WasmBackend } from './wasmBackend';

/** A tensor's numbers on the cpu backend; a complex one is made of two tensors, text of bytes. */
interface Held {
  values: ArrayLike<number> & ArrayBufferView;
  complexTensorInfos?: { real: Value; imag: Value };
}

/** What is needed of tfjs's cpu backend. */
interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: string, values: unknown): Value;
  data: { get(dataId: object): Held };
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

/** An input may be a list of tensors. */
type Inputs = Readonly<Record<string, Value | readonly Value[] | undefined>>;

function run(kernel: tf.KernelFunc, { inputs, attrs, backend }: Call<tf.NamedAttrMap>, cpu: CpuBackend): Value {
  const ids = new Set<object>();
  const copy = (value: Value) => {
    const made = copyOf(value, backend, cpu);
    ids.add(made.dataId);
    return made;
  };
  const given = Object.entries(inputs as Inputs).filter(([, value]) => value !== undefined);
  const copies = given.map(([name, value]) => [name, Array.isArray(value) ? value.map(copy) : copy(value as Value)]);
  const results = kernel({ inputs: Object.fromEntries(copies), attrs, backend: cpu } as never);
  const made = [results].flat().map((result) => broughtBack(result as Value, backend, cpu));
  // A kernel may hand an input through, sharing its numbers.
  for (const { dataId } of [results].flat()) ids.add(dataId);
  for (const id of ids) cpu.disposeData(id, true);
  return (Array.isArray(results) ? made : made[0]) as Value;
}

function copyOf(value: Value, backend: WasmBackend, cpu: CpuBackend): Value {
  const { shape, dtype, dataId } = value;
  if ((dtype as string) === 'string')
    return cpu.makeTensorInfo(shape, dtype, backend.dataIdMap.get(dataId).stringBytes);
  if (dtype !== 'complex64') return cpu.makeTensorInfo(shape, dtype, backend.typedArrayFromHeap(value).slice());
  const numbers = pairs(backend, value);
  const part = (offset: number) =>
    cpu.makeTensorInfo(
      shape,
      'float32',
      Float32Array.from({ length: numbers.length / 2 }, (_, i) => numbers[2 * i + offset] as number),
    );
  const [real, imag] = [part(0), part(1)];
  const complex = (tf.getKernel('Complex', 'cpu') as tf.KernelConfig).kernelFunc;
  const made = complex({ inputs: { real, imag }, attrs: {}, backend: cpu } as never) as Value;
  // The complex tensor holds its parts.
  for (const { dataId: id } of [real, imag]) cpu.disposeData(id);
  return made;
}

function broughtBack({ shape, dtype, dataId }: Value, backend: WasmBackend, cpu: CpuBackend): Value {
  const { values, complexTensorInfos: parts } = cpu.data.get(dataId);
  if (!parts) return backend.makeOutput(shape, dtype, undefined, values);
  const [real, imag] = [cpu.data.get(parts.real.dataId).values, cpu.data.get(parts.imag.dataId).values];
  const both = Float32Array.from({ length: 2 * real.length }, (_, i) => (i % 2 ? imag : real)[i >> 1] as number);
  return backend.makeOutput(shape, dtype, undefined, both);
}
