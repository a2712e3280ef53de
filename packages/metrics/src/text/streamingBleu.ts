import { addCounts, type BleuReferences, countCorpus, noCounts } from './bleuCounts';
import { type BleuOptions, checkedBleuOptions } from './bleuOptions';
import { type BleuResult, bleuResult } from './bleuResult';

/** `corpusBleu` of a corpus that comes in parts: it keeps the counts alone. */
export class StreamingBleu {
  readonly #options: Required<BleuOptions>;
  #counts = noCounts(0);

  /** @throws RangeError if an option is not what it may be. */
  constructor(options: BleuOptions = {}) {
    this.#options = checkedBleuOptions('StreamingBleu', options);
    this.reset();
  }

  /**
   * Adds sentences with their references.
   *
   * @throws as `corpusBleu` does; then nothing was added.
   */
  update(hypotheses: readonly string[], references: BleuReferences): this {
    addCounts(this.#counts, countCorpus('StreamingBleu.update', hypotheses, references, this.#options));
    return this;
  }

  /**
   * Adds what another has counted.
   *
   * @throws RangeError when the other has other options.
   */
  merge(other: StreamingBleu): this {
    const [ours, theirs] = [this.#options, other.#options].map((options) => JSON.stringify(options));
    if (ours !== theirs) throw new RangeError(`StreamingBleu.merge: options must be ${ours}, got ${theirs}`);
    addCounts(this.#counts, other.#counts);
    return this;
  }

  /** The score of all that was added since the last `reset`. */
  compute(): BleuResult {
    return bleuResult(this.#counts, this.#options);
  }

  /** Forgets what was counted. */
  reset(): this {
    this.#counts = noCounts(this.#options.maxOrder);
    return this;
  }
}
