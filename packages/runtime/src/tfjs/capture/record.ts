import * as tf from '@tensorflow/tfjs-core';
import { bufferOf, copyBuffer, type GpuBackend } from '../webgpu/gpuBackend';
import { inOwnType, isCastInName, withOwnType } from '../webgpu/ownType';
import { tensorsIn } from './containers';
import { nothingObserved, type Observation, observe } from './observation';
import { PrivatePool } from './privatePool';
import { Recording, type Slot } from './recording';
import { type CaptureError, refusal } from './refusal';

/** A call with what it did, and how to do it again. */
export interface Recorded<R> {
  observation: Observation;
  result: R;
  recording: Recording<R>;
  /** A tensor made inside that is there still: a replay would make none. */
  survivor: CaptureError | undefined;
}

/**
 * Calls a function on fixed copies of its arguments, in memory of its own, and keeps what it did.
 *
 * @param strict - throw at the line that breaks a rule; otherwise the call goes on, and the rule is noted.
 */
export function record<R>(
  backend: GpuBackend,
  fn: (inputs: readonly tf.Tensor[]) => R,
  given: readonly tf.Tensor[],
  strict: boolean,
): Recorded<R> {
  const pool = new PrivatePool(backend);
  const observation = nothingObserved();
  const inputs = given.map((input) => fixedCopy(backend, pool, input));
  const fixed = inputs.map(({ tensor }) => tensor);
  const tensorsBefore = tf.memory().numTensors;
  let recording: Recording<R> | undefined;
  try {
    let outputs: Slot[] = [];
    const form = observe(
      backend,
      () => {
        const outcome = tf.tidy(() => fn(fixed) as unknown as tf.TensorContainer) as R;
        const tensors = tensorsIn(outcome, 'the result');
        const typed = tensors.map((tensor) =>
          isCastInName(backend, tensor) ? tf.engine().makeTensorFromTensorInfo(inOwnType(backend, tensor)) : tensor,
        );
        outputs = typed.map(({ shape, dtype, dataId }) => ({ buffer: bufferOf(backend, dataId), shape, dtype }));
        for (const tensor of new Set([...tensors, ...typed])) {
          if (!(tensor instanceof tf.Variable) && !fixed.includes(tensor)) tensor.dispose();
        }
        return outcome;
      },
      { observation, buffers: pool, strict },
    );
    for (const { dataId } of fixed) {
      const place = observation.written.get(dataId);
      const complaint =
        'an argument must not be written in place, since a replay has a copy of it; use a variable from outside';
      if (place !== undefined) observation.refusals.push(refusal(complaint, place));
    }
    const survivor = tf.memory().numTensors > tensorsBefore ? survivorOf(backend, observation) : undefined;
    recording = new Recording({ backend, inputs: inputs.map(({ slot }) => slot), outputs, form, observation, pool });
    return { observation, recording, result: recording.copyOutputs(), survivor };
  } finally {
    for (const { dataId } of fixed) backend.tensorMap.get(dataId).resource = null; // the recording keeps the buffer
    tf.dispose(fixed);
    for (const id of observation.made.keys()) {
      if (backend.tensorMap.has(id)) pool.handOver(backend.tensorMap.get(id));
    }
    if (recording === undefined) pool.destroy();
  }
}

function survivorOf(backend: GpuBackend, { made }: Observation): CaptureError {
  const [, place] = [...made].find(([id]) => backend.tensorMap.has(id)) ?? [];
  return refusal(
    'a tensor made inside must not outlive the call, since a replay makes no new one; return it',
    place ?? new Error(),
  );
}

function fixedCopy(backend: GpuBackend, pool: PrivatePool, input: tf.Tensor): { tensor: tf.Tensor; slot: Slot } {
  const { shape, dtype } = input;
  const info = backend.makeTensorInfo(shape, dtype);
  const buffer = withOwnType(backend, input, (source) => {
    const copy = pool.acquire(source.size, source.usage, false);
    copyBuffer(backend, source, copy);
    return copy;
  });
  backend.tensorMap.get(info.dataId).resource = buffer;
  return { tensor: tf.engine().makeTensorFromTensorInfo(info), slot: { buffer, shape, dtype } };
}
