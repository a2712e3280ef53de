import { encodeLabels, type Label, type Labels } from '../arguments/labels';
import { isMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import { addCoded, noOutcomes, type Outcomes } from '../classification/outcomes';

export interface PixelOptions {
  /** Pixels that truly are of this class count nowhere, and the class itself is not scored. */
  ignoreIndex?: Label;
}

/** Pixels of each class, without those to be ignored. */
export function countPixels(
  caller: string,
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  { ignoreIndex }: PixelOptions,
): Outcomes & { ignored: number } {
  const flat = (argument: string, value: Labels | Matrix): Labels =>
    isMatrix(value) ? toMatrix(caller, argument, value).data : value;
  const columns = { yTrue: flat('yTrue', yTrue), yPred: flat('yPred', yPred) };
  const { classes, codes } = encodeLabels(caller, columns);
  const [truth, prediction] = codes as [Int32Array, Int32Array];
  const ignored = ignoreIndex === undefined ? -1 : classes.indexOf(ignoreIndex);
  const weights = ignored < 0 ? undefined : Uint8Array.from(truth, (code) => Number(code !== ignored));
  const outcomes = noOutcomes(classes);
  addCoded(outcomes, truth, prediction, weights);
  return { ...outcomes, ignored };
}

/** The mean of a score over the classes that occur in truth or prediction. */
export function meanOverClasses(
  { hits, actual, predicted, ignored }: Outcomes & { ignored: number },
  score: (hits: number, actual: number, predicted: number) => number,
): number {
  let [total, present] = [0, 0];
  for (const [k, hit] of hits.entries()) {
    const [there, said] = [actual[k] as number, predicted[k] as number];
    if (k === ignored || there + said === 0) continue;
    total += score(hit, there, said);
    present++;
  }
  return total / present;
}
