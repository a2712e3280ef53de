import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type Changes, evaluate } from './evaluate';
import { type Graph, graphOf } from './graph';
import { type Images, imagesFor } from './images';
import { type Score, scoreOf, type TargetOptions } from './target';

/** A model, images for it, and what is asked of it: checked. */
export interface Subject extends Images {
  graph: Graph;
  score: Score;
  /** The score of each of these images: [B, H, W, C] → [B]. */
  scoreAt(batch: tf.Tensor, changes?: Changes): tf.Tensor1D;
}

/** @throws TypeError or RangeError when model, image or target do not fit. */
export function subjectOf(
  caller: string,
  model: tfl.LayersModel,
  image: tf.Tensor,
  { target, logits = true }: TargetOptions = {},
): Subject {
  const graph = graphOf(caller, model);
  const images = imagesFor(caller, graph, image);
  const score = scoreOf(caller, graph, target, images.batch);
  const scoreAt = (batch: tf.Tensor, changes?: Changes) =>
    score.of(evaluate(graph, batch, [score.edge], { logits, ...changes })[0] as tf.Tensor);
  return { ...images, graph, score, scoreAt };
}
