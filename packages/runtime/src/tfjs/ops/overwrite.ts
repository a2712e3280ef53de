import * as tf from '@tensorflow/tfjs-core';
import { bufferOf, flush, type GpuBackend, gpuBackend } from '../webgpu/gpuBackend';
import { noteInPlaceWrite } from '../webgpu/workshop';
import { makeSoleOwner } from './soleOwner';
import { storeInPlace } from './storeInPlace';

/**
 * Puts new numbers into a variable's own memory, where `variable.assign` would give it another: a captured step goes on
 * with the new numbers. Whoever shares the variable's numbers (a clone, a reshape) keeps the old ones.
 *
 * @param variable - float32 or int32.
 * @param values - a tensor of the variable's shape and type, or as many numbers in row-major order.
 * @throws TypeError when shape, type or count do not fit; the variable is as it was.
 *
 * @example
 * const rate = tf.variable(tf.scalar(1e-3));
 * overwrite(rate, [5e-4]);
 */
export function overwrite(variable: tf.Variable, values: tf.Tensor | ArrayLike<number>): void {
  if (values instanceof tf.Tensor) {
    if (values.dtype !== variable.dtype || !tf.util.arraysEqual(values.shape, variable.shape)) {
      throw new TypeError(
        `overwrite: values must be ${variable.dtype} of shape [${variable.shape}], got ${values.dtype} of shape [${values.shape}]`,
      );
    }
    storeInPlace(variable, values);
    return;
  }
  if (values.length !== variable.size) {
    throw new TypeError(`overwrite: values must be ${variable.size} numbers, got ${values.length}`);
  }
  const gpu = gpuBackend();
  if (gpu !== undefined && variable.size > 0) writeToGpu(gpu, variable, values);
  else {
    tf.tidy(() => storeInPlace(variable, tf.tensor(Array.from(values), variable.shape, variable.dtype)));
  }
}

/** Straight into the buffer, behind all commands given so far. */
function writeToGpu(gpu: GpuBackend, variable: tf.Variable, values: ArrayLike<number>): void {
  makeSoleOwner(variable);
  const buffer = bufferOf(gpu, variable.dataId);
  if (gpu.commandEncoder !== null) flush(gpu);
  const numbers = variable.dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
  gpu.queue.writeBuffer(buffer, 0, numbers);
  noteInPlaceWrite(gpu, variable.dataId);
}
