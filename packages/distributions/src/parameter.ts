import * as tf from '@tensorflow/tfjs-core';

/** Numbers, nested as the tensor that they become. */
export type Numbers = number | Float32Array | readonly Numbers[];

/**
 * A parameter of a distribution. Numbers become a tensor of the distribution's own; a tensor or a variable is used as
 * it is, by reference: gradients flow to it, a variable's later values count, and it is never disposed here.
 */
export type Parameter = tf.Tensor | Numbers;

/** Whether the values are known on the host, so that they can be checked. */
export const isNumbers = (parameter: Parameter): parameter is Numbers => !(parameter instanceof tf.Tensor);

/** Nested numbers in one row, in the order of the tensor's elements. */
export const flatten = (values: Numbers): number[] =>
  typeof values === 'number' ? [values] : Array.from(values as readonly Numbers[]).flatMap(flatten);

/** Nested numbers broadcast to a shape, in one row. */
export function flattenTo(shape: number[], values: Numbers): number[] {
  const [size, ...rest] = shape;
  if (size === undefined) return [values as number];
  const rows = rankOf(values) < shape.length ? [values] : Array.from(values as readonly Numbers[]);
  return Array.from({ length: size }, (_, i) => flattenTo(rest, rows[rows.length === 1 ? 0 : i] as Numbers)).flat();
}

/**
 * The event shape of parameters: `shape`, or what they broadcast to together.
 *
 * @throws TypeError when a parameter is neither a float32 tensor nor regularly nested numbers.
 * @throws RangeError when a number is not finite in float32, or a parameter does not broadcast to the shape.
 */
export function eventShapeOf(owner: string, parameters: Record<string, Parameter>, shape?: number[]): number[] {
  const shapes = Object.entries(parameters).map(([name, value]) => [name, shapeOf(owner, name, value)] as const);
  const event = shape ?? widest(shapes.map(([, own]) => own));
  if (!event.every((size) => Number.isInteger(size) && size > 0)) {
    throw new RangeError(`${owner}: shape must be positive integers, got [${event}]`);
  }
  for (const [name, own] of shapes) {
    if (!broadcasts(own, event)) {
      throw new RangeError(
        `${owner}: ${name} must broadcast to [${event}], got [${own}]; sizes align from the last axis`,
      );
    }
  }
  return [...event];
}

/** The tensor of a checked parameter. One that is made of numbers is added to `made`, for its owner to dispose. */
export function toTensor(parameter: Parameter, made: tf.Tensor[]): tf.Tensor {
  if (!isNumbers(parameter)) return parameter;
  const tensor = tf.tensor(parameter as tf.TensorLike, undefined, 'float32');
  made.push(tensor);
  return tensor;
}

/** @throws RangeError when a parameter known on the host holds a number that is not above 0 in float32. */
export function checkPositive(owner: string, name: string, parameter: Parameter): void {
  shapeOf(owner, name, parameter);
  if (!isNumbers(parameter)) return;
  const bad = flatten(parameter).find((value) => !(Math.fround(value) > 0));
  if (bad !== undefined) throw new RangeError(`${owner}: ${name} must be positive, got ${bad}`);
}

/** The shape of a parameter, nested numbers read down their first elements. */
function shapeOf(owner: string, name: string, parameter: Parameter): number[] {
  if (!isNumbers(parameter)) {
    if (parameter.dtype === 'float32') return parameter.shape;
    throw new TypeError(`${owner}: ${name} must be float32, got ${parameter.dtype}; convert it with tf.cast`);
  }
  const shape = nestedShape(parameter);
  if (shape === undefined) {
    const got = Array.isArray(parameter) ? 'an irregular array' : String(parameter);
    throw new TypeError(`${owner}: ${name} must be a number, regularly nested numbers or a tensor, got ${got}`);
  }
  const bad = flatten(parameter).find((value) => !Number.isFinite(Math.fround(value)));
  if (bad !== undefined) throw new RangeError(`${owner}: ${name} must be finite, got ${bad}`);
  return shape;
}

/** Undefined when something is no number, or rows differ in shape. */
function nestedShape(values: unknown): number[] | undefined {
  if (typeof values === 'number') return [];
  if (!Array.isArray(values) && !(values instanceof Float32Array)) return undefined;
  const [first, ...rest] = Array.from(values as readonly unknown[], nestedShape);
  if (first === undefined || rest.some((row) => String(row) !== String(first))) return undefined;
  return [values.length, ...first];
}

const rankOf = (values: Numbers): number => (typeof values === 'number' ? 0 : 1 + rankOf(values[0] as Numbers));

/** The largest size on each axis, aligned from the last. */
function widest(shapes: number[][]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    Math.max(...shapes.map((own) => own[own.length - rank + axis] ?? 1)),
  );
}

const broadcasts = (from: number[], to: number[]): boolean =>
  from.length <= to.length && from.every((size, axis) => size === 1 || size === to[to.length - from.length + axis]);
