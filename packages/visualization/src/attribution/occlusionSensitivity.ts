import { pause } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { featureNode } from '../cam/featureMaps';
import { checkInteger, checkPair, complain } from '../check';
import type { IterationOptions } from '../iterate';
import { evaluate } from '../model/evaluate';
import { type Edge, type Graph, graphOf } from '../model/graph';
import { imagesFor } from '../model/images';
import { chosenOf, type Score, scoreOf, scoresOf, type Target } from '../model/target';
import { type Box, boxMasks, occluderBoxes } from './occluders';

export interface OcclusionOptions extends IterationOptions {
  /** Whose score is watched. Default: the class that is most probable for the whole image. */
  target?: Target;
  /** Take the score before the last softmax. Default: false: probabilities, as in the paper. */
  logits?: boolean;
  /** Height and width of the occluder. Default: an eighth of the longer side. */
  window?: number | readonly [number, number];
  /** From place to place. Default: half of the window. */
  stride?: number | readonly [number, number];
  /** What stands in the occluder: a number, or `mean` (default), the mean colour of the image. */
  fill?: number | 'mean';
  /** The layer whose map is watched. Default: the last one of maps that is no pooling and no dropout. */
  layer?: string;
  /** The channel whose map is watched. Default: the one that answers most to the whole image. */
  channel?: number;
  /** How many occluded images go through the network at once. Default: 16. */
  batchSize?: number;
  /** Sees what came of a batch; the tensors are disposed when what it gives is settled. */
  onStep?(state: OcclusionStep): void | Promise<void>;
}

/** A batch of occluded images. */
export interface OcclusionStep {
  /** Of all images' places, how many are done. */
  step: number;
  /** Which image of the batch given, from 0. */
  index: number;
  boxes: Box[];
  /** Shape [P, H, W, C]. */
  images: tf.Tensor4D;
  /** Shape [P]. */
  score: tf.Tensor1D;
}

/** What an occluder does at each place: [rows, columns], or [B, rows, columns]. */
export interface OcclusionMaps {
  /** The target's score. */
  score: tf.Tensor;
  /** All of one map of a layer, added up. */
  featureMap: tf.Tensor;
  /** The class found most probable, int32. */
  label: tf.Tensor;
  /** How much of the score goes with each pixel: the mean loss over the occluders that cover it, [H, W] or [B, H, W]. */
  attribution: tf.Tensor;
}

/** What is watched of one image, on the device. */
interface Watch {
  image: tf.Tensor4D;
  fill: tf.Tensor;
  score: Score;
  channel: tf.Tensor;
  /** The score of the whole image, [1]. */
  whole: tf.Tensor;
  /** Frees what is held. */
  held: tf.Tensor[];
}

/**
 * What happens to a network's answer when parts of the image are covered: an occluder is moved over it, and three things are
 * watched: the score, the strength of a feature map, and the class it is taken for.
 *
 * An occluder as large as the image has one place.
 *
 * Reference: Zeiler, Fergus, "Visualizing and understanding convolutional networks", 2014, §4.2.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @throws TypeError or RangeError when an option is out of range or does not fit the model; the signal's reason.
 *
 * @example
 * const { score, label } = await occlusionSensitivity(model, image, { target: 3, window: 32, stride: 8 });
 */
