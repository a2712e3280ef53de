import type { GpuBackend } from './gpuBackend';

/** A compiled kernel. */
export interface Kernel {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

/** What of our own hangs on one webgpu backend. */
export interface Workshop {
  kernels: Map<string, Kernel>;
  /** Why a kernel did not compile, by its code. */
  failures: Map<string, Error>;
  /** Compilations not yet known to have worked. */
  pending: Set<Promise<void>>;
  /** Failures that nobody has been told of. */
  untold: Error[];
  /** Uniform buffers by their contents, which never change. */
  uniforms: Map<string, GPUBuffer>;
  /** Tensors that are written in place: what was read of them does not stay true. */
  writtenInPlace: WeakSet<object>;
}

const workshops = new WeakMap<GpuBackend, Workshop>();

export function workshopOf(backend: GpuBackend): Workshop {
  let workshop = workshops.get(backend);
  if (workshop === undefined) {
    workshop = {
      kernels: new Map(),
      failures: new Map(),
      pending: new Set(),
      untold: [],
      uniforms: new Map(),
      writtenInPlace: new WeakSet(),
    };
    workshops.set(backend, workshop);
    watchReads(backend, workshop);
  }
  return workshop;
}

/**
 * WebGPU says only later that a kernel does not compile: whoever reads a result first is told. And tfjs keeps what it has
 * read of a tensor: of one that is written in place it must read anew.
 */
function watchReads(backend: GpuBackend, { pending, untold, writtenInPlace }: Workshop): void {
  const read = backend.read.bind(backend);
  backend.read = async (id) => {
    await Promise.all(pending);
    const failure = untold.shift();
    if (failure !== undefined) throw failure;
    const values = await read(id);
    if (writtenInPlace.has(id)) forgetValues(backend, id);
    return values;
  };
}

/** Marks a tensor as written by the GPU just now. */
export function noteInPlaceWrite(backend: GpuBackend, id: object): void {
  workshopOf(backend).writtenInPlace.add(id);
  forgetValues(backend, id);
}

function forgetValues(backend: GpuBackend, id: object): void {
  if (!backend.tensorMap.has(id)) return;
  const data = backend.tensorMap.get(id);
  if (data.resource != null) data.values = null;
}
