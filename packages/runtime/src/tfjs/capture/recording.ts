import * as tf from '@tensorflow/tfjs-core';
import { makeSoleOwner } from '../ops/soleOwner';
import { bufferOf, copyBuffer, flush, type GpuBackend } from '../webgpu/gpuBackend';
import { withOwnType } from '../webgpu/ownType';
import { noteInPlaceWrite, onRelease } from '../webgpu/workshop';
import { withTensors } from './containers';
import type { Command, Observation } from './observation';
import type { PrivatePool } from './privatePool';

/** A tensor's place on the GPU that stays the same. */
export interface Slot {
  buffer: GPUBuffer;
  shape: number[];
  dtype: tf.DataType;
}

interface Watched {
  variable: tf.Variable;
  buffer: GPUBuffer;
  written: boolean;
}

/** A call that can be given again: its commands, and all the memory that they use. */
export class Recording<R> {
  /** Set when memory that it reads has gone to others: it must not be replayed. */
  private stale = false;
  private readonly backend: GpuBackend;
  private readonly inputs: Slot[];
  private readonly outputs: Slot[];
  private readonly form: R;
  private readonly commands: Command[];
  private readonly watched: Watched[];
  private readonly pool: PrivatePool;
  private readonly forget: () => void;

  constructor(parts: {
    backend: GpuBackend;
    inputs: Slot[];
    outputs: Slot[];
    form: R;
    observation: Observation;
    pool: PrivatePool;
  }) {
    const { backend, observation, pool } = parts;
    this.backend = backend;
    this.inputs = parts.inputs;
    this.outputs = parts.outputs;
    this.form = parts.form;
    this.commands = observation.commands;
    this.pool = pool;
    this.watched = Object.values(tf.engine().registeredVariables).flatMap((variable) => {
      const buffer = backend.tensorMap.has(variable.dataId) && backend.tensorMap.get(variable.dataId).resource;
      return buffer && observation.touched.has(buffer)
        ? [{ variable, buffer, written: observation.written.has(variable.dataId) }]
        : [];
    });
    const foreign = new Set([...observation.touched].filter((buffer) => !pool.owns(buffer)));
    this.forget = onRelease(backend, (buffer) => {
      if (foreign.has(buffer)) this.stale = true;
    });
  }

  /** Whether the variables still live where they did. */
  fits(): boolean {
    // What is to be released is released when tfjs submits.
    if (this.backend.tensorDataPendingDisposal.length > 0) flush(this.backend);
    return (
      !this.stale &&
      this.watched.every(
        ({ variable, buffer }) =>
          !variable.isDisposed &&
          this.backend.tensorMap.has(variable.dataId) &&
          this.backend.tensorMap.get(variable.dataId).resource === buffer,
      )
    );
  }

  /** Gives the commands again, in one submit. */
  replay(inputs: readonly tf.Tensor[]): R {
    const { backend } = this;
    for (const { variable, written } of this.watched) if (written) makeSoleOwner(variable);
    for (const [i, input] of inputs.entries()) fill(backend, this.inputs[i] as Slot, input);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    encode(backend.commandEncoder as GPUCommandEncoder, this.commands);
    const result = this.copyOutputs();
    flush(backend);
    for (const { variable, written } of this.watched) if (written) noteInPlaceWrite(backend, variable.dataId);
    return result;
  }

  /** The outputs as tensors of their own, which later replays leave alone. */
  copyOutputs(): R {
    const { backend, form } = this;
    const copies = this.outputs.map(({ buffer, shape, dtype }) => {
      const info = backend.makeTensorInfo(shape, dtype);
      copyBuffer(backend, buffer, bufferOf(backend, info.dataId));
      return tf.engine().makeTensorFromTensorInfo(info);
    });
    return withTensors(form, copies.values());
  }

  dispose(): void {
    this.forget();
    // Its outputs may still be to be copied.
    if (this.backend.commandEncoder !== null) flush(this.backend);
    this.pool.destroy();
  }
}

/** Puts an argument's numbers into the recording's own buffer. */
function fill(backend: GpuBackend, { buffer, dtype }: Slot, input: tf.Tensor): void {
  const { resource, values } = backend.tensorMap.get(input.dataId);
  if (resource != null) withOwnType(backend, input, (own) => copyBuffer(backend, own, buffer));
  else backend.queue.writeBuffer(buffer, 0, wordsOf(values as tf.TypedArray, dtype));
}

/** Numbers as the GPU holds them: four bytes each. */
function wordsOf(values: tf.TypedArray, dtype: tf.DataType): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
  if (dtype === 'float32') {
    return (values instanceof Float32Array ? values : Float32Array.from(values)) as Float32Array<ArrayBuffer>;
  }
  return (values instanceof Int32Array ? values : Int32Array.from(values)) as Int32Array<ArrayBuffer>;
}

function encode(encoder: GPUCommandEncoder, commands: readonly Command[]): void {
  let pass: GPUComputePassEncoder | undefined;
  let pipeline: GPUComputePipeline | undefined;
  for (const command of commands) {
    if ('pipeline' in command) {
      if (pass === undefined) {
        pass = encoder.beginComputePass();
        pipeline = undefined;
      }
      if (command.pipeline !== pipeline) {
        pipeline = command.pipeline;
        pass.setPipeline(pipeline);
      }
      pass.setBindGroup(0, command.bindGroup);
      pass.dispatchWorkgroups(command.groups[0], command.groups[1], command.groups[2]);
      continue;
    }
    pass?.end();
    pass = undefined;
    if ('clear' in command) encoder.clearBuffer(command.clear, command.offset, command.size);
    else {
      const { from, fromOffset, to, toOffset, size } = command;
      encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, size);
    }
  }
  pass?.end();
}
