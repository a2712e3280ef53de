import { type BleuReferences, countCorpus } from './bleuCounts';
import { type BleuOptions, checkedBleuOptions } from './bleuOptions';
import { type BleuResult, bleuResult } from './bleuResult';

/**
 * How near translations of a corpus come to its reference translations, from 0 to 100, as sacrebleu scores it:
 *
 *     100 · min(1, exp(1 − r / h)) · (p₁ p₂ p₃ p₄)^¼
 *
 * with the lengths r of the references and h of the hypotheses, and pₙ the part of the hypotheses' n-grams that a
 * reference has too.
 *
 *     corpusBleu(['The dog bit the man.'], [['The dog bit the man.'], ['The dog had bit the man.']]).score // 100
 *
 * Reference: Papineni, Roukos, Ward, Zhu, "BLEU: a method for automatic evaluation of machine translation", 2002; Post,
 * "A call for clarity in reporting BLEU scores", 2018.
 *
 * @param hypotheses - [N] sentences, not tokenized unless `tokenize` is 'none'.
 * @param references - [N], or [R][N] for R references of each sentence; null where a sentence has fewer.
 * @throws TypeError for what is not a sentence; RangeError when a list of references has another length, a sentence no
 * reference, or an option is not what it may be.
 */
export function corpusBleu(
  hypotheses: readonly string[],
  references: BleuReferences,
  options: BleuOptions = {},
): BleuResult {
  const checked = checkedBleuOptions('corpusBleu', options);
  return bleuResult(countCorpus('corpusBleu', hypotheses, references, checked), checked);
}
