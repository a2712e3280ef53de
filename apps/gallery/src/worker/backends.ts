import type { Device } from '@tenonjs/runtime';

export const backendNames = ['webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** What a visitor reads for each. */
export const backendLabels: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
};

/** The device, without what only the worker can do with it. */
export type DeviceReport = Pick<Device, 'backend' | 'adapter' | 'features' | 'fallbacks'>;
