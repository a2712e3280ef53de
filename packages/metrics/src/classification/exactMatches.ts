import { toIndicators } from '../arguments/indicators';
import { encodeLabels, type Labels } from '../arguments/labels';
import { isMatrix, type Matrix } from '../arguments/matrix';
import { checkWeights, type Weighted } from '../arguments/weights';

/**
 * The weight of the samples whose labels are all right, and of all.
 *
 * @param yTrue - [N] labels, or [N, K] indicators.
 * @param yPred - the same shape.
 */
export function exactMatches(
  caller: string,
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  { sampleWeight }: Weighted,
): { right: number; total: number } {
  const same = comparer(caller, yTrue, yPred);
  checkWeights(caller, sampleWeight, same.rows);
  let [right, total] = [0, 0];
  for (let i = 0; i < same.rows; i++) {
    const weight = sampleWeight ? (sampleWeight[i] as number) : 1;
    total += weight;
    if (same.at(i)) right += weight;
  }
  return { right, total };
}

function comparer(caller: string, yTrue: Labels | Matrix, yPred: Labels | Matrix) {
  if (!isMatrix(yTrue) && !isMatrix(yPred)) {
    const [truth, prediction] = encodeLabels(caller, { yTrue, yPred }).codes as [Int32Array, Int32Array];
    return { rows: truth.length, at: (i: number): boolean => truth[i] === prediction[i] };
  }
  const truth = toIndicators(caller, 'yTrue', yTrue as Matrix);
  const prediction = toIndicators(caller, 'yPred', yPred as Matrix, truth.rows, truth.columns);
  const at = (i: number): boolean => {
    for (let cell = i * truth.columns; cell < (i + 1) * truth.columns; cell++) {
      if (truth.data[cell] !== prediction.data[cell]) return false;
    }
    return true;
  };
  return { rows: truth.rows, at };
}
