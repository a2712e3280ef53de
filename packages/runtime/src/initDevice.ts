import { type BackendName, backendNames, type Device, type Fallback, type OpenedBackend } from './device';
import { openCpu } from './tfjs/openCpu';
import { openWasm, type WasmPaths } from './tfjs/openWasm';
import { openWebgpu } from './tfjs/openWebgpu';

export interface InitDeviceOptions {
  /** The backends to try, in this order. Default: webgpu, wasm, cpu. */
  prefer?: readonly BackendName[];
  /** Where a browser finds the .wasm files of tfjs-backend-wasm: a folder's URL, or a URL for each file name. */
  wasmPaths?: WasmPaths;
  /** Hears in one line what was fallen back to and why. Default: `console.warn`. */
  onFallback?: (message: string) => void;
}

/**
 * Opens the best device that is there and makes tfjs compute on it: WebGPU (with all that the adapter allows), else
 * WebAssembly, else plain JavaScript. In Node, WebGPU comes through the optional peer `webgpu`.
 *
 * A second WebGPU device replaces the first, whose tensors are lost.
 *
 * @returns the device: which backend, which GPU, which features, and what could not be had.
 * @throws TypeError when `prefer` is empty or names an unknown backend; Error when none of them can be had, with the
 *   reason for each.
 *
 * @example
 * const device = await initDevice({ prefer: ['webgpu', 'wasm'] });
 * console.log(device.backend, device.adapter?.description);
 */
export async function initDevice(options: InitDeviceOptions = {}): Promise<Device> {
  const { prefer = backendNames, wasmPaths, onFallback = console.warn } = options;
  if (prefer.length === 0 || prefer.some((name) => !backendNames.includes(name))) {
    throw new TypeError(
      `initDevice: prefer must be a non-empty list of ${backendNames.join(', ')}, got [${prefer.join(', ')}]`,
    );
  }
  const open: Record<BackendName, () => Promise<OpenedBackend>> = {
    webgpu: openWebgpu,
    wasm: () => openWasm(wasmPaths),
    cpu: openCpu,
  };

  const fallbacks: Fallback[] = [];
  for (const backend of prefer) {
    try {
      const opened = await open[backend]();
      if (fallbacks.length > 0) onFallback(`initDevice: using ${backend}, since ${tell(fallbacks)}`);
      return { ...opened, fallbacks };
    } catch (error) {
      fallbacks.push({ backend, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw new Error(`initDevice: no backend can be had; ${tell(fallbacks)}`);
}

const tell = (fallbacks: Fallback[]) =>
  fallbacks.map(({ backend, reason }) => `${backend} is not available: ${reason}`).join('; ');
