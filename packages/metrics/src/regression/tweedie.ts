import { checkNumbers } from '../arguments/numbers';
import { meanLoss, type Output } from './outputs';

/** Throws unless the power has a deviance, and the numbers are in its domain. */
export function checkTweedie(caller: string, { truth, prediction }: Output, power: number): void {
  if (Number.isNaN(power) || (power > 0 && power < 1)) {
    throw new RangeError(`${caller}: power must be at most 0 or at least 1, got ${power}`);
  }
  if (power !== 0) checkNumbers(caller, 'yPred', prediction, truth.length, Number.MIN_VALUE);
  if (power >= 1) checkNumbers(caller, 'yTrue', truth, truth.length, power >= 2 ? Number.MIN_VALUE : 0);
}

/** The mean deviance of a Tweedie distribution whose variance goes with the mean to the power given. */
export function tweedie(output: Output, power: number): number {
  return meanLoss(output, deviance(power));
}

function deviance(power: number): (truth: number, prediction: number) => number {
  if (power === 0) return (y, p) => (y - p) ** 2;
  if (power === 1) return (y, p) => 2 * ((y === 0 ? 0 : y * Math.log(y / p)) - y + p);
  if (power === 2) return (y, p) => 2 * (Math.log(p / y) + y / p - 1);
  const [one, two] = [1 - power, 2 - power];
  return (y, p) => 2 * (Math.max(y, 0) ** two / (one * two) - (y * p ** one) / one + p ** two / two);
}
