import { importPeer } from './importPeer';

let created: GPU | undefined;

/** Node's entry to WebGPU: the one that is there already, or else Dawn through the optional peer `webgpu`. */
export async function findGpu(): Promise<GPU> {
  if (globalThis.navigator?.gpu) return navigator.gpu;
  const dawn = await importPeer('webgpu', () => import('webgpu'));
  Object.assign(globalThis, dawn.globals);
  created = dawn.create([]) as GPU;
  // tfjs-backend-webgpu looks for `navigator.gpu` when it is imported.
  if (globalThis.navigator === undefined)
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(navigator, 'gpu', { value: created, configurable: true });
  return created;
}

/** Lets go of Dawn, which keeps the process alive as long as somebody holds it. */
export function releaseGpu(): void {
  if (created === undefined || navigator.gpu !== created) return;
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  created = undefined;
}
