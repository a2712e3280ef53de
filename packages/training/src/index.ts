export type { Callback, CallbackState, EpochEnd, Run, StepEnd, StepStart } from './callbacks/callback';
export { type CheckpointOptions, checkpoint } from './callbacks/checkpoint';
export { type EarlyStoppingOptions, earlyStopping } from './callbacks/earlyStopping';
export { learningRateSchedule } from './callbacks/learningRateSchedule';
export type { Data, Rows } from './data/source';
export { type FitOptions, fit } from './fit';
export type { History } from './history';
export { Adam, type AdamOptions, adam } from './optimizers/adam';
export type { Batch, Loss, StepContext, Trainable } from './trainable';
