import type { Labels } from '../arguments/labels';
import { warn } from '../arguments/warn';
import type { Weighted } from '../arguments/weights';
import { confusionTable, margins } from './confusionTable';

/**
 * The mean recall of the classes that occur in `yTrue`.
 *
 * @param yTrue - [N] labels.
 * @param yPred - [N] labels.
 * @param options - `adjusted`: 0 is what guessing gives, 1 stays perfect.
 * @throws RangeError if lengths differ.
 */
export function balancedAccuracyScore(
  yTrue: Labels,
  yPred: Labels,
  options: Weighted & { adjusted?: boolean } = {},
): number {
  const table = confusionTable('balancedAccuracyScore', yTrue, yPred, options);
  const size = table.classes.length;
  const recalls: number[] = [];
  for (const [k, actual] of margins(table).rows.entries()) {
    if (actual > 0) recalls.push((table.counts[k * size + k] as number) / actual);
  }
  if (recalls.length < size) warn('balancedAccuracyScore', 'yPred has classes that yTrue has not; they are left out');
  const score = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
  if (!options.adjusted) return score;
  const chance = 1 / recalls.length;
  return (score - chance) / (1 - chance);
}
