import {
  type BackendName,
  backendNames,
  type Device,
  type DeviceLoss,
  type Fallback,
  type OpenedBackend,
} from './device';
import { checkPoolCap } from './tfjs/instruments/poolCap';
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
  /** Hears that the GPU was lost, other than by `dispose`, and why. Default: `console.warn`. */
  onLost?: (loss: DeviceLoss) => void;
  /** How many bytes of free GPU buffers tfjs may keep for later tensors; see `setPoolCap`. Default: all of them. */
  poolCap?: number;
}

/**
 * Opens the best device that is there and makes tfjs compute on it: WebGPU (with all that the adapter allows), else
 * WebAssembly, else plain JavaScript. In Node, WebGPU comes through the optional peer `webgpu`.
 *
 * A second WebGPU device replaces the first, whose tensors are lost. When a GPU is lost on the way, `onLost` and
 * `device.lost` tell the reason, and what needs it fails with a `DeviceLostError`.
 *
 * @returns the device: which backend, which GPU, which features, and what could not be had.
 * @throws TypeError when `prefer` is empty or names an unknown backend; RangeError when `poolCap` is negative; Error when none of them can be had, with the
 *   reason for each.
 *
 * @example
 * const device = await initDevice({ prefer: ['webgpu', 'wasm'] });
 * console.log(device.backend, device.adapter?.description);
 */
export async function initDevice(options: InitDeviceOptions = {}): Promise<Device> {
  const { prefer = backendNames, wasmPaths, onFallback = console.warn, onLost = warnOfLoss, poolCap } = options;
  if (prefer.length === 0 || prefer.some((name) => !backendNames.includes(name))) {
    throw new TypeError(
      `initDevice: prefer must be a non-empty list of ${backendNames.join(', ')}, got [${prefer.join(', ')}]`,
    );
  }
  if (poolCap !== undefined) checkPoolCap('initDevice', poolCap);
  const open: Record<BackendName, () => Promise<OpenedBackend>> = {
    webgpu: () => openWebgpu(poolCap),
    wasm: () => openWasm(wasmPaths),
    cpu: openCpu,
  };

  const fallbacks: Fallback[] = [];
  for (const backend of prefer) {
    try {
      const opened = await open[backend]();
      if (fallbacks.length > 0) onFallback(`initDevice: using ${backend}, since ${tell(fallbacks)}`);
      return watched({ ...opened, fallbacks }, onLost);
    } catch (error) {
      fallbacks.push({ backend, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw new Error(`initDevice: no backend can be had; ${tell(fallbacks)}`);
}

/** The device, whose loss is told unless `dispose` is its cause. */
function watched(device: Device, onLost: (loss: DeviceLoss) => void): Device {
  let disposed = false;
  device.lost.then((loss) => {
    if (!disposed) onLost(loss);
  });
  return {
    ...device,
    dispose() {
      disposed = true;
      device.dispose();
    },
  };
}

const warnOfLoss = ({ reason, message }: DeviceLoss) =>
  console.warn(`initDevice: the webgpu device was lost (${reason}): ${message}`);

const tell = (fallbacks: Fallback[]) =>
  fallbacks.map(({ backend, reason }) => `${backend} is not available: ${reason}`).join('; ');
