import type { Labels } from '../arguments/labels';
import { checkOneOf } from '../arguments/oneOf';
import type { Weighted } from '../arguments/weights';
import { confusionTable, margins } from './confusionTable';

export interface KappaOptions extends Weighted {
  /** The classes and their order; all that occur, ascending, if left out. */
  labels?: Labels;
  /** How much worse a larger difference of classes is: not at all if left out. */
  weights?: 'linear' | 'quadratic' | null;
}

/**
 * How far two raters agree beyond chance.
 *
 *     1 − Σᵢⱼ wᵢⱼ Cᵢⱼ / Σᵢⱼ wᵢⱼ Eᵢⱼ, with E what the margins of C would give by chance
 *
 * Reference: Cohen 1968, "Weighted kappa".
 *
 * @param y1 - [N] labels.
 * @param y2 - [N] labels.
 * @returns at most 1; NaN where both raters gave one and the same class throughout.
 * @throws RangeError if lengths differ.
 */
export function cohenKappaScore(y1: Labels, y2: Labels, options: KappaOptions = {}): number {
  const { weights = null } = options;
  checkOneOf('cohenKappaScore', 'weights', weights, ['linear', 'quadratic', null]);
  const table = confusionTable('cohenKappaScore', y1, y2, options);
  const { rows, columns, total } = margins(table);
  const size = rows.length;
  let [observed, expected] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const weight = weights === null ? Number(i !== j) : Math.abs(i - j) ** (weights === 'linear' ? 1 : 2);
      observed += weight * (table.counts[i * size + j] as number);
      expected += (weight * (rows[i] as number) * (columns[j] as number)) / total;
    }
  }
  return 1 - observed / expected;
}
