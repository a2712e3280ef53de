import { describe } from '../arguments/describe';
import { encodeLabels, type Label, type Labels } from '../arguments/labels';
import { checkWeights, type Weighted } from '../arguments/weights';
import { addConfusion } from '../classification/confusionCounts';
import { type ConfusionScores, confusionScores } from './confusionScores';

/** `confusionMatrix`, accuracy, precision, recall and F1 of samples that come in parts: it keeps the counts alone. */
export class StreamingConfusion {
  readonly #labels: Labels;
  readonly #classes: readonly Label[];
  #counts: Float64Array;

  /**
   * @param options - `labels`, all classes there may be, in the order of the matrix: [K].
   * @throws RangeError if a class is listed twice.
   */
  constructor({ labels }: { labels: Labels }) {
    this.#labels = labels;
    this.#classes = encodeLabels('StreamingConfusion', { labels }, labels).classes;
    this.#counts = new Float64Array(this.#classes.length ** 2);
  }

  /**
   * Adds samples.
   *
   * @param yTrue - [N] labels.
   * @param yPred - [N] labels.
   * @throws RangeError if lengths differ, or a label is not one of `labels`; then nothing was added.
   */
  update(yTrue: Labels, yPred: Labels, { sampleWeight }: Weighted = {}): this {
    const columns = { yTrue, yPred };
    const [truth, prediction] = encodeLabels('StreamingConfusion.update', columns, this.#labels).codes as [
      Int32Array,
      Int32Array,
    ];
    checkWeights('StreamingConfusion.update', sampleWeight, truth.length);
    for (const [name, codes] of [['yTrue', truth] as const, ['yPred', prediction] as const]) {
      const unknown = codes.indexOf(-1);
      if (unknown < 0) continue;
      const got = describe(columns[name][unknown]);
      throw new RangeError(`StreamingConfusion.update: ${name}[${unknown}] must be one of labels, got ${got}`);
    }
    addConfusion(this.#counts, this.#classes.length, truth, prediction, sampleWeight);
    return this;
  }

  /** Adds what another with the same labels has counted. */
  merge(other: StreamingConfusion): this {
    const [ours, theirs] = [this.#classes.join(', '), other.#classes.join(', ')];
    if (ours !== theirs) throw new RangeError(`StreamingConfusion.merge: labels must be ${ours}, got ${theirs}`);
    this.#counts = this.#counts.map((count, cell) => count + (other.#counts[cell] as number));
    return this;
  }

  /** The scores of all that was added since the last `reset`. */
  compute(): ConfusionScores {
    return confusionScores({ classes: this.#classes, counts: this.#counts });
  }

  /** Forgets what was counted. */
  reset(): this {
    this.#counts.fill(0);
    return this;
  }
}
