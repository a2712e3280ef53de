import * as tf from '@tensorflow/tfjs-core';
import type { Callback } from './callback';

export interface EarlyStoppingOptions {
  /** After how many epochs without improvement the run stops. Default: 5. */
  patience?: number;
  /** Which loss is watched. Default: validation loss where there is one. */
  monitor?: 'loss' | 'validationLoss';
  /** By how much a loss must be lower to count as better. Default: 0. */
  minDelta?: number;
  /** Give the variables their best values back at the end, unless the run was aborted. Default: true. */
  restoreBest?: boolean;
}

/**
 * Stops a run that no longer improves, and gives the best weights back.
 *
 * Reference: Prechelt, "Early stopping – but when?", 1998.
 *
 * @throws RangeError when patience is no positive integer or minDelta is negative; at the first epoch's end, Error when
 *   the validation loss is to be watched and there is none.
 *
 * @example
 * const callbacks = [earlyStopping({ patience: 5 })];
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const { patience = 5, monitor, minDelta = 0, restoreBest = true } = options;
  if (!Number.isInteger(patience) || patience < 1) {
    throw new RangeError(`earlyStopping: patience must be a positive integer, got ${patience}`);
  }
  if (!(minDelta >= 0)) throw new RangeError(`earlyStopping: minDelta must not be negative, got ${minDelta}`);

  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  let weights: tf.Tensor[] = [];

  const keep = (values: readonly tf.Tensor[]) => {
    tf.dispose(weights);
    // Deep copies: a clone would share memory with a variable that is updated in place.
    weights = tf.tidy(() => values.map((value) => tf.add(value, 0)));
  };

  return {
    onEpochEnd({ run, epoch, loss, validationLoss }) {
      const watched = monitor === 'loss' ? loss : (validationLoss ?? (monitor ? undefined : loss));
      if (watched === undefined) {
        throw new Error(`earlyStopping: fit must be given validation to watch the validation loss, got none`);
      }
      if (watched < best - minDelta) {
        best = watched;
        waited = 0;
        if (restoreBest) keep(run.variables);
      } else if (++waited >= patience && epoch < run.epochs) {
        run.stop();
      }
    },
    onFitEnd({ run }) {
      if (run.history.stopped !== 'aborted') {
        weights.forEach((value, i) => {
          run.variables[i]?.assign(value);
        });
      }
      tf.dispose(weights);
      weights = [];
    },
    getState: () => ({ values: { best: Number.isFinite(best) ? best : null, waited }, tensors: weights }),
    setState({ values, tensors }) {
      best = (values.best as number | null) ?? Number.POSITIVE_INFINITY;
      waited = values.waited as number;
      keep(tensors);
    },
  };
}
