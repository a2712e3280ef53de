import { type BackendName, type Device, initDevice } from '@tenonjs/runtime';

/** Software that plays a GPU: slower than WebAssembly. */
const software = /swiftshader|llvmpipe|lavapipe|software/i;

/**
 * Opens the wanted backend, or the first that is there, where a GPU played in software does not count.
 *
 * @param say - hears of what could not be had.
 */
export async function openDevice(wanted: BackendName | undefined, say: (line: string) => void): Promise<Device> {
  if (wanted) return initDevice({ prefer: [wanted] });
  const device = await initDevice({ onFallback: say });
  const { adapter } = device;
  if (!adapter || !software.test(Object.values(adapter).join(' '))) return device;
  device.dispose();
  say(
    `the GPU here is software (${adapter.description || adapter.device}), so WebAssembly is used; --backend webgpu insists`,
  );
  return initDevice({ prefer: ['wasm', 'cpu'], onFallback: say });
}
