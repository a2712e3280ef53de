import * as tf from '@tensorflow/tfjs-core';

/** A tensor, or lists and records of them: what a captured function takes and gives. */
export type Tensors = tf.Tensor | readonly Tensors[] | { readonly [name: string]: Tensors };

/** The tensors of a container, in the order in which it is walked. */
export function tensorsIn(container: unknown, role: string): tf.Tensor[] {
  if (container instanceof tf.Tensor) return [container];
  if (container === null || typeof container !== 'object') {
    throw new TypeError(
      `capture: ${role} must be tensors, or lists and records of tensors, got ${container}; a number would be the same in every call`,
    );
  }
  return Object.values(container).flatMap((part) => tensorsIn(part, role));
}

/** A container of the same form, with other tensors, taken in the same order. */
export function withTensors<T>(container: T, tensors: Iterator<tf.Tensor>): T {
  if (container instanceof tf.Tensor) return tensors.next().value as T;
  if (Array.isArray(container)) return container.map((part) => withTensors(part, tensors)) as T;
  return Object.fromEntries(
    Object.entries(container as object).map(([name, part]) => [name, withTensors(part, tensors)]),
  ) as T;
}
