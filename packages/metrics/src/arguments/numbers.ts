import { describe } from './describe';

/** A column of numbers: an array, or any typed array whose elements are numbers. */
export type Numbers = ArrayLike<number>;

/**
 * Finds nothing wrong with a column of finite numbers, or throws.
 *
 * @param caller - the function whose argument it is, for the message.
 * @param argument - the argument's name, for the message.
 * @param values - [N].
 * @param length - how many there must be, if that is known.
 * @throws TypeError if it is not a column of numbers; RangeError if one of them is NaN or infinite, or the length is
 * another.
 */
export function checkNumbers(caller: string, argument: string, values: Numbers, length?: number): void {
  if (typeof values !== 'object' || values === null || !(values.length >= 0)) {
    throw new TypeError(`${caller}: ${argument} must be an array of numbers, got ${describe(values)}`);
  }
  if (length !== undefined && values.length !== length) {
    throw new RangeError(`${caller}: ${argument} must have ${length} elements, got ${values.length}`);
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') {
      throw new TypeError(`${caller}: ${argument}[${i}] must be a number, got ${describe(value)}`);
    }
    if (!Number.isFinite(value)) throw new RangeError(`${caller}: ${argument}[${i}] must be finite, got ${value}`);
  }
}
