import { deriveSeed, knowsGradients } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { progressBar } from '#progressBar';
import type { Callback, Run } from './callbacks/callback';
import { loadState, type Progress, saveState } from './checkpoint/state';
import { openSource } from './data/openSource';
import type { Data, Source } from './data/source';
import type { History } from './history';
import { pause } from './pause';
import type { Batch, Loss, Trainable } from './trainable';

export interface FitOptions<B = Batch> {
  /** The loss of a batch. Default: the trainable's own `loss`. */
  loss?: Loss<B>;
  /** One instance for one trainable: it holds state for each variable. */
  optimizer: tf.Optimizer;
  /** How often all data are gone through. */
  epochs: number;
  /** Rows in a batch; the last batch of an epoch may be shorter. Default: 32. Batches of a stream come as they are. */
  batchSize?: number;
  /** Of the order of the rows and of each step's own seed: an integer in [0, 2⁵³). */
  seed: number;
  /** Data whose loss is computed after each epoch, with the same seeds each time. */
  validation?: Data<B>;
  callbacks?: readonly Callback[];
  /** Draw a bar in the terminal, where there is one. */
  progress?: boolean;
  /** Stops the run within a step; the weights stay as they are. */
  signal?: AbortSignal;
  /** A checkpoint of the same run, to go on from: the bytes that `checkpoint` wrote. */
  resume?: Uint8Array;
}

/** Parts of the run's seed: the same part gives the same numbers whatever else the run does. */
const ORDER = 0;
const STEPS = 1;
const VALIDATION = 2;

/**
 * Trains anything that has trainable variables, by stochastic gradient descent on the mean loss of batches.
 *
 * Every number of the run is a function of the seed, so that a run resumed from a checkpoint has the losses of one that
 * was never interrupted. The event loop goes round between steps, on every backend.
 *
 * @param trainable - its variables are changed; its `loss` is taken when none is given.
 * @param data - `{ x, y? }` with rows along the first axis; or batches, as an async iterable that begins anew each epoch
 *   or a function of the epoch that gives one. Batches that come from an iterable are disposed after their step.
 * @returns losses by epoch, steps taken, and how the run ended.
 * @throws TypeError or RangeError when an option is out of range, the data have no rows, or a checkpoint does not fit;
 *   Error when a loss is not finite – it names epoch and step, and the weights are those from before that step.
 *
 * @example
 * const history = await fit(flow, { x: points }, { optimizer: adam(), epochs: 20, batchSize: 256, seed: 1 });
 */
