import { checkName } from '../check';

/** What becomes of the losses of all rows or numbers: their mean, their sum, or themselves. */
export type Reduction = 'mean' | 'sum' | 'none';

export const checkReduction = (op: string, reduction: string): void =>
  checkName(op, 'reduction', reduction, ['mean', 'sum', 'none']);

export interface CrossEntropyAttributes {
  labelSmoothing: number;
  /** Negative for none: what is outside the classes is ignored anyway. */
  ignoredIndex: number;
  reduction: Reduction;
}
