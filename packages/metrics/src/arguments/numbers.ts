import { describe } from './describe';

/** A column of numbers: an array, or any typed array whose elements are numbers. */
export type Numbers = ArrayLike<number>;

/**
 * Finds nothing wrong with a column of finite numbers, or throws.
 *
 * @param caller - the function whose argument it is, for the message.
 * @param argument - the argument's name, for the message.
 * @param values - [N ≥ 1].
 * @param length - how many there must be, if that is known.
 * @throws TypeError if it is not a column of numbers; RangeError if one of them is NaN or infinite, if there are none,
 * or if the length is another.
 */
export function checkNumbers(caller: string, argument: string, values: Numbers, length?: number): void {
  checkLength(caller, argument, values, length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') {
      throw new TypeError(`${caller}: ${argument}[${i}] must be a number, got ${describe(value)}`);
    }
    if (!Number.isFinite(value)) throw new RangeError(`${caller}: ${argument}[${i}] must be finite, got ${value}`);
  }
}

/** Throws unless `values` is an array with at least one element, or with `length` of them. */
export function checkLength(caller: string, argument: string, values: ArrayLike<unknown>, length?: number): void {
  if (typeof values !== 'object' || values === null || !(values.length >= 0)) {
    throw new TypeError(`${caller}: ${argument} must be an array, got ${describe(values)}`);
  }
  if (values.length === 0) throw new RangeError(`${caller}: ${argument} must have at least 1 element, got 0`);
  if (length !== undefined && values.length !== length) {
    throw new RangeError(`${caller}: ${argument} must have ${length} elements, got ${values.length}`);
  }
}

/** Throws unless every number is at least `low`, and at most `high`. NaN is neither. */
export function checkRange(caller: string, argument: string, values: Numbers, low: number, high = Infinity): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(value >= low && value <= high)) {
      const range = high === Infinity ? `at least ${low}` : `in [${low}, ${high}]`;
      throw new RangeError(`${caller}: ${argument}[${i}] must be ${range}, got ${value}`);
    }
  }
}
