import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../device';

/** Makes tfjs compute on a registered backend, or says that it would not start. */
export async function activate(backend: BackendName): Promise<void> {
  if (!(await tf.setBackend(backend))) {
    throw new Error(`tfjs could not start it; its warning above says why`);
  }
  await tf.ready();
}
