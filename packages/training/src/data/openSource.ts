import type { Batch } from '../trainable';
import { type RowSourceOptions, rowSource } from './rowSource';
import type { Data, Rows, Source } from './source';
import { streamSource } from './streamSource';

/** Any kind of data as batches of one epoch after another. */
export function openSource<B extends object = Batch>(data: Data<B>, options: RowSourceOptions): Source<B> {
  if (typeof data === 'function' || Symbol.asyncIterator in data) return streamSource(data);
  return rowSource(data as Rows, options) as unknown as Source<B>;
}
