import type * as tf from '@tensorflow/tfjs-core';
import type { History } from '../history';

/** The run as a callback sees it. */
export interface Run {
  readonly variables: readonly tf.Variable[];
  readonly optimizer: tf.Optimizer;
  readonly history: Readonly<History>;
  /** How many epochs there shall be, and how many steps an epoch has, where that is known. */
  readonly epochs: number;
  readonly stepsPerEpoch?: number;
  /** Ends the run after this step; the weights stay as they are. */
  stop(): void;
  /** The whole state of the run, from which `fit`'s `resume` goes on: the bytes of a safetensors file. */
  snapshot(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Epochs and steps count from 1; steps go on counting from epoch to epoch. */
export interface StepStart {
  run: Run;
  epoch: number;
  step: number;
}

export interface StepEnd extends StepStart {
  /** The loss of this batch, before the step. */
  loss: number;
}

export interface EpochEnd {
  run: Run;
  epoch: number;
  loss: number;
  /** Without validation rows: undefined. */
  validationLoss: number | undefined;
}

/** What a callback must remember so that a resumed run is the same as an uninterrupted one. */
export interface CallbackState {
  values: Record<string, unknown>;
  tensors: tf.Tensor[];
}

type MaybeAsync = void | Promise<void>;

/** Hears of a run as it goes. Each hook is awaited, so a hook may hold the run. */
export interface Callback {
  onFitStart?(event: { run: Run }): MaybeAsync;
  onStepStart?(event: StepStart): MaybeAsync;
  onStepEnd?(event: StepEnd): MaybeAsync;
  /** Whether it is enough for `onStepEnd` to hear of a step a few steps later, so that the device need not wait. */
  readonly mayLag?: boolean;
  onEpochEnd?(event: EpochEnd): MaybeAsync;
  /** However the run ends, an error included. */
  onFitEnd?(event: { run: Run }): MaybeAsync;
  /** For checkpoints: its state, and taking it back. The tensors stay the callback's. */
  getState?(): CallbackState;
  setState?(state: CallbackState): void;
}