export async function fit<B extends object = Batch>(
  trainable: Trainable<B>,
  data: Data<B>,
  options: FitOptions<B>,
): Promise<History> {
  const { optimizer, epochs, batchSize = 32, seed, validation, signal, resume } = options;
  const variables = trainable.trainableVariables;
  const loss: Loss<B> | undefined = options.loss ?? trainable.loss?.bind(trainable);
  check(loss !== undefined, 'loss must be given, since the trainable has no loss of its own');
  check(variables.length > 0, 'trainable must have at least one trainable variable, got none');
  checkCount('epochs', epochs);
  checkCount('batchSize', batchSize);
  check(knowsGradients(), "tfjs must know its gradients: import '@tensorflow/tfjs' first");

  // Callbacks with a state come first, so that a checkpoint made by a later one finds it up to date.
  const given = [...(options.callbacks ?? []), ...(options.progress ? [progressBar()] : [])];
  const callbacks = [...given.filter(({ getState }) => getState), ...given.filter(({ getState }) => !getState)];
  const owners = { variables, optimizer, callbacks: callbacks.filter(({ getState }) => getState) };

  const progress: Progress = resume
    ? await loadState(owners, { seed, batchSize }, resume)
    : {
        epoch: 1,
        batchesDone: 0,
        lossSum: 0,
        rows: 0,
        step: 0,
        history: { loss: [], validationLoss: [], steps: 0, epochs: 0, stopped: 'finished' },
      };
  const { history } = progress;
  history.stopped = 'finished';

  const source = openSource(data, { batchSize, shuffleSeed: deriveSeed(seed, ORDER) });
  const held = validation && openSource(validation, { batchSize });
  let stopping = false;
  const run: Run = {
    variables,
    optimizer,
    history,
    epochs,
    ...(source.batches !== undefined && { stepsPerEpoch: source.batches }),
    stop: () => {
      stopping = true;
    },
    snapshot: () => saveState(owners, { seed, batchSize }, progress),
  };
  const over = () => {
    if (signal?.aborted) history.stopped = 'aborted';
    else if (stopping) history.stopped = 'early';
    return history.stopped !== 'finished';
  };

  try {
    for (const callback of callbacks) await callback.onFitStart?.({ run });
    while (progress.epoch <= epochs && !over()) {
      const { epoch } = progress;
      for await (const batch of source.epoch(epoch, progress.batchesDone)) {
        try {
          if (over()) break;
          const step = progress.step + 1;
          for (const callback of callbacks) await callback.onStepStart?.({ run, epoch, step });
          const context = { epoch, step, seed: deriveSeed(seed, STEPS, step) };
          const value = await takeStep(variables, optimizer, () => loss(batch, context), context);
          const rows = rowsOf(batch);
          progress.lossSum += value * rows;
          progress.rows += rows;
          progress.batchesDone++;
          progress.step = history.steps = step;
          for (const callback of callbacks) await callback.onStepEnd?.({ run, epoch, step, loss: value });
        } finally {
          tf.dispose(batch as unknown as tf.TensorContainer);
        }
        await pause();
      }
      if (over()) break;

      history.loss.push(progress.lossSum / progress.rows);
      const validationLoss = held && (await meanLoss(held, loss, epoch, progress.step, seed));
      if (validationLoss !== undefined) history.validationLoss.push(validationLoss);
      history.epochs = epoch;
      Object.assign(progress, { epoch: epoch + 1, batchesDone: 0, lossSum: 0, rows: 0 });
      for (const callback of callbacks) {
        await callback.onEpochEnd?.({ run, epoch, loss: history.loss.at(-1) as number, validationLoss });
      }
    }
  } finally {
    source.dispose();
    held?.dispose();
    // The other way round: an aborted run is saved before the callbacks let go of their state.
    for (const callback of [...callbacks].reverse()) await callback.onFitEnd?.({ run });
  }
  return history;
}

/** One step: the loss of a batch, read before its gradients are applied, so that a bad one does no harm. */
async function takeStep(
  variables: readonly tf.Variable[],
  optimizer: tf.Optimizer,
  loss: () => tf.Scalar,
  { epoch, step }: { epoch: number; step: number },
): Promise<number> {
  const { value, grads } = tf.variableGrads(loss, [...variables]);
  try {
    const [lossValue] = (await value.data()) as Float32Array;
    if (!Number.isFinite(lossValue)) {
      throw new Error(
        `fit: loss must be finite, got ${lossValue} at epoch ${epoch}, step ${step}; the weights are those from before ` +
          'that step; try a lower learning rate',
      );
    }
    optimizer.applyGradients(grads);
    return lossValue as number;
  } finally {
    tf.dispose([value, grads]);
  }
}

/** The mean loss over all rows of an epoch. */
async function meanLoss<B extends object>(
  source: Source<B>,
  loss: Loss<B>,
  epoch: number,
  step: number,
  seed: number,
): Promise<number> {
  let sum = 0;
  let rows = 0;
  let index = 0;
  for await (const batch of source.epoch(epoch, 0)) {
    const value = tf.tidy(() => loss(batch, { epoch, step, seed: deriveSeed(seed, VALIDATION, index++) }));
    sum += ((await value.data())[0] as number) * rowsOf(batch);
    rows += rowsOf(batch);
    tf.dispose([value, batch as unknown as tf.Tensor]);
    await pause();
  }
  return sum / rows;
}

/** A batch counts as many rows as its x has, or its first tensor; one that holds no tensor counts as one. */
function rowsOf(batch: object): number {
  const [tensor] = 'x' in batch ? [batch.x] : Object.values(batch);
  return tensor instanceof tf.Tensor ? (tensor.shape[0] ?? 1) : 1;
}

function check(holds: boolean, complaint: string): asserts holds {
  if (!holds) throw new TypeError(`fit: ${complaint}`);
}

function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`fit: ${name} must be a positive integer, got ${value}`);
}
