import * as tf from '@tensorflow/tfjs-core';
import { isSeparating } from '../ops/soleOwner';
import { type Replace, replaceMethods } from '../replaceMethods';
import { type DataId, flush, type GpuBackend } from '../webgpu/gpuBackend';
import { PARAMS } from '../webgpu/pipelines';
import { onWrite, workshopOf } from '../webgpu/workshop';
import { here, type Place } from './callerLine';
import { hearOfHost } from './dependsOnHost';
import { type CaptureError, refusal } from './refusal';

/** One dispatch, to be given again. */
export interface Dispatch {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  groups: [number, number, number];
}

/** One copy or clearing of a buffer, to be given again. */
export type Copy = { from: GPUBuffer; fromOffset: number; to: GPUBuffer; toOffset: number; size: number };
export type Clearing = { clear: GPUBuffer; offset: number; size: number };
export type Command = Dispatch | Copy | Clearing;

/** Something that every call of a captured function must do alike. */
export interface Event {
  /** Equal in calls that do the same. */
  what: string;
  kind: 'operation' | 'number';
  place: Place;
}

/** What one call of a function did on the GPU. */
export interface Observation {
  commands: Command[];
  events: Event[];
  /** Buffers that commands bind or copy. */
  touched: Set<GPUBuffer>;
  /** Tensors written in place. */
  written: Map<object, Place>;
  /** Tensors made inside. */
  made: Map<DataId, Place>;
  /** Broken rules, in order. */
  refusals: CaptureError[];
}

export const nothingObserved = (): Observation => ({
  commands: [],
  events: [],
  touched: new Set(),
  written: new Map(),
  made: new Map(),
  refusals: [],
});

/** Where the buffers of an observed call come from. */
export interface Buffers {
  acquire(size: number, usage: number, mapped: boolean, reuse: boolean): GPUBuffer;
  release(buffer: GPUBuffer, reuse: boolean): void;
}

/**
 * Calls a function and notes what it does on the GPU, where tfjs talks to WebGPU; everything is done as without it.
 *
 * @param options.observation - is filled, also when the function throws.
 * @param options.buffers - hands out the buffers of tensors made inside.
 * @param options.strict - throw at the line that breaks a rule; otherwise the call goes on, and the rule is noted.
 */
export function observe<R>(
  backend: GpuBackend,
  fn: () => R,
  { observation, buffers, strict }: { observation: Observation; buffers: Buffers; strict: boolean },
): R {
  workshopOf(backend); // hooks of its own, which must lie below these
  flush(backend);
  const restore = hook(backend, observation, buffers, strict);
  try {
    const result = fn();
    flush(backend);
    return result;
  } finally {
    // What is still to be released was acquired inside.
    if (backend.commandEncoder !== null) flush(backend);
    restore();
  }
}

function hook(backend: GpuBackend, observation: Observation, buffers: Buffers, strict: boolean): () => void {
  const { replace, restore } = replaceMethods();
  const undo: (() => void)[] = [restore];
  const refuse = (complaint: string) => {
    const error = refusal(complaint, here());
    observation.refusals.push(error);
    if (strict) throw error;
  };
  const note = (kind: Event['kind'], what: string) => observation.events.push({ kind, what, place: here() });

  hookCommands(backend, observation, replace, note);
  hookTensors(backend, observation, buffers, replace, note);

  for (const name of ['read', 'readSync'] as const) {
    replace(backend, name, (old) => (id: object) => {
      const { values } = backend.tensorMap.get(id);
      if (values == null)
        refuse('a captured function must not read a tensor back; return the tensor, and read it outside');
      return old(id) as never;
    });
  }
  const assign = tf.Variable.prototype.assign;
  tf.Variable.prototype.assign = function (this: tf.Variable, value: tf.Tensor) {
    if (!isSeparating()) {
      refuse(
        `a captured function must not reassign a variable, got ${this.name}.assign(…); update it in place, with overwrite(variable, value) or an optimizer of @tenonjs/training`,
      );
    }
    assign.call(this, value as never);
  } as typeof assign;
  undo.push(() => {
    tf.Variable.prototype.assign = assign;
  });
  undo.push(hearOfHost(refuse));
  undo.push(onWrite(backend, (id) => observation.written.set(id, here())));

  const batch = tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE');
  // Each dispatch by itself: what is disposed between two is free for the second.
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 1);
  undo.push(() => tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', batch));
  return () => {
    for (const step of undo.reverse()) step();
  };
}

type Note = (kind: Event['kind'], what: string) => void;

