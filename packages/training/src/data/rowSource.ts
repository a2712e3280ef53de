import { deriveSeed, permutation } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Batch } from '../trainable';
import type { Rows, Source } from './source';

export interface RowSourceOptions {
  batchSize: number;
  /** Of the order of rows, which differs from epoch to epoch; none keeps the rows as they stand. */
  shuffleSeed?: number;
}

/**
 * Rows in memory as batches: shuffled each epoch, the last short batch kept. A batch is gathered where the rows live.
 *
 * @throws RangeError when there are no rows, or x and y do not have one number of them.
 */
export function rowSource(rows: Rows, { batchSize, shuffleSeed }: RowSourceOptions): Source<Batch> {
  const made: tf.Tensor[] = [];
  const asTensor = (value: tf.Tensor | tf.TensorLike): tf.Tensor => {
    if (value instanceof tf.Tensor) return value;
    const tensor = tf.tensor(value);
    made.push(tensor);
    return tensor;
  };
  const columns = Object.entries(rows)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, asTensor(value)] as const);
  const n = rowCount(columns);

  return {
    batches: Math.ceil(n / batchSize),
    async *epoch(epoch, skip) {
      const order = shuffleSeed === undefined ? undefined : permutation(n, { seed: deriveSeed(shuffleSeed, epoch) });
      for (let start = skip * batchSize; start < n; start += batchSize) {
        const size = Math.min(batchSize, n - start);
        yield tf.tidy(() => {
          const indices = order && tf.tensor1d(Int32Array.from(order.subarray(start, start + size)), 'int32');
          const take = (column: tf.Tensor) =>
            indices ? tf.gather(column, indices) : tf.slice(column, [start], [size]);
          return Object.fromEntries(columns.map(([name, column]) => [name, take(column)])) as unknown as Batch & {
            [name: string]: tf.Tensor;
          };
        });
      }
    },
    dispose: () => tf.dispose(made),
  };
}

function rowCount(columns: (readonly [string, tf.Tensor])[]): number {
  const counts = columns.map(([, { shape }]) => shape[0] ?? 0);
  if (counts.length === 0 || counts[0] === 0 || counts.some((count) => count !== counts[0])) {
    const shapes = columns.map(([name, { shape }]) => `${name} [${shape.join(', ')}]`).join(' and ');
    throw new RangeError(`fit: data must have one number of rows, at least 1, in x and y, got ${shapes || 'no x'}`);
  }
  return counts[0] as number;
}
