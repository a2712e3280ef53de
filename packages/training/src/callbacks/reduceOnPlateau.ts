import type { Callback, Run } from './callback';
import { learningRateOf, setLearningRate } from './learningRate';

export interface ReduceOnPlateauOptions {
  /** What the rate is multiplied by. Default: 0.1. */
  factor?: number;
  /** After how many epochs without improvement it happens. Default: 10. */
  patience?: number;
  /** Which loss is watched. Default: validation loss where there is one. */
  monitor?: 'loss' | 'validationLoss';
  /** By how much a loss must be lower to count as better. Default: 0. */
  minDelta?: number;
  /** For so many epochs after a reduction none counts as without improvement. Default: 0. */
  cooldown?: number;
  /** The rate goes no lower. Default: 0. */
  minRate?: number;
}

/**
 * Lowers the learning rate when the loss no longer improves. PyTorch's `ReduceLROnPlateau` with an absolute threshold; its
 * patience p is p + 1 here, as in `earlyStopping`. It ends a schedule that the optimizer may have.
 *
 * @throws RangeError when an option is out of range; at the first epoch's end, Error when the validation loss is to be
 *   watched and there is none.
 *
 * @example
 * const callbacks = [reduceOnPlateau({ factor: 0.5, patience: 3 })];
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Callback {
  const { factor = 0.1, patience = 10, monitor, minDelta = 0, cooldown = 0, minRate = 0 } = options;
  if (!(factor > 0 && factor < 1)) throw new RangeError(`reduceOnPlateau: factor must be in (0, 1), got ${factor}`);
  if (!Number.isInteger(patience) || patience < 1) {
    throw new RangeError(`reduceOnPlateau: patience must be a positive integer, got ${patience}`);
  }
  if (!Number.isInteger(cooldown) || cooldown < 0) {
    throw new RangeError(`reduceOnPlateau: cooldown must be a non-negative integer, got ${cooldown}`);
  }
  for (const [name, value] of Object.entries({ minDelta, minRate })) {
    if (!(value >= 0)) throw new RangeError(`reduceOnPlateau: ${name} must not be negative, got ${value}`);
  }

  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  let cooling = 0;
  let rate: number | undefined;

  const reduce = ({ optimizer }: Run) => {
    const before = learningRateOf(optimizer);
    rate = Math.max(before * factor, minRate);
    if (rate < before) setLearningRate(optimizer, rate);
  };

  return {
    onFitStart({ run }) {
      if (rate !== undefined) setLearningRate(run.optimizer, rate); // of the run that is resumed
    },
    onEpochEnd({ run, loss, validationLoss }) {
      const watched = monitor === 'loss' ? loss : (validationLoss ?? (monitor ? undefined : loss));
      if (watched === undefined) {
        throw new Error('reduceOnPlateau: fit must be given validation to watch the validation loss, got none');
      }
      if (watched < best - minDelta) {
        best = watched;
        waited = 0;
      } else waited++;
      if (cooling > 0) {
        cooling--;
        waited = 0;
      }
      if (waited >= patience) {
        reduce(run);
        cooling = cooldown;
        waited = 0;
      }
    },
    getState: () => ({
      values: { best: Number.isFinite(best) ? best : null, waited, cooling, rate: rate ?? null },
      tensors: [],
    }),
    setState({ values }) {
      best = (values.best as number | null) ?? Number.POSITIVE_INFINITY;
      waited = values.waited as number;
      cooling = values.cooling as number;
      rate = (values.rate as number | null) ?? undefined;
    },
  };
}
