import { overwrite } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Callback, CallbackState } from '../callbacks/callback';
import { makeClock } from '../elementwise/counter';
import { elementwiseOp } from '../elementwise/elementwise';
import { averageUpdate, exchangeUpdate } from './updates';

export interface EmaOptions {
  /** How much of the average stays in each update. Default: 0.999. */
  decay?: number;
  /** Let the average forget its beginning: the n-th update keeps no more than n / (n + 9). Default: false. */
  warmUp?: boolean;
}

/**
 * An exponential moving average of weights, for evaluation and for keeps: it is often better than the weights that it
 * follows. It begins as a copy of them and is updated in place, one dispatch a variable.
 *
 *     a ← a + (1 − d)(θ − a),   d = decay, with warm-up min(decay, n / (n + 9)) in the n-th update
 *
 * It is a callback of `fit`, too: then it updates itself after each step, and is saved in checkpoints.
 *
 * Reference: Polyak, Juditsky, "Acceleration of stochastic approximation by averaging", 1992; the warm-up is that of
 * TensorFlow's `ExponentialMovingAverage`.
 *
 * @param variables - float32; they stay the caller's.
 * @throws RangeError when decay is not in [0, 1).
 *
 * @example
 * const average = ema(flow.trainableVariables, { decay: 0.999 });
 * await fit(flow, data, { optimizer: adam(), epochs: 20, seed: 1, callbacks: [average] });
 * const score = average.during(() => evaluate(flow));
 */
export function ema(variables: readonly tf.Variable[], options: EmaOptions = {}): Ema {
  return new Ema(variables, options);
}

export class Ema implements Callback {
  private readonly variables: readonly tf.Variable[];
  private readonly averages: readonly tf.Variable[];
  private readonly clocks: readonly tf.Variable[];
  private readonly decay: number;
  private swapped = false;

  constructor(variables: readonly tf.Variable[], { decay = 0.999, warmUp = false }: EmaOptions = {}) {
    if (!(decay >= 0 && decay < 1)) throw new RangeError(`ema: decay must be in [0, 1), got ${decay}`);
    this.variables = variables;
    this.decay = decay;
    this.averages = variables.map((variable) => tf.tidy(() => tf.variable(tf.add(variable, 0), false)));
    this.clocks = warmUp ? variables.map(makeClock) : [];
  }

  /**
   * Takes the weights as they are now into the average.
   *
   * @throws Error while the average is swapped in.
   */
  update(): void {
    this.checkSwapped('update', false);
    const op = elementwiseOp(averageUpdate(this.clocks.length > 0));
    this.eachPair((variable, average, i) => {
      const clock = this.clocks[i];
      op({ variable, average, ...(clock && { clock }) }, { decay: this.decay });
    });
  }

  /**
   * Puts the average where the weights are, and keeps these.
   *
   * @throws Error when it is there already.
   */
  swapIn(): void {
    this.checkSwapped('swapIn', false);
    this.exchange();
  }

  /**
   * Gives the weights back; what was changed in the meantime is the average's.
   *
   * @throws Error when the average is not swapped in.
   */
  swapOut(): void {
    this.checkSwapped('swapOut', true);
    this.exchange();
  }

  /** Calls a function with the average in the place of the weights; also an async one, which is waited for. */
  during<R>(fn: () => R): R {
    this.swapIn();
    let result: R;
    try {
      result = fn();
    } catch (error) {
      this.swapOut();
      throw error;
    }
    if (result instanceof Promise) return result.finally(() => this.swapOut()) as R;
    this.swapOut();
    return result;
  }

  onStepEnd(): void {
    this.update();
  }

  /** The averages, and the number of updates where it matters; the tensors stay the average's own. */
  getState(): CallbackState {
    this.checkSwapped('getState', false);
    return { values: {}, tensors: [...this.averages, ...this.clocks] };
  }

  /**
   * Takes a state back, exactly; the tensors stay the caller's.
   *
   * @throws RangeError when it is not that of such an average.
   */
  setState({ tensors }: CallbackState): void {
    this.checkSwapped('setState', false);
    const own = [...this.averages, ...this.clocks];
    const shapes = (list: readonly tf.Tensor[]) => list.map(({ shape }) => `[${shape}]`).join(' ');
    if (shapes(tensors) !== shapes(own)) {
      throw new RangeError(`ema: state must have tensors of shapes ${shapes(own)}, got ${shapes(tensors)}`);
    }
    own.forEach((variable, i) => {
      overwrite(variable, tensors[i] as tf.Tensor);
    });
  }

  /** Gives the averages' memory back; the variables stay. Swaps out first. */
  dispose(): void {
    if (this.swapped) this.swapOut();
    tf.dispose([...this.averages, ...this.clocks]);
  }

  private exchange(): void {
    const op = elementwiseOp(exchangeUpdate);
    this.eachPair((variable, average) => {
      op({ variable, average }, {});
    });
    this.swapped = !this.swapped;
  }

  private eachPair(visit: (variable: tf.Variable, average: tf.Variable, position: number) => void): void {
    this.variables.forEach((variable, i) => {
      if (variable.size > 0) visit(variable, this.averages[i] as tf.Variable, i);
    });
  }

  private checkSwapped(method: string, expected: boolean): void {
    if (this.swapped !== expected) {
      throw new Error(`ema: ${method} must be called while the average is ${expected ? '' : 'not '}swapped in`);
    }
  }
}
