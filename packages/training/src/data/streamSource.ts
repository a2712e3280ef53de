import * as tf from '@tensorflow/tfjs-core';
import type { Source } from './source';

/** Batches that come from elsewhere. A batch that is skipped on resuming is made and disposed. */
export function streamSource<B extends object>(
  stream: AsyncIterable<B> | ((epoch: number) => AsyncIterable<B>),
): Source<B> {
  return {
    async *epoch(epoch, skip) {
      let index = 0;
      for await (const batch of typeof stream === 'function' ? stream(epoch) : stream) {
        if (index++ < skip) tf.dispose(batch as unknown as tf.TensorContainer);
        else yield batch;
      }
      if (index === 0) {
        throw new RangeError(
          `fit: data must give at least one batch an epoch, got none in epoch ${epoch}; an async generator gives its ` +
            'batches only once: pass the function that makes it',
        );
      }
    },
    dispose() {},
  };
}
