import type { DeviceLoss } from '../device';
import type { GpuBackend } from './webgpu/gpuBackend';

/** What reads and ops fail with when the device that they run on was lost. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
  /** `destroyed` when a program did it, else `unknown`: a driver that crashed, a GPU that was taken away, a reset. */
  readonly reason: string;

  constructor({ reason, message }: DeviceLoss) {
    super(
      `the webgpu device was lost (${reason}: ${message || 'no message'}); open a new one with initDevice, and go on from the last checkpoint`,
    );
    this.reason = reason;
  }
}

/**
 * Lets everything that needs a lost device fail with a `DeviceLostError`: WebGPU itself goes on in silence. Numbers that are
 * on the host can still be read, and tensors disposed.
 *
 * @returns the loss, once there is one.
 */
export async function watchLoss(backend: GpuBackend): Promise<DeviceLoss> {
  let error: DeviceLostError | undefined;
  const read = backend.read.bind(backend);
  const attempt = async (id: object) => {
    if (error !== undefined && backend.tensorMap.get(id).values == null) throw error;
    try {
      return await read(id);
    } catch (cause) {
      await new Promise((resolve) => setTimeout(resolve)); // a read may hear of the loss before the device tells it
      throw error ?? cause;
    }
  };
  backend.read = (id) => {
    const reading = attempt(id);
    reading.catch(() => {}); // whoever waits for something else first is no reason to end the process
    return reading;
  };

  const { reason, message } = await backend.device.lost;
  error = new DeviceLostError({ reason, message });
  const fail = () => {
    throw error;
  };
  const readSync = backend.readSync.bind(backend);
  backend.readSync = (id) => (backend.tensorMap.get(id).values == null ? fail() : readSync(id));
  backend.uploadToGPU = fail;
  backend.ensureCommandEncoderReady = fail;
  backend.commandEncoder = null; // what was encoded will never run
  backend.computePassEncoder = null;
  return { reason, message };
}
