import * as tf from '@tensorflow/tfjs-core';
import { checkInteger, complain } from '../check';
import { evaluate } from './evaluate';
import { type Edge, type Graph, nodeNamed } from './graph';

/** Part of a layer: of all its channels the mean over all places, or one channel, or one unit of it. */
export interface LayerTarget {
  /** The name, one of `layerNames(model)`. */
  layer: string;
  /** The channel of a convolution, or the unit of a dense layer. Default: the mean of all. */
  channel?: number;
  /** Where in the channel: [row, column], or `max`, the strongest place of each image. Default: the mean of all places. */
  at?: readonly [number, number] | 'max';
}

/**
 * What a picture is to explain: a class, or one for each image; part of a layer; or a function of the model's output, one
 * score for each image. Default: the class that the model finds most probable, for each image.
 */
export type Target = number | readonly number[] | LayerTarget | ((output: tf.Tensor) => tf.Tensor);

/** The options that every method with a target has. */
export interface TargetOptions {
  target?: Target;
  /**
   * Take the score before the softmax or sigmoid that the model ends in, where it ends in one: after it a gradient
   * vanishes where the network is sure, and mixes in all other classes. Default: true.
   */
  logits?: boolean;
}

/** The score of a target: where it stands in the graph, and how it is taken there. */
export interface Score {
  edge: Edge;
  /** Of what the edge carries, [B, …] → [B]. */
  of(value: tf.Tensor): tf.Tensor1D;
}

/**
 * @param batch - the images, [B, H, W, C]: without a target they choose their classes.
 * @throws RangeError or TypeError when the model has no such layer, channel or class.
 */
export function scoreOf(caller: string, graph: Graph, target: Target | undefined, batch: tf.Tensor): Score {
  checkTarget(caller, target);
  if (typeof target === 'function') {
    return { edge: graph.output, of: (output) => perImage(caller, target(output), output.shape[0] as number) };
  }
  if (typeof target === 'object' && 'layer' in target) return layerScore(caller, graph, target);
  return { edge: graph.output, of: classScore(caller, graph, target, batch) };
}

function checkTarget(caller: string, target: unknown): void {
  if (['undefined', 'number', 'function'].includes(typeof target) || Array.isArray(target)) return;
  if (typeof target === 'object' && target !== null && 'layer' in target) return;
  complain(caller, 'target', 'a class, one for each image, { layer, channel, at } or a function', target);
}

/** One score for each image, of a class or of the one that is most probable for the images as they are given. */
function classScore(caller: string, graph: Graph, target: number | readonly number[] | undefined, batch: tf.Tensor) {
  const { shape, name } = graph.output.node;
  const classes = shape[1];
  if (shape.length !== 2 || typeof classes !== 'number') {
    complain(
      caller,
      'target',
      `a layer or a function, since ${name} gives [${shape.join(', ')}] and no classes`,
      target ?? 'none',
    );
  }
  if (target === undefined) {
    const [output] = evaluate(graph, batch, [graph.output]) as [tf.Tensor];
    const chosen = tf.argMax(output, 1);
    return (scores: tf.Tensor) => scoresOf(scores, chosen);
  }
  const wanted = typeof target === 'number' ? [target] : target;
  for (const each of wanted) {
    if (!Number.isInteger(each) || each < 0 || each >= classes) {
      complain(caller, 'target', `a class in [0, ${classes})`, each);
    }
  }
  if (typeof target === 'number') {
    return (scores: tf.Tensor) => tf.reshape(tf.slice(scores, [0, target], [-1, 1]), [-1]) as tf.Tensor1D;
  }
  const B = batch.shape[0] as number;
  if (target.length !== B) complain(caller, 'target', `a class for each of ${B} images`, target);
  return (scores: tf.Tensor) => scoresOf(scores, tf.tensor1d([...target], 'int32'));
}

/** The score of one class of each image: [B, classes] → [B]. */
export const scoresOf = (scores: tf.Tensor, classes: tf.Tensor): tf.Tensor1D =>
  tf.sum(tf.mul(scores, chosenOf(classes, scores.shape[1] as number)), 1);

/** Ones where something was chosen of so many: [B] → [B, count]. */
export const chosenOf = (choice: tf.Tensor, count: number): tf.Tensor =>
  // tf.oneHot refuses where there is no choice.
  count === 1 ? tf.ones([choice.size, 1]) : tf.oneHot(tf.cast(choice, 'int32'), count);

function layerScore(caller: string, graph: Graph, { layer, channel, at }: LayerTarget): Score {
  const node = nodeNamed(caller, graph, layer);
  const { shape } = node;
  const channels = shape.at(-1);
  if (channel !== undefined && (!Number.isInteger(channel) || channel < 0 || channel >= (channels ?? Infinity))) {
    complain(caller, 'target.channel', `in [0, ${channels}), as ${layer} has them`, channel);
  }
  if (at !== undefined && (shape.length !== 4 || channel === undefined)) {
    complain(caller, 'target.at', 'given with the channel of a layer of maps', `shape [${shape.join(', ')}]`);
  }
  if (typeof at === 'object') {
    for (const [d, place] of at.entries()) {
      checkInteger(caller, 'target.at', place, 0);
      if (place >= (shape[d + 1] ?? Infinity)) complain(caller, 'target.at', `inside of [${shape.slice(1, 3)}]`, at);
    }
  }
  const of = (value: tf.Tensor) => {
    const rank = value.rank;
    const [first, last] = [Array<number>(rank).fill(0), Array<number>(rank).fill(-1)];
    if (channel !== undefined) [first[rank - 1], last[rank - 1]] = [channel, 1];
    if (typeof at === 'object') [first[1], first[2], last[1], last[2]] = [at[0], at[1], 1, 1];
    const numbers = tf.reshape(tf.slice(value, first, last), [value.shape[0] as number, -1]); // [B, numbers]
    return (at === 'max' ? tf.max(numbers, 1) : tf.mean(numbers, 1)) as tf.Tensor1D;
  };
  return { edge: { node, index: 0 }, of };
}

function perImage(caller: string, score: tf.Tensor, batch: number): tf.Tensor1D {
  if (score.size === batch) return tf.reshape(score, [batch]);
  return complain(
    caller,
    'target',
    `a function that gives one score for each of ${batch} images`,
    `shape [${score.shape}]`,
  );
}
