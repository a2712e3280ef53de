import { categorical as drawClasses, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from '../arguments';
import type { Distribution } from '../distribution';
import { withoutGradient } from '../gradients';
import { IMPOSSIBLE, LOG_ZERO, TINY } from '../limits';
import { checkLogitsOrProbs, type LogitsOrProbs } from '../logits';
import { eventShapeOf, type Parameter, toTensor } from '../parameter';
import { logProbWithin } from '../support';

/** Of each of K classes, [..., K]: `probs` that sum to 1 on the last axis, or `logits`, of which they are the softmax. */
export type CategoricalOptions = LogitsOrProbs & {
  /** Whether an event is a one-hot vector; without it, it is the number of the class. */
  oneHot?: boolean;
};

/** How far from 1 probabilities may sum to. */
const SUM_TOLERANCE = 1e-5;

/**
 * The categorical distribution of one class among K, or of one for each of several elements that are independent:
 * parameters of shape [...F, K] have events
 *
 *     E = F, the classes' numbers 0 … K − 1 (drawn as int32; logProb takes float32 too), or
 *     E = [...F, K], one-hot vectors, float32, with `oneHot`
 *
 *     log p(x) = log softmax(l)ₓ,   H = −Σₖ pₖ log pₖ
 *
 * What is no class, or no one-hot vector, has −∞, and so has a class of probability 0, or of a logit −∞. `mean` and
 * `variance` are those of the number, or of each place in the vector: pₖ and pₖ (1 − pₖ). A draw passes no gradient on, but
 * zero.
 *
 * @throws TypeError when not exactly one of `logits` and `probs` is given, or it is neither numbers nor a float32 tensor.
 * @throws RangeError when there is no axis of classes, or probabilities, given as numbers, are not in [0, 1] or do not
 *   sum to 1.
 *
 * Reference: Bishop, "Pattern Recognition and Machine Learning", 2006, §2.2.
 *
 * @example
 * const digit = new Categorical({ logits: tf.zeros([10]) });
 * const logProb = digit.logProb(digit.sample(64, { seed: 7 })); // [64]
 */
export class Categorical implements Distribution {
  readonly eventShape: number[];
  /** Whether an event is a one-hot vector. */
  readonly oneHot: boolean;
  /** K. */
  private readonly classCount: number;
  private readonly parameter: tf.Tensor;
  private readonly asProbs: boolean;
  private readonly made: tf.Tensor[] = [];

  constructor({ logits, probs, oneHot = false }: CategoricalOptions) {
    checkLogitsOrProbs('Categorical', { logits, probs });
    const parameter = (logits ?? probs) as Parameter;
    const name = logits === undefined ? 'probs' : 'logits';
    const shape = eventShapeOf('Categorical', { [name]: parameter });
    if (shape.length === 0) throw new RangeError(`Categorical: ${name} must be [..., K], got []; K counts the classes`);
    if (name === 'probs' && !(parameter instanceof tf.Tensor)) checkSums(parameter);
    this.oneHot = oneHot;
    this.classCount = shape.at(-1) as number;
    this.asProbs = name === 'probs';
    this.eventShape = oneHot ? shape : shape.slice(0, -1);
    this.parameter = toTensor(parameter, this.made);
  }

  /** log pₖ, [...F, K], at least −1e30, which stands for −∞; a new tensor. */
  get logProbs(): tf.Tensor {
    return tf.tidy(() => {
      if (!this.asProbs) return tf.logSoftmax(tf.maximum(this.parameter, LOG_ZERO));
      const possible = withoutGradient((probs) => tf.greater(probs, 0), this.parameter);
      return tf.where(possible, tf.log(tf.maximum(this.parameter, TINY)), LOG_ZERO);
    });
  }

  /** pₖ, [...F, K]; a new tensor. */
  get probs(): tf.Tensor {
    return this.asProbs ? tf.clone(this.parameter) : tf.tidy(() => tf.softmax(tf.maximum(this.parameter, LOG_ZERO)));
  }

  get mean(): tf.Tensor {
    return this.oneHot ? this.probs : tf.tidy(() => this.average(this.classes()));
  }

  get variance(): tf.Tensor {
    return tf.tidy(() => {
      if (this.oneHot) return tf.mul(this.probs, tf.sub(1, this.probs));
      const apart = tf.sub(this.classes(), tf.expandDims(this.mean, -1)); // [...F, K]
      return this.average(tf.square(apart));
    });
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor {
    checkCount('Categorical.sample', 'n', n);
    return tf.tidy(() => {
      return withoutGradient((parameter) => {
        const weights = this.asProbs ? { probabilities: parameter } : { logits: parameter };
        const drawn = drawClasses(weights, { seed, samples: n }); // [...F, n]
        const axes = drawn.shape.map((_, axis) => axis);
        const chosen = tf.transpose(drawn, [axes.pop() as number, ...axes]); // [n, ...F]
        return this.oneHot ? oneHotOf(chosen, this.classCount) : chosen;
      }, this.parameter);
    });
  }

  logProb(x: tf.Tensor): tf.Tensor1D {
    checkPoints('Categorical.logProb', x, this.eventShape);
    return tf.tidy(() => {
      const batch = x.shape[0] as number;
      const elements = tf.util.sizeFromShape(this.eventShape) / (this.oneHot ? this.classCount : 1);
      const chosen = this.oneHot
        ? tf.cast(x, 'float32')
        : withoutGradient((at) => oneHotOf(tf.cast(at, 'int32'), this.classCount), x);
      const logs = tf.mul(chosen, this.logProbs); // [batch, ...F, K]
      const total = tf.sum(tf.reshape(logs, [batch, elements * this.classCount]), 1);
      const impossible = withoutGradient(
        (hot, points, sums) => {
          const ones = tf.sum(hot, -1);
          const whole = this.oneHot
            ? tf.max(hot, -1)
            : tf.sub(1, tf.abs(tf.sub(points, tf.round(tf.cast(points, 'float32')))));
          const exact = tf.logicalAnd(tf.equal(ones, 1), tf.equal(whole, 1));
          const unknown = tf.any(tf.reshape(tf.logicalNot(exact), [batch, elements]), 1);
          return tf.logicalOr(unknown, tf.less(sums, IMPOSSIBLE));
        },
        chosen,
        x,
        total,
      );
      return logProbWithin(total, impossible);
    });
  }

  entropy(): tf.Scalar {
    return tf.tidy(() => tf.neg(tf.sum(tf.mul(this.probs, this.logProbs))));
  }

  dispose(): void {
    tf.dispose(this.made);
  }

  /** 0 … K − 1, as numbers. */
  private classes(): tf.Tensor {
    return tf.range(0, this.classCount, 1, 'float32');
  }

  /** Σₖ pₖ vₖ of values that broadcast to [...F, K]. */
  private average(values: tf.Tensor): tf.Tensor {
    return tf.sum(tf.mul(this.probs, values), -1);
  }
}

/** [...S] → [...S, K]; asked for float32 itself, oneHot is wrong on wasm. */
const oneHotOf = (classes: tf.Tensor, K: number): tf.Tensor => tf.cast(tf.oneHot(classes, K), 'float32');

/** @throws RangeError when probabilities on the host do not sum to 1 on their last axis. */
function checkSums(probs: Exclude<Parameter, tf.Tensor>): void {
  const rows = Array.from(probs as readonly Exclude<Parameter, tf.Tensor>[]);
  if (typeof rows[0] !== 'number') {
    rows.forEach(checkSums);
    return;
  }
  const sum = (rows as number[]).reduce((total, p) => total + p, 0);
  if (Math.abs(sum - 1) <= SUM_TOLERANCE) return;
  throw new RangeError(`Categorical: probs must sum to 1 on the last axis, got ${sum}; logits may have any sum`);
}
