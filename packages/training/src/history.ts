/** What a run of `fit` was. */
export interface History {
  /** The mean loss of each epoch's training rows. */
  loss: number[];
  /** The mean loss of the validation rows after each epoch; empty without them. */
  validationLoss: number[];
  /** How many steps were taken, and how many epochs finished, those before a resume counted in. */
  steps: number;
  epochs: number;
  /** How it ended: all epochs done, the signal aborted it, or a callback stopped it. */
  stopped: 'finished' | 'aborted' | 'early';
}
