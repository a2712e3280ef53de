import * as tf from '@tensorflow/tfjs-core';
import { bufferOf, copyBuffer, type GpuBackend, gpuBackend } from '../webgpu/gpuBackend';
import { inOwnType, isCastInName } from '../webgpu/ownType';

let separating = false;

/** Whether a variable is just now given memory of its own, which looks like a reassignment. */
export const isSeparating = (): boolean => separating;

interface Counting {
  refCount(id: object): number;
}

/**
 * Makes sure that nobody else sees a variable's numbers, before they are written in place: clones, reshapes and the
 * tensor a variable was made from share them. They get a copy; on the GPU the variable keeps its buffer, unless that holds
 * numbers of another type.
 */
export function makeSoleOwner(variable: tf.Variable): void {
  const backend = tf.engine().backend as unknown as Counting;
  const gpu = gpuBackend();
  const isCast = gpu !== undefined && isCastInName(gpu, variable);
  if (!isCast && backend.refCount(variable.dataId) <= 1) return;
  separating = true;
  try {
    if (isCast) tf.tidy(() => variable.assign(tf.engine().makeTensorFromTensorInfo(inOwnType(gpu, variable))));
    else if (gpu !== undefined) keepBuffer(gpu, variable);
    else tf.tidy(() => variable.assign(tf.tensor(variable.dataSync().slice(), variable.shape, variable.dtype)));
  } finally {
    separating = false;
  }
}

function keepBuffer(backend: GpuBackend, variable: tf.Variable): void {
  const shared = variable.dataId;
  const buffer = bufferOf(backend, shared);
  const { shape, dtype } = variable;
  const copy = backend.makeTensorInfo(shape, dtype);
  copyBuffer(backend, buffer, bufferOf(backend, copy.dataId));
  tf.tidy(() => variable.assign(tf.engine().makeTensorFromTensorInfo(copy)));
  const [theirs, ours] = [backend.tensorMap.get(shared), backend.tensorMap.get(variable.dataId)];
  theirs.resource = ours.resource as GPUBuffer;
  ours.resource = buffer;
  for (const id of [shared, variable.dataId]) backend.commandQueueOwnedIds.add(id);
}
