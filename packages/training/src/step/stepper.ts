import type { StepContext } from '../trainable';

/** Where in the run a step is taken; its seed as a number. */
export interface At extends StepContext {
  seed: number;
}

/** How `fit` takes a step. */
export interface Stepper<B> {
  /**
   * Takes a step on a batch; everything is sent to the device before the promise is returned.
   *
   * @returns the loss before the step. When it is not finite, neither this step nor one after it has changed anything.
   */
  take(batch: B, at: At): Promise<number>;
  /** The loss of a batch that nothing is learnt from. */
  evaluate(batch: B, at: At): Promise<number>;
  /** How many steps may be sent to the device before the loss of the first is known. */
  readonly ahead: number;
  dispose(): void;
}
