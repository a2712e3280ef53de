import type { GpuBackend, GpuData } from '../webgpu/gpuBackend';
import type { Buffers } from './observation';

/**
 * The memory of one recording. Inside it a buffer that is released serves the next tensor of its size, in the recorded
 * order; one that holds a constant keeps it.
 */
export class PrivatePool implements Buffers {
  private readonly all = new Set<GPUBuffer>();
  private readonly constants = new Set<GPUBuffer>();
  private readonly free = new Map<string, GPUBuffer[]>();
  private readonly create: GpuBackend['bufferManager']['acquireBuffer'];
  private readonly giveBack: GpuBackend['bufferManager']['releaseBuffer'];

  constructor({ bufferManager }: GpuBackend) {
    this.create = bufferManager.acquireBuffer.bind(bufferManager);
    this.giveBack = bufferManager.releaseBuffer.bind(bufferManager);
  }

  acquire(size: number, usage: number, mapped: boolean, reuse = true): GPUBuffer {
    // Read from the host when the call is long over.
    if (usage & GPUBufferUsage.MAP_READ) return this.create(size, usage, mapped, reuse);
    const constant = mapped || (usage & GPUBufferUsage.UNIFORM) !== 0;
    const known = constant ? undefined : this.free.get(`${size} ${usage}`)?.pop();
    if (known !== undefined) return known;
    const buffer = this.create(size, usage, mapped, false);
    this.all.add(buffer);
    if (constant) this.constants.add(buffer);
    return buffer;
  }

  release(buffer: GPUBuffer, reuse: boolean): void {
    if (!this.all.has(buffer)) this.giveBack(buffer, reuse);
    else if (!this.constants.has(buffer)) {
      const key = `${buffer.size} ${buffer.usage}`;
      this.free.set(key, [...(this.free.get(key) ?? []), buffer]);
    }
  }

  owns(buffer: GPUBuffer): boolean {
    return this.all.has(buffer);
  }

  /** Leaves a tensor that outlives the recording its buffer, as one of tfjs's. */
  handOver({ resource }: GpuData): void {
    if (resource != null) this.all.delete(resource);
  }

  destroy(): void {
    for (const buffer of this.all) this.giveBack(buffer, false);
    this.all.clear();
    this.free.clear();
  }
}

/** Where tfjs's own pool serves the call. */
export function usualBuffers({ bufferManager }: GpuBackend): Buffers {
  return {
    acquire: bufferManager.acquireBuffer.bind(bufferManager),
    release: bufferManager.releaseBuffer.bind(bufferManager),
  };
}
