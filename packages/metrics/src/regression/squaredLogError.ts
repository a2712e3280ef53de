import { checkNumbers } from '../arguments/numbers';
import { meanLoss, type Output } from './outputs';

/** `Σ w (log(1 + y) − log(1 + ŷ))² / Σ w`, of numbers that are not negative. */
export function squaredLogError(caller: string, output: Output): number {
  const { truth, prediction } = output;
  checkNumbers(caller, 'yTrue', truth, truth.length, 0);
  checkNumbers(caller, 'yPred', prediction, truth.length, 0);
  return meanLoss(output, (truth, prediction) => (Math.log1p(truth) - Math.log1p(prediction)) ** 2);
}
