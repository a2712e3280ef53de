import { writeFile } from '#writeFile';
import type { Callback, Run } from './callback';

export interface CheckpointOptions {
  /** A path (in Node), or what to do with the bytes; each checkpoint replaces the one before. */
  to: string | ((bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>);
  /** How often: after so many epochs, or after so many steps. Default: every epoch. */
  every?: { epochs: number } | { steps: number };
}

/**
 * Saves the whole state of the run – weights, optimizer, progress, what callbacks remember – as a safetensors file, so
 * that `fit` with `resume` goes on as if it had not been interrupted. Also saved: the last epoch, and an aborted run.
 *
 * @throws RangeError when `every` is not a positive integer of epochs or steps.
 *
 * @example
 * const callbacks = [checkpoint({ to: 'run/last.safetensors', every: { epochs: 5 } })];
 */
export function checkpoint({ to, every = { epochs: 1 } }: CheckpointOptions): Callback {
  const [unit, count] = 'steps' in every ? (['steps', every.steps] as const) : (['epochs', every.epochs] as const);
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`checkpoint: every must be a positive number of ${unit}, got ${count}`);
  }
  const save = async (run: Run) => {
    const bytes = await run.snapshot();
    await (typeof to === 'string' ? writeFile(to, bytes) : to(bytes));
  };
  return {
    mayLag: unit === 'epochs',
    async onStepEnd({ run, step }) {
      if (unit === 'steps' && step % count === 0) await save(run);
    },
    async onEpochEnd({ run, epoch }) {
      if (epoch === run.epochs || (unit === 'epochs' && epoch % count === 0)) await save(run);
    },
    async onFitEnd({ run }) {
      if (run.history.stopped === 'aborted') await save(run);
    },
  };
}
