import { replaceMethods } from '../replaceMethods';
import type { GpuBackend } from '../webgpu/gpuBackend';

/** What was sent to the GPU so far. */
export interface CommandCounts {
  dispatches: number;
  submits: number;
  /** Written from the host into GPU buffers through the queue. */
  bytes: number;
}

/**
 * Counts commands where tfjs talks to WebGPU, from the next command encoder on.
 *
 * @returns counts that go on changing, and how to stop that.
 */
export function watchCommands({ device, queue }: GpuBackend): { counts: CommandCounts; stop: () => void } {
  const counts: CommandCounts = { dispatches: 0, submits: 0, bytes: 0 };
  const { replace, restore: stop } = replaceMethods();
  const counted = (dispatch: unknown): never =>
    ((...args: unknown[]) => {
      counts.dispatches++;
      return (dispatch as (...args: unknown[]) => undefined)(...args);
    }) as never;

  replace(device, 'createCommandEncoder', (create) => (descriptor) => {
    const encoder = create(descriptor);
    const begin = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = (options) => {
      const pass = begin(options);
      pass.dispatchWorkgroups = counted(pass.dispatchWorkgroups.bind(pass));
      pass.dispatchWorkgroupsIndirect = counted(pass.dispatchWorkgroupsIndirect.bind(pass));
      return pass;
    };
    return encoder;
  });
  replace(queue, 'submit', (submit) => (buffers) => {
    counts.submits++;
    return submit(buffers);
  });
  replace(
    queue,
    'writeBuffer',
    (write) =>
      ((...args: Parameters<GPUQueue['writeBuffer']>) => {
        const [, , data, , size] = args;
        const element = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
        counts.bytes += size === undefined ? data.byteLength : size * element;
        return write(...args);
      }) as GPUQueue['writeBuffer'],
  );
  return { counts, stop };
}
