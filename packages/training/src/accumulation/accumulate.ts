import { findVariable, overwrite } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { elementwiseOp } from '../elementwise/elementwise';
import type { ApplyOptions, InPlaceOptimizer } from '../optimizers/inPlaceOptimizer';
import { type NamedGradients, pairsOf } from '../optimizers/pairs';
import { SlotStore } from '../optimizers/slotStore';
import type { Schedule } from '../schedules/schedule';
import { advanceOp, sumUpdate } from './updates';

export interface AccumulateOptions {
  /** How many batches make one step. */
  steps: number;
}

/**
 * Takes a step only after so many batches, with the mean of their gradients: that of one batch as large as all of them,
 * in the memory of one. The batches are counted on the device, so that a captured step goes on rightly. Two dispatches a
 * variable and one more.
 *
 * A schedule of the optimizer counts its steps, not the batches.
 *
 * @param optimizer - of this package; it is disposed with this one.
 * @throws RangeError when steps is not a positive integer.
 *
 * @example
 * const optimizer = accumulate(adam({ learningRate: 1e-3 }), { steps: 4 });
 */
export function accumulate(optimizer: InPlaceOptimizer, options: AccumulateOptions): Accumulated {
  return new Accumulated(optimizer, options);
}

export class Accumulated extends tf.Optimizer {
  static className = 'TenonAccumulated';

  private readonly inner: InPlaceOptimizer;
  private readonly steps: number;
  private readonly store: SlotStore;
  /** Which batch of its group was the last, and whether its step waits: on the device. */
  private state: { batch: tf.Variable; waits: tf.Variable } | undefined;
  private prepared = false;

  constructor(optimizer: InPlaceOptimizer, { steps }: AccumulateOptions) {
    super();
    if (!Number.isInteger(steps) || steps < 1) {
      throw new RangeError(`accumulate: steps must be a positive integer, got ${steps}`);
    }
    this.inner = optimizer;
    this.steps = steps;
    // As every optimizer here, so that a saved model finds it.
    tf.serialization.registerClass(Accumulated as unknown as tf.serialization.SerializableConstructor<tf.Optimizer>);
    this.store = new SlotStore('accumulate', [
      { name: 'sum', make: (like) => tf.tidy(() => tf.variable(tf.zerosLike(like), false)) },
    ]);
  }

  get learningRate(): number {
    return this.inner.learningRate;
  }

  set learningRate(value: number | Schedule) {
    this.inner.learningRate = value;
  }

  /** As of `InPlaceOptimizer`: called once before each replay of a captured step. */
  prepareStep(): void {
    this.incrementIterations();
    if (this.iterations % this.steps === 0) this.inner.prepareStep();
    this.prepared = true;
  }

  /** As of `InPlaceOptimizer`. */
  build(variables: readonly tf.Variable[]): void {
    this.inner.build(variables);
    this.deviceState();
    variables.forEach((variable, position) => {
      this.store.slotsOf(variable, position);
    });
  }

  /**
   * Takes a batch's gradients in, and a step after the last of a group.
   *
   * @param unless - when it is not zero, the batch is as if it had not been: it is not counted either.
   */
  applyGradients(gradients: NamedGradients, options: ApplyOptions = {}): void {
    if (!this.prepared) this.prepareStep();
    this.prepared = false;
    this.updateVariables(gradients, options);
  }

  /** The device's part of `applyGradients`. */
  updateVariables(gradients: NamedGradients, { unless }: ApplyOptions = {}): void {
    const { batch, waits } = this.deviceState();
    const guard = unless && { guard: unless };
    advanceOp()({ batch, waits, ...guard }, { steps: this.steps });
    const add = elementwiseOp(sumUpdate);
    const means = pairsOf(gradients).map(({ name, tensor: gradient }, position) => {
      const variable = findVariable(name);
      const { sum } = this.store.slotsOf(variable, position) as { sum: tf.Variable };
      if (variable.size > 0) add({ sum, gradient, batch, ...guard }, { share: 1 / this.steps });
      return { name, tensor: sum as tf.Tensor };
    });
    this.inner.updateVariables(means, { unless: waits });
  }

  /** Batches, those of the group under way with the sum of their gradients, and the optimizer's weights. */
  override async getWeights(): Promise<{ name: string; tensor: tf.Tensor }[]> {
    const { batch } = this.deviceState();
    const sums = this.store.named().map(({ name, tensor }) => ({ name: `accumulated.${name}`, tensor }));
    return [
      await this.saveIterations(),
      { name: 'accumulated.batch', tensor: batch },
      ...sums,
      ...(await this.inner.getWeights()),
    ];
  }

  override async setWeights(weights: { name: string; tensor: tf.Tensor }[]): Promise<void> {
    const isMine = ({ name }: { name: string }) => name.includes('accumulated.');
    const [batch, ...sums] = weights.filter(isMine);
    if (!batch?.name.endsWith('accumulated.batch')) {
      throw new RangeError(
        `accumulate: weights must be those of accumulated gradients, got ${weights.map(({ name }) => name).join(', ')}`,
      );
    }
    this.store.check(sums);
    const rest = await this.extractIterations(weights);
    await this.inner.setWeights(rest.filter((one) => !isMine(one)));
    this.store.restore(sums);
    overwrite(this.deviceState().batch, batch.tensor);
    this.prepared = false;
  }

  getConfig(): tf.serialization.ConfigDict {
    return { steps: this.steps, optimizer: this.describe() };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const { steps, optimizer } = config as { steps: number; optimizer: ReturnType<Accumulated['describe']> };
    const known = tf.serialization.SerializationMap.getMap().classNameMap[optimizer.className];
    if (known === undefined) {
      throw new Error(
        `accumulate: an optimizer of the saved one's class must have been made, got ${optimizer.className}`,
      );
    }
    const [Inner, make] = known;
    const Class = cls as unknown as new (optimizer: InPlaceOptimizer, options: AccumulateOptions) => T;
    return new Class(make(Inner, optimizer.config) as InPlaceOptimizer, { steps });
  }

  /** The optimizer with it. */
  override dispose(): void {
    this.store.dispose();
    if (this.state) tf.dispose(this.state as unknown as tf.NamedTensorMap);
    this.state = undefined;
    this.inner.dispose();
  }

  private describe(): { className: string; config: tf.serialization.ConfigDict } {
    return { className: this.inner.getClassName(), config: this.inner.getConfig() };
  }

  private deviceState(): { batch: tf.Variable; waits: tf.Variable } {
    this.state ??= tf.tidy(() => ({
      batch: tf.variable(tf.zeros([1], 'int32'), false),
      waits: tf.variable(tf.ones([1], 'int32'), false),
    }));
    return this.state;
  }
}
