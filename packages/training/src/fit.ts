import { deriveSeed, knowsGradients, pause } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { progressBar } from '#progressBar';
import type { Callback, Run } from './callbacks/callback';
import { loadState, type Progress, saveState } from './checkpoint/state';
import { openSource } from './data/openSource';
import type { Data, Source } from './data/source';
import type { History } from './history';
import { capturedStepper, updatesInPlace } from './step/capturedStepper';
import { eagerStepper } from './step/eagerStepper';
import type { At, Stepper } from './step/stepper';
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
  /**
   * On webgpu, record a step once and replay it, without the JavaScript of its ops. Where that cannot be, steps are taken
   * one op after another, and `onFallback` hears why. Default: true.
   */
  capture?: boolean;
  /** Hears in one line why steps are not captured. Default: `console.warn`. */
  onFallback?: (message: string) => void;
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

  const stepper = stepperFor(variables, optimizer, loss, options);
  /** A callback that is to hear of a step before the next begins holds the run; otherwise the device is kept busy. */
  const lockstep = callbacks.some(({ onStepEnd, mayLag }) => onStepEnd && !mayLag);
  const underWay: UnderWay[] = [];
  /** Waits for the losses of steps, in order, until so many at most are under way. */
  const finish = async (most: number) => {
    while (underWay.length > most) {
      const { epoch, step, rows, loss } = underWay[0] as UnderWay;
      const value = finite(await loss, epoch, step);
      underWay.shift();
      progress.lossSum += value * rows;
      progress.rows += rows;
      progress.batchesDone++;
      progress.step = history.steps = step;
      for (const callback of callbacks) await callback.onStepEnd?.({ run, epoch, step, loss: value });
    }
  };

  try {
    for (const callback of callbacks) await callback.onFitStart?.({ run });
    while (progress.epoch <= epochs && !over()) {
      const { epoch } = progress;
      for await (const batch of source.epoch(epoch, progress.batchesDone)) {
        try {
          if (over()) break;
          const step = progress.step + underWay.length + 1;
          for (const callback of callbacks) await callback.onStepStart?.({ run, epoch, step });
          const value = stepper.take(batch, { epoch, step, seed: deriveSeed(seed, STEPS, step), training: true });
          value.catch(() => {}); // it is waited for below, perhaps a few steps later
          underWay.push({ epoch, step, rows: rowsOf(batch), loss: value });
          await finish(lockstep ? 0 : stepper.ahead);
        } finally {
          tf.dispose(batch as unknown as tf.TensorContainer);
        }
        await pause();
      }
      await finish(0);
      if (over()) break;

      history.loss.push(progress.lossSum / progress.rows);
      const validationLoss = held && (await meanLoss(held, stepper, { epoch, step: progress.step, seed }));
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
    stepper.dispose();
    // The other way round: an aborted run is saved before the callbacks let go of their state.
    for (const callback of [...callbacks].reverse()) await callback.onFitEnd?.({ run });
  }
  return history;
}

/** A step whose loss is not yet known. */
interface UnderWay {
  epoch: number;
  step: number;
  rows: number;
  loss: Promise<number>;
}

/** The way to take steps on the backend in use, with the optimizer given. */
function stepperFor<B extends object>(
  variables: readonly tf.Variable[],
  optimizer: tf.Optimizer,
  loss: Loss<B>,
  { capture = true, onFallback = console.warn }: FitOptions<B>,
): Stepper<B> {
  if (!capture || tf.getBackend() !== 'webgpu') return eagerStepper(variables, optimizer, loss);
  const tell = (reason: string) => onFallback(`fit: steps are taken one op after another, since ${reason}`);
  if (updatesInPlace(optimizer)) return capturedStepper(variables, optimizer, loss, tell);
  tell('this optimizer reassigns its variables, and only those that update in place can be captured: try adam()');
  return eagerStepper(variables, optimizer, loss);
}

function finite(loss: number, epoch: number, step: number): number {
  if (Number.isFinite(loss)) return loss;
  throw new Error(
    `fit: loss must be finite, got ${loss} at epoch ${epoch}, step ${step}; the weights are those from before ` +
      'that step; try a lower learning rate',
  );
}

/** The mean loss over all rows of an epoch. */
async function meanLoss<B extends object>(
  source: Source<B>,
  stepper: Stepper<B>,
  { epoch, step, seed }: Omit<At, 'training'>,
): Promise<number> {
  let sum = 0;
  let rows = 0;
  let index = 0;
  for await (const batch of source.epoch(epoch, 0)) {
    try {
      const at = { epoch, step, seed: deriveSeed(seed, VALIDATION, index++), training: false };
      const value = await stepper.evaluate(batch, at);
      sum += value * rowsOf(batch);
      rows += rowsOf(batch);
    } finally {
      tf.dispose(batch as unknown as tf.TensorContainer);
    }
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
