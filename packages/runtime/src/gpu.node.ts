import { importPeer } from './importPeer';

/** Dawn, started once: it must outlive every object made with it, and it does not keep the process alive. */
let dawn: GPU | undefined;

/** Node's entry to WebGPU: the one that is there already, or else Dawn through the optional peer `webgpu`. */
export async function findGpu(): Promise<GPU> {
  if (globalThis.navigator?.gpu) return navigator.gpu;
  if (dawn === undefined) {
    const { create, globals } = await importPeer('webgpu', () => import('webgpu'));
    Object.assign(globalThis, globals);
    dawn = create([]) as GPU;
  }
  // tfjs-backend-webgpu looks for `navigator.gpu` when it is imported.
  if (globalThis.navigator === undefined)
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(navigator, 'gpu', { value: dawn, configurable: true });
  return dawn;
}

/** Takes Dawn out of sight again. */
export function releaseGpu(): void {
  if (dawn !== undefined && navigator.gpu === dawn) {
    Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  }
}
