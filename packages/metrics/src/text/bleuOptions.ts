import { checkCount } from '../arguments/count';
import { describe } from '../arguments/describe';
import { checkOneOf } from '../arguments/oneOf';
import { type Tokenizer, tokenizers } from './tokenizers';

/** What an order without a match counts as, so that the score is not zero. */
export type Smoothing = 'exp' | 'floor' | 'add-k' | 'none';

export interface BleuOptions {
  /** sacrebleu's name: '13a', the default, 'intl', 'char' or 'none'. */
  readonly tokenize?: Tokenizer;
  /**
   * `exp`, the default: the k-th order without a match has 1/2ᵏ of one; `floor`: `smoothValue` of one, 0.1; `add-k`:
   * `smoothValue`, 1, is added to matches and totals above the first order; `none`: nothing.
   */
  readonly smooth?: Smoothing;
  readonly smoothValue?: number;
  /** The longest n-grams that count, 4. */
  readonly maxOrder?: number;
  readonly lowercase?: boolean;
  /** Whether orders that are longer than every hypothesis are left out. */
  readonly effectiveOrder?: boolean;
}

/** The default of `smoothValue`, where there is one. */
const VALUES: Record<Smoothing, number> = { exp: 0, floor: 0.1, 'add-k': 1, none: 0 };

/** @throws RangeError if an option is not what it may be. */
export function checkedBleuOptions(caller: string, options: BleuOptions): Required<BleuOptions> {
  const { tokenize = '13a', smooth = 'exp', maxOrder = 4, lowercase = false, effectiveOrder = false } = options;
  checkOneOf(caller, 'tokenize', tokenize, Object.keys(tokenizers));
  checkOneOf(caller, 'smooth', smooth, Object.keys(VALUES));
  checkCount(caller, 'maxOrder', maxOrder);
  const { smoothValue = VALUES[smooth] } = options;
  if (!(smoothValue >= 0 && smoothValue < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${caller}: smoothValue must be at least 0 and finite, got ${describe(smoothValue)}`);
  }
  return { tokenize, smooth, smoothValue, maxOrder, lowercase, effectiveOrder };
}

/** What decides a score, as sacrebleu writes it. */
export function signatureOf(options: Required<BleuOptions>, references: number | 'var'): string {
  const { tokenize, smooth, smoothValue, maxOrder, lowercase, effectiveOrder } = options;
  const value = VALUES[smooth] ? `[${smoothValue.toFixed(2)}]` : '';
  return [
    `nrefs:${references}`,
    `case:${lowercase ? 'lc' : 'mixed'}`,
    `eff:${effectiveOrder ? 'yes' : 'no'}`,
    `tok:${tokenize}`,
    `smooth:${smooth}${value}`,
    ...(maxOrder === 4 ? [] : [`order:${maxOrder}`]),
    'version:tenon',
  ].join('|');
}
