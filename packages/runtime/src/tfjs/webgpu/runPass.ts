import * as tf from '@tensorflow/tfjs-core';
import { sizeOf, type TensorSpec } from '../ops/tensorSpec';
import { bufferOf, type GpuBackend } from './gpuBackend';
import type { Pass } from './pass';
import { kernelOf, uniformOf } from './pipelines';
import { paramsOf, preludeOf, spread } from './shader';

/** A tensor that a pass may bind: its buffer holds numbers of its type. */
export type Bound = TensorSpec & { dataId: object };

/** Encodes one pass of an op behind what tfjs has encoded before it. */
export function runPass(backend: GpuBackend, op: string, pass: Pass, tensors: Readonly<Record<string, Bound>>): void {
  const { reads, writes } = pass;
  const groups = spread(pass.groups, backend.device.limits.maxComputeWorkgroupsPerDimension);
  if (groups.some((count) => count === 0)) return;

  const names = [...reads, ...writes];
  for (const name of names) {
    const tensor = tensors[name];
    if (tensor === undefined)
      throw new Error(`defineOp: a pass of ${op} must bind inputs, outputs or scratch, got ${name}`);
    if (sizeOf(tensor.shape) === 0)
      throw new Error(`defineOp: a pass of ${op} must not bind an empty tensor, got ${name}`);
  }
  const params = paramsOf(pass);
  const kernel = kernelOf(backend, op, {
    prelude: preludeOf(pass, tensors),
    code: pass.code,
    reads: reads.length,
    writes: writes.length,
    params: params !== undefined,
  });

  const buffers = names.map((name) => {
    const { dataId } = tensors[name] as Bound;
    backend.commandQueueOwnedIds.add(dataId);
    return bufferOf(backend, dataId);
  });
  if (params !== undefined) buffers.push(uniformOf(backend, params));
  const bindGroup = backend.device.createBindGroup({
    layout: kernel.layout,
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  dispatch(backend, op, kernel.pipeline, bindGroup, groups);
}

/** One dispatch, timed when `tf.time` or `tf.profile` asks for it. */
function dispatch(
  backend: GpuBackend,
  op: string,
  pipeline: GPUComputePipeline,
  bindGroup: GPUBindGroup,
  groups: [number, number, number],
): void {
  backend.ensureCommandEncoderReady();
  const timed = backend.activeTimers != null;
  if (timed) backend.endComputePassEncoder();
  backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass(
    timed && backend.supportTimestampQuery ? { timestampWrites: timestamps(backend) } : {},
  );
  backend.computePassEncoder.setPipeline(pipeline);
  backend.computePassEncoder.setBindGroup(0, bindGroup);
  backend.computePassEncoder.dispatchWorkgroups(...groups);
  backend.dispatchCountInPass++;
  if (timed) {
    backend.endComputePassEncoder();
    backend.activeTimers?.push({ name: op, query: backend.getQueryTime() });
  } else if (tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') <= backend.dispatchCountInPass) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

function timestamps(backend: GpuBackend): GPUComputePassTimestampWrites {
  backend.querySet ??= backend.device.createQuerySet({ type: 'timestamp', count: backend.querySetCount });
  return { querySet: backend.querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
}
