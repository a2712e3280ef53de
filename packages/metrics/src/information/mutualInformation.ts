import type { Labels } from '../arguments/labels';
import type { Weighted } from '../arguments/weights';
import { confusionTable, margins } from '../classification/confusionTable';
import { type BaseOptions, unit } from './base';

/**
 * What one labelling tells of another, whatever its labels are called.
 *
 *     Σᵢⱼ p(i, j) log(p(i, j) / (p(i) p(j)))
 *
 * @param y1 - [N] labels.
 * @param y2 - [N] labels.
 * @returns in nats, or in bits with `base: 2`.
 * @throws RangeError if lengths differ.
 */
export function mutualInformation(y1: Labels, y2: Labels, options: BaseOptions & Weighted = {}): number {
  const table = confusionTable('mutualInformation', y1, y2, { sampleWeight: options.sampleWeight });
  const { rows, columns, total } = margins(table);
  let information = 0;
  for (const [cell, count] of table.counts.entries()) {
    const byChance = (rows[Math.floor(cell / rows.length)] as number) * (columns[cell % rows.length] as number);
    if (count > 0) information += (count / total) * Math.log((count * total) / byChance);
  }
  return Math.max(information, 0) / unit('mutualInformation', options);
}
