import * as tf from '@tensorflow/tfjs-core';

/** tfjs's own order of preference among the backends that need no GPU. */
const priority = { wasm: 2, cpu: 1 };

/** Drops a backend with its memory, and leaves its name registered for the next time. */
export function renew(backend: 'cpu' | 'wasm'): void {
  const factory = tf.findBackendFactory(backend);
  if (factory === null) return;
  tf.removeBackend(backend);
  tf.registerBackend(backend, factory, priority[backend]);
}
