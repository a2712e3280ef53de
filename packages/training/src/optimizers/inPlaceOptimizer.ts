import { findVariable, overwrite } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { makeClock } from '../elementwise/counter';
import { type ElementwiseOp, elementwiseOp } from '../elementwise/elementwise';
import type { Schedule } from '../schedules/schedule';
import { checkNotNegative, checkPositive } from './checks';
import { GlobalNorm } from './globalNorm';
import { type NamedGradients, pairsOf } from './pairs';
import { SlotStore } from './slotStore';
import { UNBOUNDED, type UpdateRule, updateOf } from './updateRule';

/** What all optimizers have in common. */
export interface OptimizerOptions {
  /** A number, or a function of the number of steps taken before. */
  learningRate?: number | Schedule;
  /** Pulls the weights towards 0. Default: 0. */
  weightDecay?: number;
  /** Each element of the gradients is clipped to [−clipValue, clipValue]. Default: none is. */
  clipValue?: number;
  /** All gradients together are scaled down to this Euclidean norm when theirs is larger. Default: they are not. */
  clipNorm?: number;
}

export interface ApplyOptions {
  /** An int32 of one element on the device: when it is not zero, the step changes nothing at all. */
  unless?: tf.Tensor;
}

interface Pair {
  variable: tf.Variable;
  gradient: tf.Tensor;
}

/**
 * An optimizer that writes variables and its own state in place, each variable in one dispatch. All that changes from
 * step to step – learning rate, step count, moments – lives on the device, so that a step that was captured goes on
 * rightly when it is replayed. State is saved and taken back exactly.
 *
 * Whoever replays a captured step calls `prepareStep` before each replay: no JavaScript runs in it. Otherwise
 * `applyGradients` does.
 */
export abstract class InPlaceOptimizer extends tf.Optimizer {
  private readonly title: string;
  private readonly op: ElementwiseOp;
  private readonly constants: Record<string, number>;
  private readonly common: Required<Pick<OptimizerOptions, 'weightDecay'>> &
    Pick<OptimizerOptions, 'clipValue' | 'clipNorm'>;
  private readonly norm = new GlobalNorm();
  private readonly store: SlotStore;
  private schedule: Schedule | undefined;
  private rate = 0;
  /** {learning rate, scale of the gradients}, on the device. */
  private control: tf.Variable | undefined;
  private prepared = false;

  /** @param title - what messages call it. */
  protected constructor(
    title: string,
    rule: UpdateRule,
    options: OptimizerOptions & { learningRate: number | Schedule },
  ) {
    super();
    const { learningRate, weightDecay = 0, clipValue, clipNorm } = options;
    checkNotNegative(title, 'weightDecay', weightDecay);
    if (clipValue !== undefined) checkPositive(title, 'clipValue', clipValue);
    if (clipNorm !== undefined) checkPositive(title, 'clipNorm', clipNorm);
    if (clipValue !== undefined && clipNorm !== undefined) {
      throw new RangeError(`${title}: one of clipValue and clipNorm may be given, got both`);
    }
    this.title = title;
    this.op = elementwiseOp(updateOf(rule));
    this.constants = { bound: clipValue ?? UNBOUNDED, decay: weightDecay, ...rule.constants };
    this.common = {
      weightDecay,
      ...(clipValue !== undefined && { clipValue }),
      ...(clipNorm !== undefined && { clipNorm }),
    };
    this.store = new SlotStore(title, [
      ...rule.slots.map((name) => ({
        name,
        make: (like: tf.Tensor) => tf.tidy(() => tf.variable(tf.fill(like.shape, rule.initial?.[name] ?? 0), false)),
      })),
      ...(rule.counts ? [{ name: 'clock', make: makeClock }] : []),
    ]);
    this.learningRate = learningRate;
    // So that a saved model finds its optimizer again, in a program that has made one of the kind.
    tf.serialization.registerClass(this.constructor as tf.serialization.SerializableConstructor<tf.Optimizer>);
  }

  /** The rate of the last step, or of the first before there was one. A number set here ends a schedule. */
  get learningRate(): number {
    return this.rate;
  }

  set learningRate(value: number | Schedule) {
    this.schedule = typeof value === 'function' ? value : undefined;
    this.setRate(typeof value === 'function' ? value(this.iterations) : value);
  }