function hookCommands(
  { device, queue }: GpuBackend,
  { commands, touched }: Observation,
  replace: Replace,
  note: Note,
): void {
  const bound = new WeakMap<GPUBindGroup, GPUBuffer[]>();
  replace(device, 'createBindGroup', (create) => (descriptor) => {
    const group = create(descriptor);
    const buffers = [...descriptor.entries].map(({ resource }) => (resource as GPUBufferBinding).buffer);
    bound.set(group, buffers);
    return group;
  });
  replace(
    queue,
    'writeBuffer',
    (write) =>
      ((...args: Parameters<typeof queue.writeBuffer>) => {
        note('number', `write ${contentOf(args[2] as ArrayBufferView | ArrayBuffer)}`);
        return write(...args);
      }) as typeof queue.writeBuffer,
  );
  replace(device, 'createCommandEncoder', (create) => (descriptor) => {
    const encoder = create(descriptor);
    replace(
      encoder,
      'copyBufferToBuffer',
      (copy) =>
        ((...args: unknown[]) => {
          (copy as (...args: unknown[]) => undefined)(...args);
          const [from, fromOffset, to, toOffset, size] = args as [GPUBuffer, number, GPUBuffer, number, number];
          // From the host: what is copied there once stays there.
          if (from.usage & GPUBufferUsage.MAP_WRITE) return;
          note('operation', `copy ${size}`);
          touched.add(from).add(to);
          commands.push({ from, fromOffset, to, toOffset, size });
        }) as typeof encoder.copyBufferToBuffer,
    );
    replace(encoder, 'clearBuffer', (clear) => (buffer, offset = 0, size = buffer.size - offset) => {
      clear(buffer, offset, size);
      note('operation', `clear ${size}`);
      touched.add(buffer);
      commands.push({ clear: buffer, offset, size });
    });
    replace(encoder, 'beginComputePass', (begin) => (descriptor) => {
      const pass = begin(descriptor);
      let pipeline: GPUComputePipeline;
      let bindGroup: GPUBindGroup;
      replace(pass, 'setPipeline', (set) => (next) => {
        pipeline = next;
        set(next);
      });
      replace(
        pass,
        'setBindGroup',
        (set) =>
          ((index: number, next: GPUBindGroup) => {
            bindGroup = next;
            set(index, next);
          }) as typeof pass.setBindGroup,
      );
      replace(pass, 'dispatchWorkgroups', (dispatch) => (x, y = 1, z = 1) => {
        dispatch(x, y, z);
        note('operation', `${pipeline.label || 'kernel'} ${identityOf(pipeline)} on ${x}, ${y}, ${z} workgroups`);
        for (const buffer of bound.get(bindGroup) ?? []) {
          touched.add(buffer);
          if (buffer.label.startsWith(PARAMS)) note('number', buffer.label);
        }
        commands.push({ pipeline, bindGroup, groups: [x, y, z] });
      });
      return pass;
    });
    return encoder;
  });
}

function hookTensors(backend: GpuBackend, { made }: Observation, buffers: Buffers, replace: Replace, note: Note): void {
  const firstInside = (backend.constructor as unknown as { nextDataId: number }).nextDataId;
  const isInside = (id: object) => (id as DataId).id >= firstInside;
  let outside = false;
  const { bufferManager } = backend;
  replace(
    bufferManager,
    'acquireBuffer',
    (acquire) =>
      (size, usage, mapped = false, reuse = true) =>
        outside ? acquire(size, usage, mapped, reuse) : buffers.acquire(size, usage, mapped, reuse),
  );
  replace(
    bufferManager,
    'releaseBuffer',
    () =>
      (buffer, reuse = true) =>
        buffers.release(buffer, reuse),
  );
  replace(backend, 'uploadToGPU', (upload) => (id) => {
    const { resource, values } = backend.tensorMap.get(id);
    if (resource != null) return;
    outside = !isInside(id);
    if (values != null && !outside) note('number', `constant ${contentOf(values)}`);
    try {
      upload(id);
    } finally {
      outside = false;
    }
  });
  replace(backend, 'write', (write) => (values, shape, dtype) => {
    const id = write(values, shape, dtype);
    made.set(id, here());
    return id;
  });
}

/** Length and a hash of 64 bits, of multiplicative kind. */
function contentOf(data: ArrayBufferView | ArrayBuffer): string {
  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 2_654_435_761);
    low = Math.imul(low ^ byte, 1_597_334_677);
  }
  return `${bytes.length}:${high >>> 0}:${low >>> 0}`;
}

const identities = new WeakMap<object, number>();
let identitiesGiven = 0;

function identityOf(thing: object): number {
  const known = identities.get(thing) ?? identitiesGiven++;
  identities.set(thing, known);
  return known;
}