export async function occlusionSensitivity(
  model: tfl.LayersModel,
  image: tf.Tensor,
  options: OcclusionOptions = {},
): Promise<OcclusionMaps> {
  const caller = 'occlusionSensitivity';
  const { batchSize = 16, onProgress, onStep, signal, logits = false, fill = 'mean' } = options;
  checkInteger(caller, 'batchSize', batchSize, 1);
  if (fill !== 'mean' && !Number.isFinite(fill)) complain(caller, 'fill', 'a number or mean', fill);
  const graph = graphOf(caller, model);
  if (graph.output.node.shape.length !== 2)
    complain(caller, 'model', 'one that ends in classes', `[${graph.output.node.shape}]`);
  const features: Edge = { node: featureNode(caller, graph, options.layer), index: 0 };
  checkChannel(caller, features, options.channel);
  const batch = tf.tidy(() => imagesFor(caller, graph, image).batch);
  const [B, H, W] = batch.shape;
  if (Array.isArray(options.target) && options.target.length !== B) {
    batch.dispose();
    complain(caller, 'target', `a class for each of ${B} images`, options.target);
  }
  const made: { score: tf.Tensor[]; featureMap: tf.Tensor[]; label: tf.Tensor[] } = {
    score: [],
    featureMap: [],
    label: [],
  };
  const covered: tf.Tensor[] = [];
  let watch: Watch | undefined;
  let lost: tf.Tensor | undefined;
  try {
    const window = checkPair(caller, 'window', options.window ?? Math.ceil(Math.max(H, W) / 8), 1);
    const half = window.map((size) => Math.ceil(size / 2)) as [number, number];
    const { rows, columns, boxes } = occluderBoxes(
      [H, W],
      window,
      checkPair(caller, 'stride', options.stride ?? half, 1),
    );
    for (let b = 0; b < B; b++) {
      watch = watchOf(caller, graph, batch, b, features, { ...options, logits, fill });
      lost = tf.zeros([H, W]);
      const { image: whole, score, channel, fill: paint, whole: best } = watch;
      for (let first = 0; first < boxes.length; first += batchSize) {
        signal?.throwIfAborted();
        const here = boxes.slice(first, first + batchSize);
        const before: tf.Tensor = lost as tf.Tensor;
        const found = tf.tidy(() => {
          const masks = boxMasks(here, [H, W]);
          const images = tf.add(tf.mul(whole, tf.sub(1, masks)), tf.mul(paint, masks)) as tf.Tensor4D;
          const [scored, maps, output] = evaluate(graph, images, [score.edge, features, graph.output], { logits });
          const scores = score.of(scored as tf.Tensor);
          const loss = tf.mul(tf.reshape(tf.sub(best, scores), [-1, 1, 1]), tf.squeeze(masks, [3]));
          return {
            images,
            score: scores,
            featureMap: tf.sum(tf.mul(maps as tf.Tensor, channel), [1, 2, 3]),
            label: tf.argMax(output as tf.Tensor, 1),
            lost: tf.add(before, tf.sum(loss, 0)),
          };
        });
        before.dispose();
        lost = found.lost;
        for (const name of ['score', 'featureMap', 'label'] as const) made[name].push(found[name]);
        const step = b * boxes.length + first + here.length;
        try {
          await progressOf(found.score, (mean) => onProgress?.({ step, steps: B * boxes.length, score: mean }));
          await onStep?.({ step, index: b, boxes: here, images: found.images, score: found.score });
        } finally {
          found.images.dispose();
        }
        await pause();
      }
      const total = lost as tf.Tensor;
      covered.push(tf.tidy(() => tf.div(total, coverage(boxes, [H, W], batchSize))));
      tf.dispose([total, watch.held]);
      [watch, lost] = [undefined, undefined];
    }
    return tf.tidy(() => {
      const map = (parts: tf.Tensor[]) =>
        tf.reshape(tf.concat(parts), image.rank === 3 ? [rows, columns] : [B, rows, columns]);
      const attribution = tf.reshape(tf.stack(covered), image.rank === 3 ? [H, W] : [B, H, W]);
      return { score: map(made.score), featureMap: map(made.featureMap), label: map(made.label), attribution };
    });
  } finally {
    tf.dispose([batch, made, covered, watch?.held ?? [], lost ?? []]);
  }
}

/** Tells the mean of scores when they are there: the device is not run ahead of. */
async function progressOf(score: tf.Tensor, tell: (mean: number) => void): Promise<void> {
  const values = await score.data<'float32'>();
  tell(values.reduce((sum, each) => sum + each, 0) / values.length);
}

/** How many occluders cover each pixel: [H, W]. A stride above the window leaves some uncovered: they count as 1. */
function coverage(boxes: readonly Box[], size: readonly [number, number], batchSize: number): tf.Tensor {
  let sum: tf.Tensor = tf.zeros([...size]);
  for (let first = 0; first < boxes.length; first += batchSize) {
    const last = sum;
    sum = tf.tidy(() => tf.add(last, tf.sum(boxMasks(boxes.slice(first, first + batchSize), size), [0, 3])));
    last.dispose();
  }
  return tf.maximum(sum, 1);
}

/** What is watched of one image of a batch. */
function watchOf(
  caller: string,
  graph: Graph,
  batch: tf.Tensor4D,
  index: number,
  features: Edge,
  { target, channel, fill, logits }: OcclusionOptions & { fill: number | 'mean'; logits: boolean },
): Watch {
  const held: tf.Tensor[] = tf.tidy(() => {
    const image = tf.slice(batch, [index, 0, 0, 0], [1, -1, -1, -1]) as tf.Tensor4D;
    const [maps, output] = evaluate(graph, image, [features, graph.output], { logits }) as [tf.Tensor, tf.Tensor];
    const strongest = channel === undefined ? tf.argMax(tf.sum(maps, [1, 2]), 1) : tf.tensor1d([channel], 'int32');
    return [
      image,
      fill === 'mean' ? tf.mean(image, [1, 2], true) : tf.fill([1, 1, 1, 1], fill),
      tf.reshape(chosenOf(strongest, maps.shape[3] as number), [1, 1, 1, -1]),
      tf.argMax(output, 1),
    ];
  });
  const [image, paint, mask, chosen] = held as [tf.Tensor4D, tf.Tensor, tf.Tensor, tf.Tensor];
  const own = Array.isArray(target) ? target.slice(index, index + 1) : target;
  try {
    const score: Score =
      own === undefined
        ? { edge: graph.output, of: (output) => scoresOf(output, chosen) }
        : scoreOf(caller, graph, own as Target, image);
    const whole = tf.tidy(() => score.of(evaluate(graph, image, [score.edge], { logits })[0] as tf.Tensor));
    return { image, fill: paint, score, channel: mask, whole, held: [...held, whole] };
  } catch (error) {
    tf.dispose(held);
    throw error;
  }
}

function checkChannel(caller: string, { node }: Edge, channel: number | undefined): void {
  const channels = node.shape[3] as number;
  if (channel === undefined || (Number.isInteger(channel) && channel >= 0 && channel < channels)) return;
  complain(caller, 'channel', `in [0, ${channels}), as ${node.name} has them`, channel);
}