  /**
   * Counts the coming step on the host and gives the device its learning rate. Called once before each replay of a
   * captured step; `applyGradients` calls it when nobody has since the last one. (A replay cannot tell that it took the
   * prepared step: an `applyGradients` after it, without a `prepareStep` of its own, does not count.)
   */
  prepareStep(): void {
    if (this.schedule) this.setRate(this.schedule(this.iterations));
    this.incrementIterations();
    this.prepared = true;
  }

  /**
   * Makes the state of variables, in this order; otherwise the first `applyGradients` does.
   *
   * @param variables - those that gradients will be given for.
   */
  build(variables: readonly tf.Variable[]): void {
    this.deviceControl();
    variables.forEach((variable, position) => {
      this.store.slotsOf(variable, position);
    });
  }

  /**
   * Takes a step.
   *
   * @param gradients - by the names of their variables, each of its variable's shape.
   * @throws RangeError when a gradient's shape is another; TypeError when `unless` is not an int32 of one element; Error
   *   when a variable is no longer there.
   */
  applyGradients(gradients: NamedGradients, { unless }: ApplyOptions = {}): void {
    const step = this.checked(gradients, unless);
    if (!this.prepared) this.prepareStep();
    this.prepared = false;
    this.update(step, unless);
  }

  /** The device's part of a step: `applyGradients` without the host's counting, for a step to be captured. */
  updateVariables(gradients: NamedGradients, { unless }: ApplyOptions = {}): void {
    this.update(this.checked(gradients, unless), unless);
  }

  /** The number of steps and all state, by name; the tensors stay the optimizer's, except the first. */
  override async getWeights(): Promise<{ name: string; tensor: tf.Tensor }[]> {
    return [await this.saveIterations(), ...this.store.named()];
  }

  /**
   * Takes back what `getWeights` gave, exactly; the tensors stay the caller's.
   *
   * @throws RangeError when they are not those of such an optimizer; nothing is changed then.
   */
  override async setWeights(weights: { name: string; tensor: tf.Tensor }[]): Promise<void> {
    this.store.check(weights.slice(1));
    this.store.restore(await this.extractIterations(weights));
    this.prepared = false;
    if (this.schedule) this.setRate(this.schedule(Math.max(0, this.iterations - 1)));
  }

  /** What it can be made from again. Of a schedule, which is a function, only the present rate is kept. */
  getConfig(): tf.serialization.ConfigDict {
    return { learningRate: this.rate, ...this.common };
  }

  override dispose(): void {
    this.store.dispose();
    this.norm.dispose();
    this.control?.dispose();
    this.control = undefined;
  }

  private checked(gradients: NamedGradients, unless: tf.Tensor | undefined): Pair[] {
    if (unless && (unless.dtype !== 'int32' || unless.size !== 1)) {
      throw new TypeError(
        `${this.title}: unless must be an int32 of one element, got ${unless.dtype} of shape [${unless.shape}]`,
      );
    }
    return pairsOf(gradients).map(({ name, tensor }) => {
      const variable = findVariable(name);
      if (!tf.util.arraysEqual(variable.shape, tensor.shape)) {
        throw new RangeError(
          `${this.title}: the gradient of ${name} must have shape [${variable.shape}], got [${tensor.shape}]`,
        );
      }
      return { variable, gradient: tensor };
    });
  }

  private update(pairs: readonly Pair[], unless: tf.Tensor | undefined): void {
    const control = this.deviceControl();
    const { clipNorm } = this.common;
    const full = pairs.filter(({ gradient }) => gradient.size > 0).map(({ gradient }) => gradient);
    if (clipNorm !== undefined && full.length > 0) this.norm.clip(full, clipNorm, control);
    pairs.forEach(({ variable, gradient }, position) => {
      const slots = this.store.slotsOf(variable, position);
      if (variable.size === 0) return;
      this.op({ variable, gradient, control, ...slots, ...(unless && { guard: unless }) }, this.constants);
    });
  }

  private setRate(rate: number): void {
    checkNotNegative(this.title, 'learningRate', rate);
    if (rate === this.rate) return;
    this.rate = rate;
    if (this.control) overwrite(this.control, [rate, 1]);
  }

  private deviceControl(): tf.Variable {
    this.control ??= tf.tidy(() => tf.variable(tf.tensor1d([this.rate, 1]), false));
    return this.control;
  }
}
