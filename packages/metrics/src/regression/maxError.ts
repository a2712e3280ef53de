import type { Numbers } from '../arguments/numbers';
import { toOutputs } from './outputs';

/**
 * The largest absolute error.
 *
 * @param yTrue - [N].
 * @param yPred - [N].
 * @throws RangeError if lengths differ or a number is not finite.
 */
export function maxError(yTrue: Numbers, yPred: Numbers): number {
  let largest = 0;
  for (const { truth, prediction } of toOutputs('maxError', yTrue, yPred, undefined)) {
    for (let i = 0; i < truth.length; i++) {
      largest = Math.max(largest, Math.abs((truth[i] as number) - (prediction[i] as number)));
    }
  }
  return largest;
}
