import * as tf from '@tensorflow/tfjs-core';
import { sizeOf, type TensorSpec } from '../ops/tensorSpec';
import { bufferOf, type GpuBackend } from './gpuBackend';
import { type Bound, runPass } from './runPass';
import { elementTypes } from './shader';

type Dtype = TensorSpec['dtype'];

const GROUP = 256;

/** The type of the numbers in a tensor's buffer. */
const heldType = (backend: GpuBackend, { dataId }: tf.TensorInfo) => backend.tensorMap.get(dataId).dtype as Dtype;

/**
 * Whether a tensor's buffer holds numbers of another type than its own: tfjs casts whole numbers and booleans to float32
 * in name only, and has its own kernels ask the buffer.
 */
export const isCastInName = (backend: GpuBackend, tensor: tf.TensorInfo): boolean =>
  sizeOf(tensor.shape) > 0 && elementTypes[tensor.dtype as Dtype] !== elementTypes[heldType(backend, tensor)];

/** The same numbers in a buffer of the tensor's type, which is the caller's to dispose. One dispatch. */
export function inOwnType(backend: GpuBackend, tensor: tf.TensorInfo): Bound {
  const { shape } = tensor;
  const dtype = tensor.dtype as Dtype;
  const size = sizeOf(shape);
  const { dataId } = backend.makeTensorInfo(shape, dtype);
  const pass = {
    code: `@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * ${GROUP}u + local;
  if (i < params.size) { typed[i] = ${elementTypes[dtype]}(held[i]); }
}`,
    reads: ['held'],
    writes: ['typed'],
    groups: Math.ceil(size / GROUP),
    integers: { size },
  };
  runPass(backend, 'cast', pass, {
    held: { shape, dtype: heldType(backend, tensor), dataId: tensor.dataId },
    typed: { shape, dtype, dataId },
  });
  return { shape, dtype, dataId };
}

/** Calls a function with a buffer that holds a tensor's numbers in its own type, for as long as the call takes. */
export function withOwnType<R>(backend: GpuBackend, tensor: tf.TensorInfo, use: (buffer: GPUBuffer) => R): R {
  if (!isCastInName(backend, tensor)) return use(bufferOf(backend, tensor.dataId));
  const { dataId } = inOwnType(backend, tensor);
  const result = use(bufferOf(backend, dataId));
  tf.engine().backend.disposeData(dataId);
  return result;
}
