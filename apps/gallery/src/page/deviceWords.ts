import { backendLabels, type DeviceReport } from '../worker/backends';
import { element } from './element';

/** Says what the worker runs on: in two words among the readings, where there are any, and in full beside the choice. */
export function showDevice(device: DeviceReport): void {
  const reading = document.getElementById('device');
  if (reading) reading.textContent = backendLabels[device.backend];
  element('device-words').textContent = deviceWords(device);
}

/** The backend with all that is known of it: the adapter or the features, and why a better one is not in use. */
function deviceWords({ backend, adapter, features, fallbacks }: DeviceReport): string {
  const known = adapter
    ? [...new Set([adapter.description || adapter.device, adapter.vendor, adapter.architecture])]
    : features;
  const details = known.filter((word) => word !== '').join(', ');
  const reasons = fallbacks.map(
    (fallback) => ` ${backendLabels[fallback.backend]} cannot be used: ${fallback.reason}.`,
  );
  return `Running on ${backendLabels[backend]}${details ? ` (${details})` : ''}.${reasons.join('')}`;
}
