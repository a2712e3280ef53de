/** Scores, or losses, on both sides: by size of the training set, by epoch, by complexity. */
export interface FitCurve {
  train: ArrayLike<number>;
  validation: ArrayLike<number>;
}

export interface DiagnoseOptions {
  /** For losses and errors. */
  lowerIsBetter?: boolean;
  /** What a model of use reaches on its training samples: by default 0.8, for losses half of the first training loss. */
  target?: number;
  /** How much is little: 0.05 by default, for losses a twentieth of the largest. */
  tolerance?: number;
}

export interface Diagnosis {
  verdict: 'underfitting' | 'overfitting' | 'easyValidation' | 'good';
  /** How much better training is than validation at the end; negative when it is worse. */
  gap: number;
  /** What the verdict stands on, in words. */
  why: string;
  /** What to try next, the likeliest first. */
  advice: string[];
}

/**
 * Says from both curves what is wrong with a fit, and what to try next.
 *
 * - `easyValidation`: validation is better than training by more than the tolerance;
 * - `underfitting`: training misses the target by more than the tolerance;
 * - `overfitting`: training is better than validation by more than the tolerance, or validation was better before by
 *   more than that;
 * - `good`: none of these.
 *
 * The rules are asked in this order. A learning curve of a metric goes in as
 * `{ train: curve.trainMean, validation: curve.testMean }`.
 *
 * @throws RangeError when a curve is empty or not finite, or the two differ in length.
 */
export function diagnoseFit({ train, validation }: FitCurve, options: DiagnoseOptions = {}): Diagnosis {
  const n = train.length;
  if (n === 0 || validation.length !== n) {
    throw new RangeError(
      `diagnoseFit: train and validation must have one length, at least 1, got ${n} and ${validation.length}`,
    );
  }
  const values = [...Array.from(train), ...Array.from(validation)];
  if (!values.every(Number.isFinite))
    throw new RangeError('diagnoseFit: train and validation must be finite, got some that are not');

  const { lowerIsBetter = false } = options;
  const sign = lowerIsBetter ? -1 : 1;
  const [first, last, validated] = [train[0] as number, train[n - 1] as number, validation[n - 1] as number];
  const { tolerance = lowerIsBetter ? Math.max(...values.map(Math.abs)) / 20 : 0.05 } = options;
  const { target = lowerIsBetter ? first - Math.abs(first) / 2 : 0.8 } = options;
  const gap = sign * (last - validated);
  const missing = sign * (target - last);
  const lost = Math.max(...Array.from(validation, (value) => sign * (value - validated)));
  const rising = n > 1 && sign * (validated - (validation[n - 2] as number)) > tolerance / 5;

  if (gap < -tolerance) {
    return {
      verdict: 'easyValidation',
      gap,
      why: `validation ${show(validated)} is better than training ${show(last)}`,
      advice: [
        'look for training samples among the validation samples',
        'shuffle or stratify the split, so that both sides are alike',
        'validate on more samples',
        'remember that dropout and augmentation make training harder than validation',
      ],
    };
  }
  if (missing > tolerance) {
    return {
      verdict: 'underfitting',
      gap,
      why: `training ${show(last)} misses its target ${show(target)}`,
      advice: ['use a bigger model', 'train for longer', 'regularise less', 'add features that tell more'],
    };
  }
  if (gap > tolerance || lost > tolerance) {
    const peaked = lost > tolerance;
    return {
      verdict: 'overfitting',
      gap,
      why: peaked
        ? `validation ${show(validated)} was better before by ${show(lost)}`
        : `training ${show(last)} is better than validation ${show(validated)}`,
      advice: [
        ...(peaked ? ['stop where validation was best'] : []),
        ...(rising ? ['get more data: validation still gains from it'] : []),
        'regularise more',
        'use a smaller model',
        ...(rising ? [] : ['get more data, or augment what there is']),
      ],
    };
  }
  return {
    verdict: 'good',
    gap,
    why: `training ${show(last)} and validation ${show(validated)} agree`,
    advice: [
      'score once on samples that were kept back',
      ...(rising ? ['get more data: validation still gains from it'] : []),
    ],
  };
}

const show = (value: number) => String(Number(value.toPrecision(3)));
