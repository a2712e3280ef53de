import { addKernel } from './replaceKernel';
import { sizeOf, type Value, type WasmBackend } from './wasmBackend';

/**
 * Complex tensors, which the backend lacks: real and imaginary part lie side by side in its memory, so that they are
 * shared, reshaped and disposed of as any other. What makes them and takes them apart stands here.
 */
export function addComplexNumbers(): void {
  addKernel<object>('Complex', ({ inputs, backend }) => {
    const { real, imag } = inputs as { real: Value; imag: Value };
    // Every complex tensor comes from one of these.
    makeReadable(backend as Readable);
    const made = backend.makeOutput([...real.shape], 'complex64');
    const [re, im, to] = [backend.typedArrayFromHeap(real), backend.typedArrayFromHeap(imag), pairs(backend, made)];
    for (let i = 0; i < re.length; i++) {
      to[2 * i] = re[i] as number;
      to[2 * i + 1] = im[i] as number;
    }
    return made;
  });
  const part = (name: string, of: (re: number, im: number) => number) =>
    addKernel<object>(name, ({ inputs, backend }) => {
      const value = (inputs.input ?? inputs.x) as Value;
      const made = backend.makeOutput([...value.shape], 'float32');
      const [from, to] = [pairs(backend, value), backend.typedArrayFromHeap(made)];
      for (let i = 0; i < to.length; i++) to[i] = of(from[2 * i] as number, from[2 * i + 1] as number);
      return made;
    });
  part('Real', (re) => re);
  part('Imag', (_, im) => im);
  part('ComplexAbs', Math.hypot);
}

/** The numbers of a complex tensor, real and imaginary in turn. */
export const pairs = (backend: WasmBackend, { dataId, shape }: Value): Float32Array =>
  new Float32Array(backend.wasm.HEAPU8.buffer, backend.dataIdMap.get(dataId).memoryOffset, 2 * sizeOf(shape));

interface Readable extends WasmBackend {
  readSync(dataId: object, start?: number, end?: number): unknown;
}

const readable = new WeakSet<WasmBackend>();

/** Teaches the backend to read complex tensors back. */
function makeReadable(backend: Readable): void {
  if (readable.has(backend)) return;
  readable.add(backend);
  const read = backend.readSync.bind(backend);
  backend.readSync = (dataId, start, end) => {
    const { dtype, shape } = backend.dataIdMap.get(dataId);
    if (dtype !== 'complex64') return read(dataId, start, end);
    return pairs(backend, { dataId, shape, dtype }).slice(2 * (start || 0), 2 * (end || sizeOf(shape)));
  };
}
