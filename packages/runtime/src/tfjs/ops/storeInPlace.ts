import * as tf from '@tensorflow/tfjs-core';
import { bufferOf, copyBuffer, type GpuBackend, gpuBackend } from '../webgpu/gpuBackend';
import { withOwnType } from '../webgpu/ownType';
import { noteInPlaceWrite } from '../webgpu/workshop';
import { heapOf } from './heap';
import { makeSoleOwner } from './soleOwner';

/**
 * Puts new numbers into a variable's own memory; on a backend whose memory is not known, assigns them. Whoever shares the
 * variable's numbers keeps the old ones.
 *
 * @param value - of the variable's shape and type.
 */
export function storeInPlace(variable: tf.Variable, value: tf.Tensor): void {
  if (variable.size === 0) return;
  makeSoleOwner(variable);
  const gpu = gpuBackend();
  const heap = heapOf(tf.getBackend(), tf.backend());
  if (gpu !== undefined) storeOnGpu(gpu, variable, value);
  else if (heap !== undefined) {
    heap.beforeWrite(variable);
    heap.numbers(variable).set(heap.numbers(value));
    heap.afterWrite(variable);
  } else tf.tidy(() => variable.assign(tf.add(value, 0)));
}

function storeOnGpu(gpu: GpuBackend, variable: tf.Variable, value: tf.Tensor): void {
  withOwnType(gpu, value, (buffer) => copyBuffer(gpu, buffer, bufferOf(gpu, variable.dataId)));
  for (const { dataId } of [variable, value]) gpu.commandQueueOwnedIds.add(dataId);
  noteInPlaceWrite(gpu, variable.dataId);
}
