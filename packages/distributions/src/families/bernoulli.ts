import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { Factorized } from '../factorized';
import { withoutGradient } from '../gradients';
import { BELOW_ONE, TINY } from '../limits';
import { checkLogitsOrProbs, type LogitsOrProbs, softplus } from '../logits';
import type { Parameter } from '../parameter';

/** p, the probability of a 1, as `probs` in [0, 1] or as `logits` log(p / (1 − p)); either broadcasts to E. */
export type BernoulliOptions = LogitsOrProbs & {
  /** E; without it, the shape of the parameter. */
  shape?: number[];
};

/**
 * The Bernoulli distribution of zeros and ones (as float32), each element of an event on its own, with logit l:
 *
 *     log p(x) = x l − log(1 + exp(l)),   H = log(1 + exp(l)) − p l
 *
 * `logProb` takes any x in [0, 1] too: it is then minus the cross-entropy. Probabilities of 0 and 1 are taken for 2⁻¹²⁶
 * and 1 − 2⁻²⁴. `mean` is p, `variance` is p (1 − p). A draw is 1 where a uniform number is below p; no gradient flows
 * through it, but zero.
 *
 * @throws TypeError when not exactly one of `logits` and `probs` is given, or it is neither numbers nor a float32 tensor.
 * @throws RangeError when a probability, given as a number, is not in [0, 1], or the parameter does not broadcast to `shape`.
 *
 * Reference: Bishop, "Pattern Recognition and Machine Learning", 2006, §2.1.
 *
 * @example
 * const pixels = new Bernoulli({ probs: 0.1, shape: [28, 28, 1] });
 * const logProb = pixels.logProb(pixels.sample(64, { seed: 7 })); // [64]
 */
export class Bernoulli extends Factorized<string> {
  constructor({ logits, probs, shape }: BernoulliOptions) {
    checkLogitsOrProbs('Bernoulli', { logits, probs });
    super('Bernoulli', logits === undefined ? { probs: probs as Parameter } : { logits }, shape);
  }

  /** log(p / (1 − p)), broadcasts to E; a new tensor. */
  get logits(): tf.Tensor {
    const { logits, probs } = this.parameters;
    if (logits) return tf.clone(logits);
    return tf.tidy(() => {
      const p = tf.clipByValue(probs as tf.Tensor, TINY, BELOW_ONE);
      return tf.sub(tf.log(p), tf.log1p(tf.neg(p)));
    });
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    const { logits, probs } = this.parameters;
    const u = randomUniform(shape, { seed });
    return withoutGradient(
      (parameter) => tf.cast(tf.less(u, probs ? parameter : tf.sigmoid(parameter)), 'float32'),
      (probs ?? logits) as tf.Tensor,
    );
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    const { logits } = this;
    return tf.sub(tf.mul(x, logits), softplus(logits));
  }

  protected override elementEntropy(): tf.Tensor {
    const { logits } = this;
    return tf.sub(softplus(logits), tf.mul(tf.sigmoid(logits), logits));
  }

  protected override elementMean(): tf.Tensor {
    const { logits, probs } = this.parameters;
    return probs ?? tf.sigmoid(logits as tf.Tensor);
  }

  protected override elementVariance(): tf.Tensor {
    const p = this.elementMean();
    return tf.mul(p, tf.sub(1, p));
  }
}
