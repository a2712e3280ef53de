import type { DeviceReport } from '../protocol';

const names = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'Plain JavaScript' };

/** The backend in two words, for the readings. */
export function deviceName({ backend }: DeviceReport): string {
  return names[backend];
}

/** The backend with all that is known of it: the adapter or the features, and why a better one is not in use. */
export function deviceWords({ backend, adapter, features, fallbacks }: DeviceReport): string {
  const known = adapter
    ? [...new Set([adapter.description || adapter.device, adapter.vendor, adapter.architecture])]
    : features;
  const details = known.filter((word) => word !== '').join(', ');
  const reasons = fallbacks.map((fallback) => ` ${names[fallback.backend]} cannot be used: ${fallback.reason}.`);
  return `Running on ${names[backend]}${details ? ` (${details})` : ''}.${reasons.join('')}`;
}
