import { describe } from './describe';
import { refuse } from './refuse';

/** A column of numbers: an array, or any typed array whose elements are numbers. */
export type Numbers = ArrayLike<number>;

/**
 * Finds nothing wrong with a column of finite numbers, or throws.
 *
 * @param caller - the function whose argument it is, for the message.
 * @param argument - the argument's name, for the message.
 * @param values - [N ≥ 1].
 * @param length - how many there must be, if that is known.
 * @param low - the least that each may be.
 * @param high - the most that each may be.
 * @throws TypeError if it is not a column of numbers; RangeError if one of them is NaN, infinite or out of range, if
 * there are none, or if the length is another.
 */
export function checkNumbers(
  caller: string,
  argument: string,
  values: Numbers,
  length?: number,
  low = -Infinity,
  high = Infinity,
): void {
  checkLength(caller, argument, values, length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isFinite(value) && value >= low && value <= high) continue;
    const range = high === Infinity ? `at least ${low}` : `in [${low}, ${high}]`;
    const isNumber = typeof value === 'number';
    const must = isNumber ? (Number.isFinite(value) ? range : 'finite') : 'a number';
    refuse(caller, `${argument}[${i}]`, `be ${must}`, describe(value), isNumber ? RangeError : TypeError);
  }
}

/** Throws unless `values` is an array with at least one element, or with `length` of them. */
export function checkLength(caller: string, argument: string, values: ArrayLike<unknown>, length?: number): void {
  if (typeof values !== 'object' || !(values?.length >= 0)) {
    refuse(caller, argument, 'be an array', describe(values), TypeError);
  }
  const got = values.length;
  if (got === 0) refuse(caller, argument, 'have at least 1 element', got);
  if (length !== undefined && got !== length) refuse(caller, argument, `have ${length} elements`, got);
}
