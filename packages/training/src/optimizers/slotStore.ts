import { overwrite } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

interface Named {
  name: string;
  tensor: tf.Tensor;
}

/** One of the tensors that are kept for each variable. */
export interface Slot {
  name: string;
  make(like: tf.Tensor): tf.Variable;
}

interface Entry {
  /** The variable's name; unknown of state that was loaded and not yet used. */
  owner: string | undefined;
  slots: Record<string, tf.Variable>;
}

/** What is kept for each variable: found by the variable's name, saved in the order of the variables. */
export class SlotStore {
  private readonly title: string;
  private readonly kinds: readonly Slot[];
  private entries: Entry[] = [];

  constructor(title: string, kinds: readonly Slot[]) {
    this.title = title;
    this.kinds = kinds;
  }

  /** @param position - of the variable among those that are updated together: where loaded state is looked for. */
  slotsOf(variable: tf.Variable, position: number): Record<string, tf.Variable> {
    const known = this.entries.find(({ owner }) => owner === variable.name);
    if (known) return known.slots;
    const loaded = this.entries[position];
    if (loaded && loaded.owner === undefined) {
      this.checkShapes(loaded, variable, position);
      loaded.owner = variable.name;
      return loaded.slots;
    }
    const slots = Object.fromEntries(this.kinds.map(({ name, make }) => [name, make(variable)]));
    this.entries.push({ owner: variable.name, slots });
    return slots;
  }

  named(): Named[] {
    return this.entries.flatMap(({ slots }, i) =>
      this.kinds.map(({ name }) => ({ name: `${i}.${name}`, tensor: slots[name] as tf.Tensor })),
    );
  }

  /** @throws RangeError unless they are slots of whole variables, in order. */
  check(weights: readonly Named[]): void {
    const expected = weights.map(
      (_, i) => `${Math.floor(i / this.kinds.length)}.${this.kinds[i % this.kinds.length]?.name}`,
    );
    const wrong = weights.findIndex(({ name }, i) => !name.endsWith(expected[i] as string));
    if (wrong >= 0 || weights.length % Math.max(1, this.kinds.length) !== 0) {
      const kinds = this.kinds.map(({ name }) => name).join(', ') || 'nothing';
      throw new RangeError(
        `${this.title}: weights must be the step and ${kinds} for each variable, got ${weights.map(({ name }) => name).join(', ')}`,
      );
    }
  }

  /** Copies, into the memory that is there where it fits, so that captured steps go on with them. */
  restore(weights: readonly Named[]): void {
    const values = weights.map(({ tensor }) => tensor);
    const mine = this.named().map(({ tensor }) => tensor as tf.Variable);
    const fits = values.length === mine.length && values.every((value, i) => sameSpec(value, mine[i] as tf.Tensor));
    if (fits) {
      values.forEach((value, i) => {
        overwrite(mine[i] as tf.Variable, value);
      });
      return;
    }
    this.dispose();
    const variables = values.map((value) => tf.tidy(() => tf.variable(copyOf(value), false)));
    this.entries = Array.from({ length: values.length / Math.max(1, this.kinds.length) }, (_, i) => ({
      owner: undefined,
      slots: Object.fromEntries(
        this.kinds.map(({ name }, j) => [name, variables[i * this.kinds.length + j] as tf.Variable]),
      ),
    }));
  }

  dispose(): void {
    for (const { slots } of this.entries) tf.dispose(slots);
    this.entries = [];
  }

  private checkShapes({ slots }: Entry, variable: tf.Variable, position: number): void {
    const first = slots[this.kinds[0]?.name as string];
    if (first && first.dtype === 'float32' && !tf.util.arraysEqual(first.shape, variable.shape)) {
      throw new RangeError(
        `${this.title}: the state loaded for variable ${position} must have its shape [${variable.shape}], got [${first.shape}]`,
      );
    }
  }
}

const sameSpec = (a: tf.Tensor, b: tf.Tensor): boolean => a.dtype === b.dtype && tf.util.arraysEqual(a.shape, b.shape);

/** With memory of its own. */
const copyOf = (tensor: tf.Tensor): tf.Tensor => tf.add(tensor, tf.zerosLike(tensor));
