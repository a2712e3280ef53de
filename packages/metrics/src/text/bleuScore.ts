import { countCorpus } from './bleuCounts';
import { type BleuOptions, checkedBleuOptions } from './bleuOptions';
import { type BleuResult, bleuResult } from './bleuResult';

/**
 * `corpusBleu` of a single sentence; orders that are longer than it are left out, unless `effectiveOrder` is false.
 *
 * @param hypothesis - the sentence.
 * @param references - [R] translations to compare it with.
 * @throws as `corpusBleu` does.
 */
export function bleuScore(hypothesis: string, references: readonly string[], options: BleuOptions = {}): BleuResult {
  const checked = checkedBleuOptions('bleuScore', { effectiveOrder: true, ...options });
  const lists = Array.isArray(references) ? references.map((reference) => [reference]) : references;
  return bleuResult(countCorpus('bleuScore', [hypothesis], lists, checked), checked);
}
