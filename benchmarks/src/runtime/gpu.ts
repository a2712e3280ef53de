import type { Step } from './step.ts';

export interface Counts {
  /** Kernels started. */
  dispatches: number;
  /** Command buffers with kernels in them, handed to the queue. */
  submits: number;
  /** Bytes written from the host into GPU buffers. */
  bytes: number;
}

/** Counts what a step sends to the device, whoever's device it is. */
export async function countStep(step: Step, device: GPUDevice): Promise<Counts> {
  const counts: Counts = { dispatches: 0, submits: 0, bytes: 0 };
  const { queue } = device;
  await step.finish();
  let sent = 0;
  // Own properties hide the methods of the prototypes; deleting them brings those back.
  device.createCommandEncoder = (descriptor) => {
    const encoder = Object.getPrototypeOf(device).createCommandEncoder.call(device, descriptor) as GPUCommandEncoder;
    const begin = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = (pass) => {
      const encoded = begin(pass);
      for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
        const dispatch = encoded[name].bind(encoded) as (...args: unknown[]) => undefined;
        encoded[name] = (...args: unknown[]) => {
          counts.dispatches++;
          return dispatch(...args);
        };
      }
      return encoded;
    };
    return encoder;
  };
  queue.submit = (buffers) => {
    if (counts.dispatches > sent) counts.submits++;
    sent = counts.dispatches;
    return Object.getPrototypeOf(queue).submit.call(queue, buffers);
  };
  queue.writeBuffer = (...args: Parameters<GPUQueue['writeBuffer']>) => {
    const [, , data, , size] = args;
    const each = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
    counts.bytes += size === undefined ? data.byteLength : size * each;
    return Object.getPrototypeOf(queue).writeBuffer.apply(queue, args);
  };
  try {
    step.send();
    await step.finish();
    return counts;
  } finally {
    Reflect.deleteProperty(device, 'createCommandEncoder');
    Reflect.deleteProperty(queue, 'submit');
    Reflect.deleteProperty(queue, 'writeBuffer');
  }
}

/** How long the host works for one step while the device has nothing else to do, in milliseconds. */
export async function hostTime(step: Step): Promise<number> {
  await step.finish();
  const began = performance.now();
  step.send();
  const took = performance.now() - began;
  await step.finish();
  return took;
}

/**
 * From now on, the device is given nothing to do. A software adapter computes on the host's own cores, and slowly: so the
 * host is measured alone, and what is only counted takes no time. Values mean nothing afterwards.
 */
export function dropWork({ queue }: GPUDevice): void {
  const submit = queue.submit.bind(queue);
  Object.getPrototypeOf(queue).submit = () => submit([]);
}
