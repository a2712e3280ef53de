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
  /** Who wants to hear of tensors written in place, and of buffers given back to tfjs's pool. */
  onWrite: Set<(id: object) => void>;
  onRelease: Set<(buffer: GPUBuffer) => void>;
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
      onWrite: new Set(),
      onRelease: new Set(),
    };
    workshops.set(backend, workshop);
    watchReads(backend, workshop);
    watchReleases(backend, workshop);
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
    const reading = read(id); // at once: it copies what the tensor holds now
    await Promise.all(pending);
    const values = await reading;
    const failure = untold.shift();
    if (failure !== undefined) throw failure;
    if (writtenInPlace.has(id)) forgetValues(backend, id);
    return values;
  };
}

function watchReleases({ bufferManager }: GpuBackend, { onRelease }: Workshop): void {
  const release = bufferManager.releaseBuffer.bind(bufferManager);
  bufferManager.releaseBuffer = (buffer, reuse) => {
    for (const hear of onRelease) hear(buffer);
    release(buffer, reuse);
  };
}

/** Calls a function with each buffer that goes back to tfjs's pool. @returns how to stop that. */
export function onRelease(backend: GpuBackend, hear: (buffer: GPUBuffer) => void): () => void {
  workshopOf(backend).onRelease.add(hear);
  return () => workshopOf(backend).onRelease.delete(hear);
}

/** Calls a function with each tensor that is written in place. @returns how to stop that. */
export function onWrite(backend: GpuBackend, hear: (id: object) => void): () => void {
  workshopOf(backend).onWrite.add(hear);
  return () => workshopOf(backend).onWrite.delete(hear);
}

/** Marks a tensor as written by the GPU just now. */
export function noteInPlaceWrite(backend: GpuBackend, id: object): void {
  const { writtenInPlace, onWrite } = workshopOf(backend);
  writtenInPlace.add(id);
  for (const hear of onWrite) hear(id);
  forgetValues(backend, id);
}

function forgetValues(backend: GpuBackend, id: object): void {
  if (!backend.tensorMap.has(id)) return;
  const data = backend.tensorMap.get(id);
  if (data.resource != null) data.values = null;
}
