import { deriveSeed, randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger, checkName, checkNumber, checkRange, complain } from '../check';
import { type IterationOptions, iterate, type OnStep } from '../iterate';
import { evaluate } from '../model/evaluate';
import { graphOf } from '../model/graph';
import { imageShapeOf } from '../model/images';
import { scoreOf, type Target } from '../model/target';
import { draw, firstGenomes } from './cppn';
import { mutateNormal, mutatePolynomial } from './mutate';

export interface FoolingImageOptions extends IterationOptions {
  /** What the network is to take the image for: a class, part of a layer, or a function of the output. */
  target: Exclude<Target, readonly number[]>;
  /** An integer in [0, 2⁵³). */
  seed: number;
  /** `direct`: every pixel for itself, which looks like noise. `indirect` (default): a small network draws it, in patterns. */
  encoding?: 'direct' | 'indirect';
  /** The most generations. Default: 200. */
  generations?: number;
  /** Images in a generation, an eighth of which stay and are the parents of the next. Default: 64. */
  population?: number;
  /** The part of a genome that changes in a child. Default: 0.1. */
  mutationRate?: number;
  /** Stop when the best image has this score: a probability, where the model ends in a softmax. Default: 0.99. */
  until?: number;
  /** Take the score before the last softmax; `until` is then none of probabilities. Default: false. */
  logits?: boolean;
  /** The size of the image, where the model does not fix it. */
  size?: number | readonly [number, number];
  /** The numbers that pixels may have. Default: [0, 1]. */
  range?: readonly [number, number];
  /** Sees the best image of each generation. */
  onStep?: OnStep;
}

/**
 * An image that a network is sure to be something, while nobody would say so: found by evolution, which needs no gradient.
 *
 * The best eighth of a generation are the parents of the next, and stay beside their children; a child is a parent with some
 * numbers changed. Directly encoded, the numbers are pixels, changed by polynomial mutation; indirectly, the weights of a
 * pattern-producing network. The networks are evolved in their weights; NEAT, which the paper took, also adds units.
 *
 * Reference: Nguyen, Yosinski, Clune, "Deep neural networks are easily fooled: high confidence predictions for unrecognizable
 * images", 2015, §2.
 *
 * @returns the best image, shape [H, W, C].
 * @throws TypeError or RangeError when an option is out of range or does not fit the model; the signal's reason.
 *
 * @example
 * const image = await foolingImage(model, { target: 3, seed: 1, encoding: 'indirect' });
 */
export async function foolingImage(model: tfl.LayersModel, options: FoolingImageOptions): Promise<tf.Tensor3D> {
  const caller = 'foolingImage';
  const { target, seed, encoding = 'indirect', generations = 200, population = 64, mutationRate = 0.1 } = options;
  const { range = [0, 1], until = 0.99, logits = false } = options;
  checkInteger(caller, 'generations', generations, 1);
  checkInteger(caller, 'population', population, 8);
  checkNumber(caller, 'mutationRate', mutationRate, { least: 0, most: 1 });
  checkRange(caller, 'range', range);
  if (Number.isNaN(until)) complain(caller, 'until', 'a number', until);
  checkName(caller, 'encoding', encoding, ['direct', 'indirect']);
  if (target === undefined || Array.isArray(target))
    complain(caller, 'target', 'one target for one image', target ?? 'none');
  const graph = graphOf(caller, model);
  const shape = imageShapeOf(caller, graph, options.size);
  const [low, high] = range;

  const direct = encoding === 'direct';
  const first = deriveSeed(seed, 0);
  const imagesOf = (genomes: tf.Tensor): tf.Tensor4D => {
    const unit = direct ? (genomes as tf.Tensor4D) : draw(genomes as tf.Tensor2D, shape);
    return tf.add(low, tf.mul(high - low, unit));
  };
  const parents = Math.max(1, Math.floor(population / 8));
  const best = (genomes: tf.Tensor) => imagesOf(tf.slice(genomes, 0, 1));

  // The first of what goes from step to step is always the best there was.
  const start = tf.tidy(() => {
    scoreOf(caller, graph, target, tf.zeros([1, ...shape])); // checked before anything is begun
    return direct ? randomUniform([population, ...shape], { seed: first }) : firstGenomes(population, shape[2], first);
  });
  const evolved = await iterate(
    caller,
    start,
    (genomes, generation) => {
      const images = imagesOf(genomes);
      const score = scoreOf(caller, graph, target, images);
      const scores = score.of(evaluate(graph, images, [score.edge], { logits })[0] as tf.Tensor);
      const { values, indices } = tf.topk(scores, parents);
      const kept = tf.gather(genomes, indices);
      const children = tf.tile(kept, [Math.ceil(population / parents) - 1, ...Array<number>(kept.rank - 1).fill(1)]);
      const own = deriveSeed(seed, 1, generation);
      const changed = direct
        ? mutatePolynomial(children, mutationRate, own)
        : mutateNormal(children, mutationRate, 0.5, own);
      return { next: tf.concat([kept, changed]), score: tf.max(values) };
    },
    { ...options, count: generations, until, view: (genomes) => tf.squeeze(best(genomes), [0]) },
  );
  return tf.tidy(() => {
    const image = tf.squeeze(best(evolved), [0]) as tf.Tensor3D;
    evolved.dispose();
    return image;
  });
}
